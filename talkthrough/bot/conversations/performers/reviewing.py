"""Released records for those who read them: found, sent as files, reviewed beside the log."""

import json
from typing import Any

from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers import bundling
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.handing_out import (
    draft_pieces,
    log_of,
    log_pieces,
    own,
    paste_log,
    pasted,
    read_discussion,
    read_draft,
    row_id,
)
from talkthrough.bot.conversations.performers.ordering import Piece, Production, order
from talkthrough.bot.conversations.plan_results import LearnerChoice
from talkthrough.bot.conversations.record_results import (
    LOGS_ON_A_PAGE,
    LogFiltersFound,
    LogGone,
    LogOpened,
    ReleasedLog,
    ReleasedLogsFound,
    ReleasedSent,
    ReviewKept,
    ReviewLine,
    ReviewShown,
    ReviewsShown,
)
from talkthrough.bot.settings import Settings
from talkthrough.storage import discussions, drafts, exports, outbox, people, readers
from talkthrough.storage.exports import Entry
from talkthrough.storage.records.criteria_index import quantity_of
from talkthrough.storage.records.decision_words import Body, words_for
from talkthrough.storage.records.model import DiscussionLog, RenderedFile
from talkthrough.storage.records.review import (
    REVIEW_SCHEMA,
    AssessorReview,
    ReviewError,
    discussion_in,
    read_review,
    review_form,
    signed_file,
    signed_review,
)
from talkthrough.storage.tables import Discussion, Role

NOT_YOURS = "This review is about a discussion that was not released to you as an assessor."
NO_DRAFT = "The learner has not confirmed a draft of this discussion."
COUNTERSIGNED = "Countersigned in the chat."


def find_logs(desk: Desk, effect: e.FindReleasedLogs) -> r.Event:
    """A page of the logs that learners released to this reader, newest first."""
    rows = [
        row
        for row in discussions.released_to(desk.session, desk.person_id)
        if effect.version_id in (0, row.unit_version_id) and effect.learner_id in (0, row.person_id)
    ]
    shown = rows[effect.first : effect.first + LOGS_ON_A_PAGE]
    return ReleasedLogsFound(
        tuple(_line(desk, row) for row in shown),
        len(rows),
        effect.version_id,
        effect.learner_id,
        effect.first,
        can_sample=Role.QUALITY_ASSURER in people.roles_of(desk.session, desk.person_id),
    )


def _line(desk: Desk, row: Discussion) -> ReleasedLog:
    learner = people.by_id(desk.session, row.person_id).display_name
    day = f"{row.closed_at or row.planned_at:%-d %b}"
    reviews = len(discussions.reviews_of(desk.session, row_id(row)))
    return ReleasedLog(row_id(row), learner, discussions.plan_of(row).unit_label, row.outcome_number, day, reviews)


def find_filters(desk: Desk, effect: e.FindLogFilters) -> r.Event:
    """The units or learners that have released logs."""
    rows = discussions.released_to(desk.session, desk.person_id)
    if effect.by == "unit":
        found = {row.unit_version_id: discussions.plan_of(row).unit_label for row in rows}
    else:
        found = {row.person_id: people.by_id(desk.session, row.person_id).display_name for row in rows}
    choices = sorted(found.items(), key=lambda pair: pair[1])
    return LogFiltersFound(effect.by, tuple(LearnerChoice(number, name) for number, name in choices))


def _released(desk: Desk, discussion_id: int) -> Discussion | None:
    rows = {row.id: row for row in discussions.released_to(desk.session, desk.person_id)}
    return rows.get(discussion_id)


def _gone(desk: Desk, discussion_id: int) -> LogGone:
    """Why a log cannot be opened. Who may not read the learner's logs hears nothing about them."""
    row = desk.session.get(Discussion, discussion_id)
    is_closed = row is not None and row.status == "closed" and row.released_at is None
    may_read = row is not None and readers.is_reader(desk.session, desk.person_id, row)
    return LogGone(is_taken_back=is_closed and may_read)


def _note(desk: Desk, row: Discussion, what: str) -> None:
    people.note_access(desk.session, desk.person_id, row.person_id, f"{what} of discussion {row.id}", desk.now)


def open_log(desk: Desk, effect: e.OpenReleasedLog) -> r.Event:
    """What a released log is about, and what the reader may do with it."""
    row = _released(desk, effect.discussion_id)
    if row is None:
        return _gone(desk, effect.discussion_id)
    _note(desk, row, "opened the log")
    log = log_of(desk, row)
    criteria = tuple((entry.number, entry.standing, quantity_of(entry)) for entry in log.criteria)
    mine = (review for review in _reviews(desk, row) if review["by"] == desk.person_id)
    return LogOpened(
        _line(desk, row),
        criteria,
        has_draft=drafts.is_confirmed(desk.session, row_id(row)),
        can_review=_is_assessor(desk, row),
        is_countersigned=any(review["transcript_is_true"] for review in mine),
    )


def _is_assessor(desk: Desk, row: Discussion) -> bool:
    return Role.ASSESSOR in readers.roles_towards(desk.session, desk.person_id, row)


def _reviews(desk: Desk, row: Discussion) -> list[dict[str, Any]]:
    kept = discussions.reviews_of(desk.session, row_id(row))
    return [{**json.loads(review.body), "by": review.reviewer_id} for review in kept]


def order_released(desk: Desk, effect: e.SendReleased) -> r.Event:
    """Order the page, all files, the confirmed draft or the review form; what is text is sent at once."""
    row = _released(desk, effect.discussion_id)
    if row is None:
        return _gone(desk, effect.discussion_id)
    if effect.what == "form" and not _is_assessor(desk, row):
        return r.NoSuchDiscussion()
    if effect.what == "reviews":
        return _shown(desk, row)
    if effect.what == "paste":
        _note(desk, row, "took the text")
        return pasted(desk, row, is_own=False)
    if effect.what == "draft" and not drafts.is_confirmed(desk.session, row_id(row)):
        return ReleasedSent(row_id(row), "draft", NO_DRAFT)
    return order(desk, effect)


def send_released(desk: Desk, effect: e.SendReleased) -> Production | r.Event:
    """The files, for whoever may still read the discussion. That they took them is noted for the learner."""
    row = _released(desk, effect.discussion_id)
    if row is None:
        return _gone(desk, effect.discussion_id)
    if effect.what == "form" and not _is_assessor(desk, row):
        return r.NoSuchDiscussion()
    if effect.what == "draft" and not drafts.is_confirmed(desk.session, row_id(row)):
        return ReleasedSent(row_id(row), "draft", NO_DRAFT)  # rule D12: nobody else gets it before it is confirmed
    taken = ((row.person_id, f"took the {effect.what} of discussion {row.id}"),)
    return Production(_pieces(desk, row, effect.what), ReleasedSent(row_id(row), effect.what), taken)


def _pieces(desk: Desk, row: Discussion, what: e.Released) -> tuple[Piece, ...]:
    if what == "draft":
        return draft_pieces(read_draft(desk, row))
    if what == "form":
        held, settings = read_discussion(desk, row, "review form"), desk.settings
        entry = Entry(row_id(row), "review form", "html", held.number)
        return (Piece(lambda: _form(held.log(), settings), entry),)
    held = read_discussion(desk, row)
    return log_pieces(held) if what == "files" else log_pieces(held, ("html",))


def _form(log: DiscussionLog, settings: Settings) -> RenderedFile:
    return review_form(log, _deciding(log, settings))


def _deciding(log: DiscussionLog, settings: Settings) -> Body:
    """The decision words of the awarding body whose unit a log is about."""
    return words_for(log.cover, settings.decision_words, settings.decision_words_file)


# --- reviews --------------------------------------------------------------------------------------------------------


def keep_review(desk: Desk, effect: e.KeepReview) -> r.Event:
    """A review file, checked against the discussion that it names, signed and stored beside the log."""
    row = _released(desk, discussion_in(effect.content))
    if row is None or not _is_assessor(desk, row):
        return ReviewKept(problem=NOT_YOURS)
    try:
        log = log_of(desk, row)
        review = read_review(effect.content, log, _deciding(log, desk.settings), desk.today)
    except ReviewError as problem:
        return ReviewKept(problem=str(problem))
    return _keep(desk, row, review)


def countersign(desk: Desk, effect: e.Countersign) -> r.Event:
    """The assessor confirms that the transcript is true: a review that says nothing else."""
    row = _released(desk, effect.discussion_id)
    if row is None:
        return _gone(desk, effect.discussion_id)
    if not _is_assessor(desk, row):
        return r.NoSuchDiscussion()
    review = AssessorReview(
        schema_=REVIEW_SCHEMA,
        discussion=row_id(row),
        head=row.head or "",
        reviewer=desk.person.display_name,
        dated=desk.today,
        transcript_is_true=True,
        authenticity=COUNTERSIGNED,
        decisions=(),
        feedback="",
        next_action="",
    )
    return _keep(desk, row, review)


def _keep(desk: Desk, row: Discussion, review: AssessorReview) -> ReviewKept:
    """Store a review once, hand the signed copy to the assessor, and tell the learner that there is one."""
    signed = signed_review(review, desk.signing_key)
    if signed not in [json.loads(kept.body) for kept in discussions.reviews_of(desk.session, row_id(row))]:
        discussions.keep_review(
            desk.session, discussion_id=row_id(row), reviewer_id=desk.person_id, signed=signed, now=desk.now
        )
        _tell_learner(desk, row)
    _send_copy(desk, row, signed)
    return ReviewKept(row_id(row), people.by_id(desk.session, row.person_id).display_name)


def _send_copy(desk: Desk, row: Discussion, signed: dict[str, Any]) -> None:
    held = read_discussion(desk, row, "review")
    file = signed_file(signed, held.stem("signed-review"))
    entry = Entry(row_id(row), "review", "json", held.number)
    exports.register(desk.session, entry, file.content, taken_by=desk.person_id, now=desk.now)
    desk.send_file(file.name, file.media_type, file.content)


def _tell_learner(desk: Desk, row: Discussion) -> None:
    values = {"unit": discussions.plan_of(row).unit_label, "outcome": row.outcome_number}
    buttons = [[["Read it", f"dis:reviews:{row_id(row)}"]]]
    learner = people.by_id(desk.session, row.person_id)
    data = {"values": values, "buttons": buttons}
    outbox.add(desk.session, chat_id=learner.telegram_id, view="review_arrived", data=data, now=desk.now)


def show_reviews(desk: Desk, effect: e.ShowReviews) -> r.Event:
    """What assessors wrote about the learner's own discussion."""
    row = own(desk, effect.discussion_id)
    return r.NoSuchDiscussion() if row is None else _shown(desk, row)


def _shown(desk: Desk, row: Discussion) -> ReviewsShown:
    return ReviewsShown(row_id(row), tuple(_as_message(review) for review in _reviews(desk, row)))


def _as_message(review: dict[str, Any]) -> ReviewShown:
    return ReviewShown(
        review["reviewer"],
        review["dated"],
        review["transcript_is_true"],
        review["authenticity"],
        tuple(ReviewLine(entry["number"], entry["decision"], entry["reason"]) for entry in review["decisions"]),
        review["feedback"],
        review["next_action"],
    )


PERFORMERS: dict[type, Performer] = {
    e.FindReleasedLogs: find_logs,
    e.FindLogFilters: find_filters,
    e.OpenReleasedLog: open_log,
    e.SendReleased: order_released,
    e.Countersign: countersign,
    e.PasteLog: paste_log,
    e.KeepReview: keep_review,
    e.ShowReviews: show_reviews,
    e.MakeSamplingList: bundling.make_sampling_list,
    e.FindBundles: bundling.find_bundles,
    e.MakeBundle: bundling.order_bundle,
    e.CheckFile: bundling.check_file,
}

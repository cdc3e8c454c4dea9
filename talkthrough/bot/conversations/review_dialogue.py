"""Released records for those who read them: lists with filters, files, reviews beside the log, samples, bundles."""

from dataclasses import asdict
from typing import get_args

from talkthrough.bot.conversations import importing, menu
from talkthrough.bot.conversations.effects import Button, Rows, Say
from talkthrough.bot.conversations.events import SentFile, Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step, shortened
from talkthrough.bot.conversations.record_effects import (
    CheckFile,
    Countersign,
    FindBundles,
    FindLogFilters,
    FindReleasedLogs,
    KeepReview,
    MakeBundle,
    MakeSamplingList,
    OpenReleasedLog,
    Released,
    SendReleased,
)
from talkthrough.bot.conversations.record_results import (
    LOGS_ON_A_PAGE,
    BundlesFound,
    FileChecked,
    FilesSent,
    LogFiltersFound,
    LogGone,
    LogOpened,
    PasteMade,
    ReleasedLog,
    ReleasedLogsFound,
    ReleasedSent,
    ReviewKept,
    ReviewsShown,
)
from talkthrough.bot.conversations.states import Resting, State
from talkthrough.storage.records.review import is_form, is_review

LOG_BUTTON = 60
MOST_CHOICES = 40
SHARES = (10, 25, 50)
IS_FORM = (
    "This is the form, not your review. Open it in a browser, fill it in, tap "
    '"Save the review as a file" and send me the .json file that it saves.'
)
SENT: dict[str, Released] = {what: what for what in get_args(Released)}


def open_logs(who: Who) -> Step:
    """The list of released logs."""
    return (Resting(), (FindReleasedLogs(),)) if who.is_reader else NOT_ALLOWED


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of released logs; None where the data is not understood."""
    if not who.is_reader:
        return NOT_ALLOWED
    gone = menu.gone(event)
    match event.data:
        case ("logs", "list", version_id, learner_id, first):
            return Resting(), (FindReleasedLogs(int(version_id), int(learner_id), max(0, int(first))),)
        case ("logs", "by", "unit" | "learner" as by):
            return Resting(), (FindLogFilters("unit" if by == "unit" else "learner"),)
        case ("logs", "send", discussion_id, what) if what in SENT:
            return state, (SendReleased(int(discussion_id), SENT[what]),)
        case ("logs", "true", discussion_id):
            rows: Rows = ((Button("Yes, it is true", f"logs:sign:{int(discussion_id)}"),), (_back(int(discussion_id)),))
            return state, (Say("countersign", {}, rows),)
        case ("logs", "sign", discussion_id):
            return state, (*gone, Countersign(int(discussion_id)))
        case ("logs", discussion_id):
            return state, (OpenReleasedLog(int(discussion_id)),)
    return _in_number(state, event, who)


def _in_number(state: State, event: Tapped, who: Who) -> Step | None:
    match event.data:
        case ("smp",) if who.is_quality_assurer:
            shares = tuple(Button(f"{share} %", f"smp:{share}") for share in SHARES)
            return state, (Say("sampling", {}, (shares, (MENU,))),)
        case ("smp", share) if who.is_quality_assurer and int(share) in SHARES:
            return state, (MakeSamplingList(int(share)),)
        case ("bnd",):
            return state, (FindBundles(),)
        case ("bnd", cohort_id):
            return state, (MakeBundle(int(cohort_id)),)
    return None


def file_sent(state: State, event: SentFile, who: Who) -> Step:
    """A filled review, its form, a file to be checked, or what tutors load."""
    if event.file is not None and is_review(event.file.content):
        return state, (KeepReview(event.file.content),)
    if event.file is not None and who.is_reader and is_form(event.file.content):
        return state, (Say("review_kept", {"problem": IS_FORM}, ((MENU,),)),)
    if event.file is not None and who.is_reader and not who.is_tutor:
        return state, (CheckFile(event.file_name, event.file.content),)
    return importing.file_sent(state, event, who)


# --- the list -------------------------------------------------------------------------------------------------------


def logs_found(event: ReleasedLogsFound) -> Step:
    """One button a log, then the ways to fewer and to more."""
    logs: Rows = tuple((Button(_log_label(log), f"logs:{log.discussion_id}"),) for log in event.logs)
    rows: Rows = (*logs, *_pages(event), *_ways(event), (MENU,))
    values = {"has_logs": bool(event.logs), "total": event.total, "is_filtered": _is_filtered(event)}
    return Resting(), (Say("released_logs", values, rows),)


def _log_label(log: ReleasedLog) -> str:
    reviewed = " ✎" if log.reviews else ""
    about = f"{log.learner}: {log.unit_label}, outcome {log.outcome_number}, {log.day}"
    return f"{shortened(about, LOG_BUTTON - len(reviewed))}{reviewed}"


def _is_filtered(event: ReleasedLogsFound) -> bool:
    return bool(event.version_id or event.learner_id)


def _pages(event: ReleasedLogsFound) -> Rows:
    def button(label: str, first: int) -> Button:
        return Button(label, f"logs:list:{event.version_id}:{event.learner_id}:{first}")

    older = [button("Older", event.first + LOGS_ON_A_PAGE)] if event.first + LOGS_ON_A_PAGE < event.total else []
    newer = [button("Newer", max(0, event.first - LOGS_ON_A_PAGE))] if event.first else []
    return (tuple(newer + older),) if older or newer else ()


def _ways(event: ReleasedLogsFound) -> Rows:
    everything = ((Button("Show all", "logs"),),) if _is_filtered(event) else ()
    filters = ((Button("By unit", "logs:by:unit"), Button("By learner", "logs:by:learner")),) if event.total else ()
    together = [Button("Take all as ZIP", "bnd")] if event.total else []
    sample = [Button("Sampling list", "smp")] if event.can_sample else []
    return (*everything, *filters, *((tuple(together + sample),) if together or sample else ()))


def filters_found(event: LogFiltersFound) -> Step:
    """One button a unit or learner."""
    data = "logs:list:{}:0:0" if event.by == "unit" else "logs:list:0:{}:0"
    rows: Rows = tuple(
        (Button(shortened(choice.name, LOG_BUTTON), data.format(choice.row_id)),)
        for choice in event.choices[:MOST_CHOICES]
    )
    return Resting(), (Say("log_filters", {"by": event.by}, (*rows, (Button("Show all", "logs"), MENU))),)


# --- one log --------------------------------------------------------------------------------------------------------


def opened(state: State, event: LogOpened) -> Step:
    """A log as a card."""
    return state, (Say("released_log", _card(event), _card_rows(event)),)


def gone(event: LogGone) -> Step:
    """A log cannot be opened, and why."""
    rows: Rows = ((Button("Released logs", "logs"), MENU),)
    return Resting(), (Say("released_gone", {"is_taken_back": event.is_taken_back}, rows),)


def _card(event: LogOpened) -> dict[str, object]:
    criteria = [list(criterion) for criterion in event.criteria]
    return {**asdict(event.log), "criteria": criteria, "is_countersigned": event.is_countersigned}


def _card_rows(event: LogOpened) -> Rows:
    def button(label: str, what: str) -> Button:
        return Button(label, f"logs:send:{event.log.discussion_id}:{what}")

    more = [button("Text to paste", "paste")]
    more += [button("Draft", "draft")] if event.has_draft else []
    more += [button(f"Reviews ({event.log.reviews})", "reviews")] if event.log.reviews else []
    review = [button("Review form", "form")] if event.can_review else []
    if event.can_review and not event.is_countersigned:
        review.append(Button("Transcript is true", f"logs:true:{event.log.discussion_id}"))
    rows = ([button("Open the log", "page"), button("All files", "files")], more, review)
    return (*(tuple(row) for row in rows if row), (Button("Released logs", "logs"), MENU))


def _back(discussion_id: int) -> Button:
    return Button("Back to the log", f"logs:{discussion_id}")


def sent(state: State, event: ReleasedSent) -> Step:
    """A file is on its way."""
    rows: Rows = ((_back(event.discussion_id), MENU),)
    return state, (Say("released_sent", {"what": event.what, "refusal": event.refusal}, rows),)


def paste_made(state: State, event: PasteMade) -> Step:
    """A log as text to be pasted."""
    return state, (Say("paste", {"text": event.text}), Say("pasted", {}, ((_back(event.discussion_id), MENU),)))


def reviews_shown(state: State, event: ReviewsShown, who: Who) -> Step:
    """Each review as a message, in the assessor's words."""
    reviews = tuple(Say("review", asdict(review)) for review in event.reviews)
    if not reviews:
        return state, (Say("no_reviews", {}, ((MENU,),)),)
    last = reviews[-1]
    rows: Rows = ((_back(event.discussion_id), MENU),) if who.is_reader else ((MENU,),)
    return state, (*reviews[:-1], Say(last.view, last.values, rows))


def review_kept(state: State, event: ReviewKept) -> Step:
    """The review is stored, or why it is not."""
    rows: Rows = ((_back(event.discussion_id), MENU),) if event.discussion_id else ((MENU,),)
    return state, (Say("review_kept", {"problem": event.problem, "learner": event.learner}, rows),)


# --- in number ------------------------------------------------------------------------------------------------------


def bundles_found(state: State, event: BundlesFound) -> Step:
    """One button a cohort."""
    rows: Rows = tuple((Button(shortened(choice.name, 60), f"bnd:{choice.row_id}"),) for choice in event.choices)
    return state, (Say("bundles", {"has_any": bool(rows)}, (*rows, (MENU,))),)


def files_sent(state: State, event: FilesSent) -> Step:
    """A list or a bundle is on its way."""
    values = {"what": event.what, "refusal": event.refusal}
    return state, (Say("files_sent", values, ((Button("Released logs", "logs"), MENU),)),)


def file_checked(state: State, event: FileChecked) -> Step:
    """What the register says about a file."""
    return state, (Say("file_checked", asdict(event), ((MENU,),)),)

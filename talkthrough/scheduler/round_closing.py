"""The later life of a round: who has not answered is reminded, the round closes, everybody hears what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking.model import PointState
from talkthrough.scheduler.reminders import after_quiet_hours
from talkthrough.scheduler.round_messages import (
    Announcement,
    AnsweredQuestion,
    Closed,
    LearnerFeedback,
    Message,
    Wording,
)
from talkthrough.scheduler.rounds import moment_in_words, open_due, rule_of
from talkthrough.scheduler.unasked import next_moment, wishes_of, written_to
from talkthrough.storage import bank, cohorts, outbox, people, results, revision
from talkthrough.storage import rounds as rows
from talkthrough.storage.tables import Answer, Cohort, OutboxMessage, Person, Role, Round, Schedule

REMIND_BEFORE = timedelta(hours=24)
LOOK_EVERY = timedelta(minutes=15)
NUDGE_VIEW = "round_reminder"


def tick(session: Session, now: datetime, wording: Wording) -> None:
    """What the clock does to rounds: open, remind, close. Doing it twice changes nothing."""
    open_due(session, now, wording)
    for row in rows.to_close(session, now):
        close(session, row, now, wording)
    for row in rows.still_open(session):
        if _should_look(session, row, now):
            nudge(session, row, now, wording)


# --- reminders and nudges -------------------------------------------------------------------------------------------


def _should_look(session: Session, row: Round, now: datetime) -> bool:
    """In the last day before it closes, or once a tutor asked for it: `reminded_at` is when we last looked."""
    if row.reminded_at is not None:
        return now - row.reminded_at >= LOOK_EVERY
    if row.closes_at is None or now < row.closes_at - REMIND_BEFORE or row.closes_at <= now:
        return False
    return rule_of(session.get_one(Schedule, row.schedule_id)).reminds


def nudge(session: Session, row: Round, now: datetime, wording: Wording) -> tuple[int, int]:
    """Write to who has not answered everything and may be written to now; the ticker comes back for the others.

    Returns (written to now, waiting for their hours or their next day). Nobody gets two for one round.
    """
    row.reminded_at = now
    waiting = rows.not_finished(session, row.id or 0)
    already = _nudged(session, row)
    message = wording.reminder(_announcement(session, row))
    written = written_to(session, [person.telegram_id for person in waiting], now)
    sent = later = 0
    for person in waiting:
        moment = next_moment(person, written.get(person.telegram_id, ()), now)
        if person.telegram_id in already or moment is None:
            continue
        if moment > now:
            later += row.closes_at is None or moment < row.closes_at
            continue
        data = {**message[1], "language": person.language}
        outbox.add(session, chat_id=person.telegram_id, view=message[0], data=data, lane=outbox.BROADCAST, now=now)
        sent += 1
    return sent, later


def _nudged(session: Session, row: Round) -> set[int]:
    sent = select(OutboxMessage.chat_id).where(
        OutboxMessage.view == NUDGE_VIEW,
        OutboxMessage.created_at >= row.opened_at,
        col(OutboxMessage.data).contains(f'"round:go:{row.id}"'),
    )
    return set(session.exec(sent))


def _announcement(session: Session, row: Round) -> Announcement:
    cohort = session.get_one(Cohort, row.cohort_id)
    label = _unit(session, row, cohort)
    closes = moment_in_words(row.closes_at, cohort.time_zone) if row.closes_at else ""
    return Announcement(row.id or 0, cohort.name, label.unit.label if label else "", 0, closes)


def _unit(session: Session, row: Round, cohort: Cohort) -> bank.BankUnit | None:
    return cohorts.unit_of(session, cohort, rule_of(session.get_one(Schedule, row.schedule_id)).unit_key)


# --- closing --------------------------------------------------------------------------------------------------------


def close(session: Session, row: Round, now: datetime, wording: Wording) -> bool:
    """Close a round: tutors hear how it went, each learner who answered hears about their own answers. Once."""
    if row.closed_at is not None:
        return False
    row.closed_at = now
    cohort = session.get_one(Cohort, row.cohort_id)
    entry = _unit(session, row, cohort)
    asked = results.names_of_round(session, row.id or 0)
    learners = [people.by_id(session, person_id) for person_id in asked]
    for learner in learners:
        feedback = feedback_for(session, row, learner, cohort, entry.version_id if entry else 0)
        if feedback.answered and learner.unreachable_since is None:
            _tell(session, learner, wording.feedback(feedback), now)
    count = rows.counts(session, row.id or 0)
    gone = sum(learner.unreachable_since is not None for learner in learners)
    label = entry.unit.label if entry else ""
    closed = Closed(row.id or 0, cohort.name, label, count.people_started, count.people, gone)
    for tutor in staff_of(session, cohort, Role.TUTOR):
        _tell(session, tutor, wording.closed(closed), now)
    return True


def staff_of(session: Session, cohort: Cohort, role: Role) -> Sequence[Person]:
    """The people with a role in a cohort."""
    members = (member for member in cohorts.register(session, cohort.id or 0) if member.role is role)
    return [people.by_id(session, member.person_id) for member in members if member.person_id is not None]


def _tell(session: Session, person: Person, message: Message, now: datetime) -> None:
    moment = after_quiet_hours(wishes_of(person), now)
    outbox.add(
        session,
        chat_id=person.telegram_id,
        view=message[0],
        data={**message[1], "language": person.language},
        lane=outbox.BROADCAST,
        now=now,
        not_before=moment if moment > now else None,
    )


def feedback_for(session: Session, row: Round, learner: Person, cohort: Cohort, version_id: int) -> LearnerFeedback:
    """What a learner's answers in a round came to."""
    found = results.answers_of(session, row.id or 0, learner.id or 0)
    answered = [(bank.question(session, delivery.question_key), answer) for delivery, answer in found if answer]
    questions = tuple(_answered(question, answer) for question, answer in answered if question)
    return LearnerFeedback(cohort.name, version_id, len(answered), len(found), questions)


def _answered(question: Question, answer: Answer) -> AnsweredQuestion:
    """Expected points that the document publishes are "not yet mentioned"; a tapped question names its answer."""
    points = {point.key: point.text for point in question.expected_points if point.is_published}
    marks = revision.mark_of(answer).points
    missing = [
        points[mark.point_key] for mark in marks if mark.point_key in points and mark.state is not PointState.COVERED
    ]
    if question.is_tapped and answer.score < 1:
        missing = [option.text for option in question.options if option.is_key]
    return AnsweredQuestion(question.stem, question.criterion_number, standing_word(answer.score), tuple(missing))


def standing_word(score: float | None) -> str:
    """A share of what was asked for in a word; never a verdict."""
    if score is None:
        return "no answer"
    return "all" if score >= 1 else "part" if score > 0 else "not yet"

"""Sittings and rounds: put questions, keep answers, say what came of them."""

from dataclasses import replace
from datetime import timedelta

from talkthrough.bot.conversations import aim_effects as a
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking.model import PointMark
from talkthrough.scheduler import answering, refitting, sitting
from talkthrough.scheduler.reminders import after_quiet_hours
from talkthrough.scheduler.rounds import feedback_waits
from talkthrough.scheduler.unasked import wishes_of
from talkthrough.storage import bank, bank_items, discussions, outbox, people, phrasings, revision
from talkthrough.storage.tables import Delivery, QuestionFlag, RevisionSession

DOUBLE_TAP_SECONDS = 10
ANSWERED_LATE = timedelta(hours=12)  # for so long, stray words may be the answer to the last question


def compose(desk: Desk, effect: f.ComposeSitting) -> r.Event:
    """Choose the questions of a sitting."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None:
        return r.NoSuchQuestion()
    composed = sitting.compose_for(desk.session, desk.person, entry.unit, desk.now)
    if not composed.questions:
        return r.NothingToAsk(entry.unit.label, entry.is_blank)
    row = revision.start_session(desk.session, desk.person_id, entry.unit.key, composed.keys, desk.now)
    assert row.id is not None
    return r.SittingComposed(row.id, entry.unit.label, len(composed.keys), composed.minutes)


def put_question(desk: Desk, effect: f.PutQuestion) -> r.Event:
    """Put the next question of a sitting or a round."""
    if effect.session_id is not None:
        return _next_of_session(desk, effect.session_id)
    return _next_of_round(desk, effect.round_id or 0)


def put_after(desk: Desk, effect: f.PutQuestionAfter) -> r.Event:
    """Put what follows a delivery."""
    row = revision.delivery(desk.session, effect.delivery_id, desk.person_id)
    if row is None:
        return r.NoSuchQuestion()
    if row.session_id is not None:
        return _next_of_session(desk, row.session_id)
    return _next_of_round(desk, row.round_id or 0)


def _next_of_session(desk: Desk, session_id: int) -> r.Event:
    row = desk.session.get(RevisionSession, session_id)
    if row is None or row.person_id != desk.person_id:
        return r.NoSuchQuestion()
    keys = revision.question_keys(row)
    open_delivery = revision.open_in_session(desk.session, session_id, desk.person_id)
    if open_delivery is not None:
        return _put(desk, open_delivery, len(keys))
    while row.position < len(keys) and row.ended_at is None:
        key = keys[row.position]
        row.position += 1
        if bank.is_asked(desk.session, key):
            made = revision.deliver(
                desk.session,
                desk.person_id,
                key,
                desk.now,
                session_id=session_id,
                position=row.position,
                is_whole=sitting.takes_larger_steps(desk.person),
            )
            return _put(desk, made, len(keys), is_new=True)
    return _session_ended(desk, row)


def _session_ended(desk: Desk, row: RevisionSession) -> r.Event:
    assert row.id is not None
    row.ended_at = row.ended_at or desk.now
    if desk.settings.refit:
        refitting.want_when_due(desk.session, desk.person_id, desk.now)
    answers = revision.questions_answered(desk.session, desk.person_id, row.id)
    entry = bank.unit_by_key(desk.session, row.unit_key)
    label = entry.unit.label if entry else ""
    return r.SittingEnded(
        label,
        len(answers),
        sum(answer.score >= 1 for answer in answers),
        sitting.what_changed(desk.session, desk.person, entry.unit, row.id, desk.now) if entry and answers else None,
        version_id=entry.version_id if entry else 0,
    )


def _next_of_round(desk: Desk, round_id: int) -> r.Event:
    done, asked = revision.round_progress(desk.session, round_id, desk.person_id)
    if not asked:
        return r.NoSuchQuestion()
    waiting = revision.next_in_round(desk.session, round_id, desk.person_id)
    if waiting is None:
        return r.SittingEnded("", done, revision.full_answers(desk.session, round_id, desk.person_id), is_round=True)
    is_new = waiting.asked_at is None
    waiting.asked_at = waiting.asked_at or desk.now
    return _put(desk, waiting, asked, is_new=is_new)


def _put(desk: Desk, row: Delivery, total: int, *, is_new: bool = False) -> r.Event:
    question = answering.question_put(desk.session, row)
    if question is None:
        return r.NoSuchQuestion()
    assert row.id is not None
    is_just_asked = not is_new and row.asked_at is not None and _seconds(desk, row) < DOUBLE_TAP_SECONDS
    return r.QuestionPut(
        row.id,
        question,
        _heading(desk, question).unit_label,
        row.position,
        total,
        is_just_asked=is_just_asked,
        is_round=row.round_id is not None,
        is_whole=row.is_whole,
    )


def _seconds(desk: Desk, row: Delivery) -> float:
    return (desk.now - row.asked_at).total_seconds() if row.asked_at else 0.0


def _heading(desk: Desk, question: Question) -> bank.Heading:
    return bank.heading(desk.session, bank.unit_key_of(desk.session, question.key))


def check(desk: Desk, effect: f.CheckAnswer) -> r.Event:
    """Keep an answer and say what it mentioned."""
    found = answering.answer(
        desk.session, desk.person, effect.delivery_id, text=effect.text, option=effect.option, now=desk.now
    )
    return _checked(desk, found)


def skip(desk: Desk, effect: f.SkipQuestion) -> r.Event:
    """Leave a question for another day, once; an answer that there is already stays."""
    row = revision.delivery(desk.session, effect.delivery_id, desk.person_id)
    if row is None:
        return r.NoSuchQuestion()
    if found := answering.looked_up(desk.session, desk.person, effect.delivery_id):
        return _checked(desk, replace(found, is_repeat=True))
    if row.skipped_at is not None:
        return put_after(desk, f.PutQuestionAfter(effect.delivery_id))
    row.skipped_at = desk.now
    return r.Skipped(effect.delivery_id)


def add_more(desk: Desk, effect: a.AddToAnswer) -> r.Event:
    """Keep what was added when the missing points were asked for."""
    return _checked(
        desk, answering.add_more(desk.session, desk.person, effect.delivery_id, effect.text, desk.now), is_told=True
    )


def feedback(desk: Desk, effect: a.ShowFeedback) -> r.Event:
    """What an answer mentioned, nothing more being added; and what was put off until then."""
    found = answering.looked_up(desk.session, desk.person, effect.delivery_id)
    if found is not None and effect.is_first:
        found = replace(found, became_stubborn=answering.made_stubborn(desk.session, desk.person, effect.delivery_id))
    return _checked(desk, found)


def knew_it(desk: Desk, effect: a.KnewIt) -> r.Event:
    """The learner knew it: nothing counts as missed."""
    return _checked(desk, answering.knew_it(desk.session, desk.person, effect.delivery_id, desk.now))


def confide(desk: Desk, effect: a.Confide) -> None:
    """Keep how sure the learner was."""
    answering.confide(desk.session, desk.person, effect.delivery_id, effect.confidence, desk.now)


def overrule(desk: Desk, effect: f.Overrule) -> r.Event:
    """The learner did say that: ask which point, or keep the correction."""
    before = answering.looked_up(desk.session, desk.person, effect.delivery_id)
    if before is None or effect.point is None:
        return _checked(desk, before, asks_which=True)
    found = answering.overrule(desk.session, desk.person, effect.delivery_id, effect.point, desk.now)
    if found is not None:
        _suggest(desk, effect.delivery_id, before.mark.points[effect.point])
    return _checked(desk, found)


def _suggest(desk: Desk, delivery_id: int, opinion: PointMark) -> None:
    """The learner's words may be a way of saying the point: a tutor decides."""
    kept = revision.answer_to(desk.session, delivery_id, desk.person_id)
    if kept is not None:
        phrasings.suggest(desk.session, kept, opinion, source="learner", now=desk.now)


def undo(desk: Desk, effect: f.UndoAnswer) -> r.Event:
    """Take the effect of an answer on memory back."""
    found = answering.undo(desk.session, desk.person, effect.delivery_id, desk.now)
    return r.Noted("undo", effect.delivery_id) if found else r.NoSuchQuestion()


def _checked(
    desk: Desk, found: answering.Answered | None, *, asks_which: bool = False, is_told: bool = False
) -> r.Event:
    if found is None:
        return r.NoSuchQuestion()
    assert found.delivery.id is not None
    heading = _heading(desk, found.question)
    is_stubborn = found.became_stubborn and not (found.still_asked_for and not is_told)
    return r.AnswerChecked(
        found.delivery.id,
        found.question,
        heading.unit_label,
        found.mark,
        found.option,
        is_repeat=found.is_repeat,
        is_overruled=found.is_overruled,
        asks_which=asks_which,
        document=heading.file_name,
        still_asked_for=found.still_asked_for,
        explanation=_explanation(desk, found.question) if is_stubborn else "",
        is_tutor_told=is_stubborn and _tell_tutors(desk, found.question, heading),
        is_held_back=feedback_waits(desk.session, found.delivery.round_id),
    )


def _explanation(desk: Desk, question: Question) -> str:
    """The criterion behind a question that keeps slipping, as published."""
    entry = bank.unit_by_key(desk.session, bank.unit_key_of(desk.session, question.key))
    criterion = bank.criterion_of(entry.unit, question.criterion_key) if entry else None
    return f"{criterion.number} {criterion.text}" if criterion else ""


def _tell_tutors(desk: Desk, question: Question, heading: bank.Heading) -> bool:
    """Tell the tutors what a learner might want to talk through."""
    values = {
        "name": desk.person.display_name,
        "unit": heading.unit_label,
        "criterion": question.criterion_number,
        "stem": question.stem,
    }
    return _to_tutors(desk, "stubborn", {"values": values})


def _to_tutors(desk: Desk, view: str, data: dict[str, object]) -> bool:
    """Write to the learner's tutors, out of their quiet hours; False where there are none."""
    tutors = people.tutors_of(desk.session, desk.person_id)
    for tutor in tutors:
        outbox.add(
            desk.session,
            chat_id=tutor.telegram_id,
            view=view,
            data={**data, "language": tutor.language},
            lane=outbox.BROADCAST,
            not_before=after_quiet_hours(wishes_of(tutor), desk.now),
            now=desk.now,
        )
    return bool(tutors)


def flag(desk: Desk, effect: f.FlagQuestion) -> r.Event:
    """Keep what the learner finds wrong with a question, and tell the tutors."""
    row = revision.delivery(desk.session, effect.delivery_id, desk.person_id)
    if row is None:
        return r.NoSuchQuestion()
    desk.session.add(
        QuestionFlag(
            question_key=row.question_key, person_id=desk.person_id, comment=effect.comment, created_at=desk.now
        )
    )
    question = bank.question(desk.session, row.question_key)
    values = {"stem": question.stem if question else "", "comment": effect.comment}
    buttons = [[["Open the question", f"b:i:{bank_items.handle_of(row.question_key)}"]]]
    _to_tutors(desk, "flagged", {"values": values, "buttons": buttons})
    return r.Noted("comment", effect.delivery_id)


def end(desk: Desk, _effect: f.EndSitting) -> r.Event:
    """Leave the open sitting; what was answered stays."""
    row = revision.end_open_session(desk.session, desk.person_id, desk.now)
    return _session_ended(desk, row) if row else r.SittingEnded("", 0, 0)


def find_open(desk: Desk, effect: f.FindWhatIsOpen) -> r.Event:
    """A discussion that waits, a sitting with questions left, and what the words could have been meant for."""
    waiting = discussions.open_of(desk.session, desk.person_id)
    open_sitting = revision.open_session(desk.session, desk.person_id)
    discussion_id = waiting.id if waiting and waiting.status != "planned" else None
    found = r.OpenFound(effect.text, discussion_id or 0, (open_sitting.id if open_sitting else None) or 0)
    if not effect.text:
        return found
    if waiting and waiting.status == "open":
        return replace(found, is_open=True)
    row = revision.newest_open(desk.session, desk.person_id, desk.now - ANSWERED_LATE)
    question = answering.question_put(desk.session, row) if row else None
    if row is None or question is None or question.is_tapped:
        return found
    return replace(found, delivery_id=row.id or 0, stem=question.stem)

"""The use case of one answer: mark it, keep it once, and let memory learn from it. All rows in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Signals
from talkthrough.scheduler import memory_rows
from talkthrough.scheduler.larger_steps import whole
from talkthrough.scheduler.learning import Before, CardMemory, LoggedAnswer, learn, timed
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.scheduler.memory import recall
from talkthrough.scheduler.rating import AnswerOutcome, Confidence, rating_of, score_of, still_asked_for
from talkthrough.storage import bank, people, revision
from talkthrough.storage.tables import Answer, Delivery, Person

BEST_FIRST = (PointState.COVERED, PointState.PARTIAL, PointState.CONTRADICTED, PointState.NOT_MENTIONED)


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer. `is_repeat`: it had been answered before, and nothing was counted again.

    `still_asked_for`: how many points of a list may be asked for once more. `became_stubborn`: one of its memories has
    just been missed for the third time in five. `is_overruled`: the learner's own correction stands.
    """

    delivery: Delivery
    question: Question
    mark: Mark
    option: int | None
    is_repeat: bool = False
    is_overruled: bool = False
    still_asked_for: int = 0
    became_stubborn: bool = False


def answer(
    session: Session, person: Person, delivery_id: int, *, text: str | None, option: int | None, now: datetime
) -> Answered | None:
    """Keep an answer to a delivery, once. None where the delivery is not this person's or its question is gone.

    `text` for typed answers, `option` (0-based) for tapped ones, neither for "I don't know yet".
    """
    assert person.id is not None
    row = revision.delivery(session, delivery_id, person.id)
    question = question_put(session, row) if row else None
    if row is None or question is None:
        return None
    earlier = revision.answer_to(session, delivery_id, person.id)
    if earlier is not None:
        return Answered(row, question, revision.mark_of(earlier), earlier.option, is_repeat=True)
    if option is not None and not 0 <= option < len(question.options):
        return None
    read = read_answer(session, question, text)
    score = score_of(question, None if question.is_tapped else read, option)
    kept = revision.record_answer(
        session,
        row,
        text=text,
        option=option,
        score=score,
        mark=read,
        now=now,
        options=[each.text for each in question.options],
        is_timed=not _has_extra_time(person),
    )
    became_stubborn = _take_in(session, question, kept, learning_day(now, person.time_zone))
    missing = still_asked_for(question, read) if _may_ask_again(row, question, read) else 0
    return Answered(row, question, read, option, still_asked_for=missing, became_stubborn=became_stubborn)


def question_put(session: Session, row: Delivery) -> Question | None:
    """The question of a delivery as it was put: in the wording of then, and a list whole where it was asked so."""
    question = bank.question_as_put(session, row.question_key, row.asked_at)
    return whole(question) if question and row.is_whole else question


def _may_ask_again(row: Delivery, question: Question, read: Mark) -> bool:
    """A list of which something was mentioned, in a sitting: in a round, or asked whole, it is asked for once."""
    is_list = not question.is_tapped and question.card_keys != (question.key,)
    return (
        is_list
        and row.session_id is not None
        and not row.is_whole
        and any(p.state is PointState.COVERED for p in read.points)
    )


def read_answer(session: Session, question: Question, text: str | None) -> Mark:
    """The mark of a typed answer; "I don't know yet" (None) mentions nothing. Tapped questions have no points."""
    if question.is_tapped:
        return Mark()
    keys = [point.key for point in question.expected_points]
    unit_key = bank.unit_key_of(session, question.key)
    phrasings = phrasings_for(question, unit_key, bank.confirmed_phrasings(session, keys))
    read = mark(question, text or "", phrasings, default_calibration())
    return read if text is not None else replace(read, signals=Signals(dont_know=True))


def add_more(session: Session, person: Person, delivery_id: int, text: str, now: datetime) -> Answered | None:
    """What the learner adds when the missing points are asked for: kept beside the answer, once, and counted."""
    found = _kept(session, person, delivery_id)
    if found is None or found[2].more is not None:
        return looked_up(session, person, delivery_id)
    row, question, kept = found
    kept.more = text
    both = together(revision.mark_of(kept), read_answer(session, question, text))
    revision.change_mark(kept, both, score_of(question, both, kept.option))
    became_stubborn = _take_in_again(session, person, question, kept, now)
    return Answered(row, question, both, kept.option, became_stubborn=became_stubborn)


def together(first: Mark, second: Mark) -> Mark:
    """What two messages in answer to one question mention: of each point the better of the two."""
    better = {point.point_key: point for point in second.points}
    points = tuple(_better(point, better.get(point.point_key, point)) for point in first.points)
    return replace(first, points=points, others=(*first.others, *second.others))


def _better(first: PointMark, second: PointMark) -> PointMark:
    return second if BEST_FIRST.index(second.state) < BEST_FIRST.index(first.state) else first


def overrule(session: Session, person: Person, delivery_id: int, point: int, now: datetime) -> Answered | None:
    """The learner says that a point was mentioned after all: both opinions are kept, the cards are computed again."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    before = revision.mark_of(kept)
    if not 0 <= point < len(before.points):
        return None
    said = replace(before.points[point], state=PointState.COVERED, band="sure yes", rule="learner says so")
    after = replace(before, points=(*before.points[:point], said, *before.points[point + 1 :]))
    revision.change_mark(kept, after, score_of(question, after, kept.option))
    _take_in_again(session, person, question, kept, now)
    return Answered(row, question, after, kept.option, is_overruled=True)


def knew_it(session: Session, person: Person, delivery_id: int, now: datetime) -> Answered | None:
    """The learner says "I knew that": nothing of this answer counts as missed. What was sent stays as it is."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    kept.overruled_at = kept.overruled_at or now
    _take_in_again(session, person, question, kept, now)
    return Answered(row, question, revision.mark_of(kept), kept.option, is_overruled=True)


def confide(session: Session, person: Person, delivery_id: int, confidence: Confidence, now: datetime) -> bool:
    """How sure the learner was of a tapped answer: kept, and a guess that was right counts for less."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return False
    _, question, kept = found
    was, kept.confidence = kept.confidence, confidence
    is_counted = revision.is_counted(session, kept)
    if is_counted and was != confidence and "not sure" in (was, confidence):
        _take_in_again(session, person, question, kept, now)
    return True


def undo(session: Session, person: Person, delivery_id: int, now: datetime) -> Answered | None:
    """Take the memory of an answer back, as if it had not been counted; the words stay in the log."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    _take_back(session, person, kept, now)
    return Answered(row, question, revision.mark_of(kept), kept.option)


def looked_up(session: Session, person: Person, delivery_id: int) -> Answered | None:
    """An answer that was given before, unchanged."""
    found = _kept(session, person, delivery_id)
    if found is None:
        return None
    row, question, kept = found
    return Answered(row, question, revision.mark_of(kept), kept.option)


def made_stubborn(session: Session, person: Person, delivery_id: int) -> bool:
    """Whether this answer, if it is the person's last, made one of its memories stubborn."""
    found = _kept(session, person, delivery_id)
    before = memory_rows.before_of(session, person.id or 0, found[2].id) if found else None
    if before is None:
        return False
    rows = revision.cards_of(session, person.id or 0, before.cards)
    return _became_stubborn(before.cards, {key: memory_rows.memory_of(row) for key, row in rows.items()})


def _kept(session: Session, person: Person, delivery_id: int) -> tuple[Delivery, Question, Answer] | None:
    assert person.id is not None
    row = revision.delivery(session, delivery_id, person.id)
    kept = revision.answer_to(session, delivery_id, person.id)
    question = question_put(session, row) if row else None
    return (row, question, kept) if row and question and kept else None


def _has_extra_time(person: Person) -> bool:
    return bool(people.settings_of(person).get("extra_time"))


def _take_in_again(session: Session, person: Person, question: Question, kept: Answer, now: datetime) -> bool:
    """Count an answer anew, at its own place in the log and on its own learning day, wherever the person is now."""
    day = _take_back(session, person, kept, now) or learning_day(kept.received_at, person.time_zone)
    return _take_in(session, question, kept, day, is_last=_is_last(session, kept))


def _is_last(session: Session, kept: Answer) -> bool:
    return revision.newest_answer(session, kept.person_id) == kept.id


def _take_back(session: Session, person: Person, kept: Answer, now: datetime) -> int | None:
    """Returns the learning day on which the answer had counted, if it had."""
    assert person.id is not None
    day = revision.undo_reviews(session, kept.id or 0, now)
    before = memory_rows.before_of(session, person.id, kept.id)
    if before is not None:
        memory_rows.restore(session, person.id, before, revision.cards_of(session, person.id, before.cards))
    elif day is not None:
        memory_rows.rebuild(session, person.id)
    return day


def _take_in(session: Session, question: Question, kept: Answer, day: int, *, is_last: bool = True) -> bool:
    """Write down what memory learns of an answer; True where one of its memories has just become stubborn."""
    rows = revision.cards_of(session, kept.person_id, question.card_keys)
    cards = {key: memory_rows.memory_of(card) for key, card in rows.items()}
    learner = memory_rows.learner_of(session, kept.person_id)
    ratings = rating_of(
        AnswerOutcome(
            question=question,
            mark=None if question.is_tapped else revision.mark_of(kept),
            option=kept.option,
            seconds=timed(kept.seconds),
            confidence="not sure" if kept.confidence == "not sure" else None,
            usual_seconds=learner.usual_seconds.get(question.kind, ()),
            recall_now={key: recall(card.state, day, learner.forgetting) for key, card in cards.items()},
            hints=kept.hints,
            has_extra_time=not kept.is_timed,
            is_overruled=kept.overruled_at is not None,
        )
    )
    revision.add_reviews(session, kept, ratings, day)
    if not is_last:
        memory_rows.rebuild(session, kept.person_id)
        return False
    logged = LoggedAnswer(ratings, day, question.kind, timed(kept.seconds) if kept.is_timed else None)
    after, changed = learn(learner, cards, logged)
    before = Before(kept.id or 0, learner, {key: cards.get(key) for key in changed})
    for key, learnt in changed.items():
        if key in rows:
            memory_rows.write(rows[key], learnt, after)
        else:
            memory_rows.new_card(session, kept.person_id, key, question, learnt, after)
    memory_rows.keep(session, kept.person_id, after, before)
    return _became_stubborn(before.cards, changed)


def _became_stubborn(before: Mapping[str, CardMemory | None], after: Mapping[str, CardMemory]) -> bool:
    was_stubborn = {key for key, each in before.items() if each and each.is_leech}
    return any(each.is_leech and key not in was_stubborn for key, each in after.items())

"""One answer in rows: counted once, taken back, corrected, and always what the log alone would say."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from talkthrough.scheduler import answering, memory_rows
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.storage import answer_log, revision
from talkthrough.storage.tables import Answer, Card, Person
from tests.scheduler.conftest import NOW, QUESTIONS, fill, opened

RIGHT, WRONG = 0, 1


@pytest.fixture
def person(session: Session) -> Person:
    return fill(session)


def put(session: Session, key: str, now: datetime) -> int:
    return revision.deliver(session, 1, key, now - timedelta(seconds=12), session_id=None).id or 0


def tap(session: Session, person: Person, key: str, option: int, now: datetime = NOW) -> int:
    delivery = put(session, key, now)
    answering.answer(session, person, delivery, text=None, option=option, now=now)
    return delivery


def ratings(session: Session, key: str) -> list[int]:
    return [line.rating for line in answer_log.log_of(session, 1) if line.card_key == key]


def cached(session: Session) -> tuple[object, ...]:
    session.flush()
    session.expire_all()
    model = answer_log.learner_model(session, 1)
    cards = sorted(card.model_dump_json() for card in session.exec(select(Card)))
    return model.body if model else None, cards


def test_an_answer_is_counted_once_however_often_it_is_sent(session: Session, person: Person) -> None:
    delivery = tap(session, person, "tap1", RIGHT)
    again = answering.answer(session, person, delivery, text=None, option=WRONG, now=NOW)
    assert again is not None
    assert again.is_repeat
    assert ratings(session, "tap1") == [3]


def test_all_that_happened_is_kept_with_an_answer(session: Session, person: Person) -> None:
    tap(session, person, "tap2", WRONG)
    kept = session.exec(select(Answer)).one()
    assert (kept.score, kept.seconds, kept.option, kept.options, kept.hints) == (
        0.0,
        12,
        1,
        '["2", "no", "neither"]',
        0,
    )


def test_a_tap_that_the_learner_overrules_counts_as_known_on_the_day_it_was_given(
    session: Session, person: Person
) -> None:
    delivery = tap(session, person, "tap1", WRONG)
    answering.knew_it(session, person, delivery, NOW + timedelta(days=5))
    assert ratings(session, "tap1") == [3]
    assert session.get_one(Card, (1, "tap1")).last_day == learning_day(NOW, person.time_zone)
    assert session.exec(select(Answer.option)).one() == WRONG


def test_a_corrected_answer_stays_on_its_day_when_the_learner_has_moved_since(session: Session, person: Person) -> None:
    early = NOW.replace(hour=5)  # a new day in London, still the day before in New York
    delivery = tap(session, person, "tap1", WRONG, early)
    person.time_zone = "America/New_York"
    answering.knew_it(session, person, delivery, early + timedelta(days=1))
    assert session.get_one(Card, (1, "tap1")).last_day == learning_day(early, "Europe/London")


def test_a_corrected_answer_stands_before_later_ones(session: Session, person: Person) -> None:
    first = tap(session, person, "tap1", WRONG)
    tap(session, person, "tap1", RIGHT, NOW + timedelta(days=3))
    answering.knew_it(session, person, first, NOW + timedelta(days=4))
    assert ratings(session, "tap1") == [3, 3]
    assert session.get_one(Card, (1, "tap1")).last_day == learning_day(NOW + timedelta(days=3), person.time_zone)


def test_a_guess_that_was_right_is_hard_and_the_word_sure_takes_that_back(session: Session, person: Person) -> None:
    delivery = tap(session, person, "tap1", RIGHT)
    answering.confide(session, person, delivery, "not sure", NOW)
    assert ratings(session, "tap1") == [2]
    answering.confide(session, person, delivery, "sure", NOW)
    assert ratings(session, "tap1") == [3]
    assert session.exec(select(Answer.confidence)).one() == "sure"


def test_undoing_the_first_answer_of_a_card_leaves_no_card_and_keeps_the_words(
    session: Session, person: Person
) -> None:
    delivery = tap(session, person, "tap1", RIGHT)
    answering.undo(session, person, delivery, NOW)
    assert session.exec(select(Card)).all() == []
    assert session.exec(select(Answer)).one().option == RIGHT
    answering.confide(session, person, delivery, "not sure", NOW)
    assert ratings(session, "tap1") == []


def test_a_point_that_is_added_counts_and_the_first_mark_is_kept(session: Session, person: Person) -> None:
    session_row = revision.start_session(session, 1, "u", ["list"], NOW)
    delivery = revision.deliver(session, 1, "list", NOW, session_id=session_row.id).id or 0
    found = answering.answer(session, person, delivery, text="fire drills", option=None, now=NOW)
    assert found is not None
    assert found.still_asked_for == 1
    assert ratings(session, "point1") == [1] or ratings(session, "point2") == [1]
    answering.add_more(session, person, delivery, "warning signs", NOW)
    answering.add_more(session, person, delivery, "first aid boxes", NOW)
    assert (ratings(session, "point0"), ratings(session, "point1"), ratings(session, "point2")) == ([3], [], [3])
    kept = session.exec(select(Answer)).one()
    assert (kept.text, kept.more, kept.score, kept.first_score) == ("fire drills", "warning signs", 1.0, 0.5)


def test_a_card_becomes_stubborn_with_its_third_miss_in_five_and_only_once(session: Session, person: Person) -> None:
    said = []
    for day in range(4):
        now = NOW + timedelta(days=day)
        found = answering.answer(session, person, put(session, "tap1", now), text=None, option=WRONG, now=now)
        assert found is not None
        said.append(found.became_stubborn)
    assert said == [False, False, True, False]


def test_answers_are_not_timed_for_learners_with_extra_time(session: Session, person: Person) -> None:
    person.settings = '{"extra_time": true}'
    tap(session, person, "tap1", RIGHT)
    assert session.exec(select(Answer.is_timed)).one() is False
    assert memory_rows.learner_of(session, 1).tempo.count == 0


def test_one_answer_takes_few_statements_however_long_the_history(session: Session, person: Person) -> None:
    from sqlalchemy import event

    for day in range(30):
        tap(session, person, f"tap{day % 4}", RIGHT, NOW + timedelta(days=day))
    delivery = put(session, "tap1", NOW + timedelta(days=40))
    session.expire_all()
    session.info.clear()
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    answering.answer(session, person, delivery, text=None, option=RIGHT, now=NOW + timedelta(days=40))
    session.flush()
    assert len(statements) <= 11
    assert not [text for text in statements if "FROM review" in text]


STEPS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 3), st.sampled_from([RIGHT, WRONG, None])),
    st.tuples(st.just("say"), st.just(4), st.sampled_from(["fire drills", "warning signs and first aid boxes", "hm"])),
    st.tuples(st.sampled_from(["undo", "knew", "sure", "not sure"]), st.integers(0, 5), st.none()),
    st.tuples(st.just("wait"), st.integers(1, 9), st.none()),
)


@settings(max_examples=60)
@given(steps=st.lists(STEPS, min_size=1, max_size=14))
def test_what_is_cached_is_bit_for_bit_what_the_log_alone_gives(steps: list[tuple[str, int, object]]) -> None:
    with opened() as session:
        walk(session, fill(session), steps, NOW, [])
        found = cached(session)
        memory_rows.rebuild(session, 1)
        assert found == cached(session) or found[0] is None


def walk(
    session: Session, person: Person, steps: list[tuple[str, int, object]], now: datetime, deliveries: list[int]
) -> tuple[datetime, list[int]]:
    """Answer, correct, take back and wait; returns the moment and the deliveries that it came to."""
    for step in steps:
        now += timedelta(hours=1)
        match step:
            case ("wait", days, _):
                now += timedelta(days=days)
            case ("answer", place, int() | None as option):
                deliveries.append(put(session, QUESTIONS[place].key, now))
                answering.answer(session, person, deliveries[-1], text=None, option=option, now=now)
            case ("say", place, str() as text):
                deliveries.append(put(session, QUESTIONS[place].key, now))
                answering.answer(session, person, deliveries[-1], text=text, option=None, now=now)
            case (what, back, _) if back < len(deliveries):
                correct(session, person, what, deliveries[-1 - back], now)
    return now, deliveries


def correct(session: Session, person: Person, what: str, delivery: int, now: datetime) -> None:
    match what:
        case "undo":
            answering.undo(session, person, delivery, now)
        case "knew":
            answering.knew_it(session, person, delivery, now)
        case "sure":
            answering.confide(session, person, delivery, "sure", now)
        case _:
            answering.confide(session, person, delivery, "not sure", now)

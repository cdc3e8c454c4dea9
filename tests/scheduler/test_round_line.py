from datetime import date, time

import pytest

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, SourceSpan, Unit
from talkthrough.scheduler.recurrence import Closing, RoundRule
from talkthrough.scheduler.round_line import parse_line

TODAY = date(2026, 11, 23)
SPAN = SourceSpan(1, 1)


def unit(number: str, reference: str, title: str, key: str) -> Unit:
    outcomes = tuple(
        LearningOutcome(
            str(outcome),
            str(outcome),
            "",
            "knowledge",
            SPAN,
            tuple(
                AssessmentCriterion(f"{outcome}.{n}", None, "", "knowledge", SPAN, key=f"{key}/{outcome}.{n}")
                for n in (1, 2)
            ),
        )
        for outcome in (1, 2, 3)
    )
    return Unit(title, SPAN, number=number, reference=reference, outcomes=outcomes, key=key)


U401 = unit("401", "M/506/2898", "Manage customer service operations", "m")
U323 = unit("323", "L/506/2150", "Organise and deliver customer service", "l")


def read(line: str, units=(U401, U323)) -> RoundRule:
    return parse_line(line, today=TODAY, time_zone="Europe/London", units=units)


def test_the_line_of_the_handbook_is_read_whole():
    assert read("/round Thursdays 18:00 unit 401 outcome 1 five questions close Sunday 20:00") == RoundRule(
        first_date=TODAY,
        local_time=time(18),
        time_zone="Europe/London",
        unit_key="m",
        criteria=("m/1.1", "m/1.2"),
        weekdays=(3,),
        closing=Closing(time(20), weekday=6),
        question_count=5,
    )


def test_clauses_come_in_any_order_and_with_every_option():
    rule = read(
        "unit L/506/2150 criteria 1.2, 2.1 and 3.1, 8 questions, recall lists and choices, Mon and Thu 6.30pm, "
        "every 2 weeks from 2026-12-07 until 26 March except 24 December and 28 December 2026, "
        "closes after 2 days, late 12 hours"
    )
    assert rule.criteria == ("l/1.2", "l/2.1", "l/3.1")
    assert (rule.question_count, rule.kinds) == (8, (QuestionKind.RECALL_LIST, QuestionKind.CHOICE))
    assert (rule.weekdays, rule.local_time, rule.every_weeks) == ((0, 3), time(18, 30), 2)
    assert (rule.first_date, rule.end_date) == (date(2026, 12, 7), date(2027, 3, 26))
    assert rule.exceptions == (date(2026, 12, 24), date(2026, 12, 28))
    assert (rule.closing, rule.late_hours) == (Closing(time(18, 30), 2), 12)


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("tomorrow 9am", date(2026, 11, 24)),
        ("once on 14 March at 18:00", date(2027, 3, 14)),
        ("2026-12-01 18:00", date(2026, 12, 1)),
    ],
)
def test_a_round_can_happen_once(line, first):
    rule = read(line, [U401])
    assert (rule.first_date, rule.weekdays, rule.unit_key, rule.criteria) == (first, (), "m", "weakest")


def test_a_time_without_a_day_closes_at_the_next_such_time():
    assert read("Tuesdays 18:00 close 20:00", [U401]).closing == Closing(time(20))
    assert read("Tuesdays 18:00 closes at 8am", [U401]).closing == Closing(time(8), 1)


def test_a_unit_can_be_named_by_its_title():
    assert read("fridays 12:15 unit organise and deliver customer service weakest").unit_key == "l"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Thursdays 18:00 unit 401 with cake", 'did not understand "with cake"'),
        ("Thursdays unit 401", "at what time"),
        ("18:00 unit 401", "on which day"),
        ("Thursdays 18:00", "Say which unit. This group has: Unit 401, Unit 323."),
        ("Thursdays 18:00 unit 999", 'This group has no unit "999". It has: Unit 401, Unit 323.'),
        ("Thursdays 18:00 unit 401 outcome 7", "has no 7"),
        ("Thursdays 18:00 unit 401 criterion 1.9", "has no 1.9"),
        ("Thursdays 25:00 unit 401", "not a time"),
        ("31 February 18:00 unit 401", "not a date"),
        ("Thursdays 18:00 unit 401 99 questions", "between 1 and 20"),
        ("", "Say which unit"),
    ],
)
def test_what_is_not_understood_is_said_in_a_sentence(line, says):
    with pytest.raises(ValueError, match=r"\.$") as error:
        read(line)
    assert says in str(error.value)


def test_a_number_that_two_units_share_is_asked_back():
    draft = unit("401", "CS 37", "Manage customer service operations (draft)", "d")
    with pytest.raises(ValueError, match="More than one unit"):
        read("Thursdays 18:00 unit 401", [U401, draft])
    assert read("Thursdays 18:00 unit CS 37", [U401, draft]).unit_key == "d"

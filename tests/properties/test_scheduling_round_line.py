"""A tutor's line is read, or refused in a sentence: never anything else, whatever is typed."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, SourceSpan, Unit
from talkthrough.scheduler.recurrence import describe, problems, slots
from talkthrough.scheduler.round_line import parse_line

SPAN = SourceSpan(1, 1)
CRITERION = AssessmentCriterion("1.1", "1.1", "", "knowledge", SPAN, key="c")
UNIT = Unit(
    "Run a (small) shop",
    SPAN,
    number="401",
    key="u",
    outcomes=(LearningOutcome("1", "1", "", "knowledge", SPAN, (CRITERION,)),),
)
CLAUSES = (
    *("thursdays", "mon and tue", "18:00", "at 6pm", "0:00", "25:99", "tomorrow", "29 feb", "9999-12-31"),
    *("outcome 1", "criteria 1.1", "criterion 9.9", "weakest", "recall lists", "five questions", "0 questions"),
    *("close Sunday 20:00", "closes 9:00", "close after 2 days", "every other week", "every 0 weeks", "late 6 hours"),
    *("from 2027-01-04", "until 14 March", "until 2020-01-01", "except 24 December and 2027-02-30", "(*", "with cake"),
)
clauses = st.lists(st.sampled_from(CLAUSES), max_size=6, unique=True)
lines = (
    clauses.map(lambda some: " ".join(["/round thursdays 18:00 unit 401", *some])) | clauses.map(" ".join) | st.text()
)


@given(lines)
@example("thursdays 18:00 from 9999-12-31 unit 401")
def test_every_line_gives_a_sound_rule_or_a_sentence(line):
    try:
        rule = parse_line(line, today=date(2026, 11, 23), time_zone="Europe/London", units=[UNIT])
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both ways are right, and each has something to hold
        return
    assert not problems(rule)
    assert describe(rule)
    start = datetime(2026, 11, 23, tzinfo=UTC)
    assert all(
        slot.closes_at is None or slot.closes_at > slot.opens_at for slot in slots(rule, start, start + timedelta(60))
    )

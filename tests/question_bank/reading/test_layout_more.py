"""More ways in which real handbooks print criteria. All documents are invented."""

import pytest

from talkthrough.question_bank.reading import read_text
from tests.question_bank.reading.finders import read_as, warnings

UNIT = [
    (
        "1",
        "Know how to clean a pool",
        [("1.1", "Describe two tests of the water"), ("1.2", "State when a pool is closed")],
    ),
    ("2", "Be able to clean a pool", [("2.1", "Test the water"), ("2.2", "Record the result")]),
]
FORMS = {
    "labels and stems fused in the head": """
Unit 8: Clean a pool

Learning Outcome - The learner will:\tAssessment Criterion - The learner can:
1 Know how to clean a pool\t1.1 Describe two tests of the water
\t1.2 State when a pool is closed
2 Be able to clean a pool\t2.1 Test the water
\t2.2 Record the result
""",
    "stems in brackets": """
## Unit 8 – Clean a pool

| Learning outcomes (The learner will) | Assessment criteria (The learner can) |
| --- | --- |
| 1. Know how to clean a pool | 1.1. Describe two tests of the water |
| | 1.2. State when a pool is closed |
| 2. Be able to clean a pool | 2.1. Test the water |
| | 2.2. Record the result |
""",
    "columns of content and evidence": """
## Unit 8: Clean a pool

| Learning outcome | Assessment criteria | Indicative content | Evidence reference |
|---|---|---|---|
| 1. Know how to clean a pool | 1.1 Describe two tests of the water | - pH<br>- chlorine | |
| | 1.2 State when a pool is closed | 3.1 of the manual | p. 4 |
| 2. Be able to clean a pool | 2.1 Test the water | Use the kit. | |
| | 2.2 Record the result | | |
""",
    "elements and performance criteria": """
Unit 8: Clean a pool

ELEMENT\tPERFORMANCE CRITERIA
1 Know how to clean a pool\t1.1 Describe two tests of the water
\t1.2 State when a pool is closed
2 Be able to clean a pool\t2.1 Test the water
\t2.2 Record the result
""",
    "long stems": """
Unit title: Clean a pool
Unit number: 8
Credit: 3

When awarded credit for this unit, a learner will:
1. Know how to clean a pool
Assessment of this learning outcome will require a learner to demonstrate that they can:
1.1 Describe two tests of the water
1.2 State when a pool is closed
When awarded credit for this unit, a learner will:
2. Be able to clean a pool
Assessment of this learning outcome will require a learner to demonstrate that they can:
2.1 Test the water
2.2 Record the result
""",
    "contents page before": """
Contents
Unit 7 Open a pool ........ 3
Unit 8 Clean a pool ........ 5

Unit 8: Clean a pool
1. Know how to clean a pool
1.1 Describe two tests of the water
1.2 State when a pool is closed
2. Be able to clean a pool
2.1 Test the water
2.2 Record the result
""",
    "a table on one line of HTML": (
        "Unit 8: Clean a pool\n<table><tr><td>The learner will:</td><td>The learner "
        "can:</td></tr><tr><td>1. Know how to clean a"
        " pool</td><td>1.1 Describe two tests of the water<br>1.2 State when a pool is "
        "closed</td></tr><tr><td>2. Be able to clean a"
        " pool</td><td>2.1 Test the water<br/>2.2 Record the result</td></tr></table>\n"
    ),
    "Markdown emphasis and escaped numbers": """
# **Unit 8: Clean a pool**

**1\\. Know how to clean a pool**

1.1 *Describe two tests of the water*

1.2 _State when a pool is closed_

**2\\. Be able to clean a pool**

__2.1__ Test the water

__2.2__ Record the result
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_unit_is_read_from_every_form(form: str) -> None:
    specification = read_text(FORMS[form])
    assert read_as(specification) == UNIT
    assert (specification.units[0].number, specification.units[0].title) == ("8", "Clean a pool")
    assert [each for each in warnings(specification) if form != "columns of content and evidence"] == []


def test_a_standard_that_counts_1_2_3() -> None:
    text = (
        "POOL7\n\nKeep a pool clean\n\nOverview\n\nThis standard is about "
        "pools.\n\nPerformance criteria\n\nYou must be able to:\n\n"
        "1. test the water\n2. record the result and act on it\n\nKnowledge and "
        "understanding\n\nYou need to know and understand:\n\n"
        "1. the tests of the water\n2. who closes the pool\n\nDeveloped by Pools UK\nVersion "
        "number 1\nIndicative review date May 2027\n"
    )
    specification = read_text(text)
    assert read_as(specification) == [
        (None, "Performance criteria", [("1", "test the water"), ("2", "record the result and act on it")]),
        (None, "Knowledge and understanding", [("1", "the tests of the water"), ("2", "who closes the pool")]),
    ]
    assert [each.number for each in specification.units[0].criteria] == ["1.1", "1.2", "2.1", "2.2"]
    assert warnings(specification) == []


def test_outcomes_with_lettered_performance_criteria() -> None:
    text = (
        "Unit title: Clean a pool\nOutcome 1\nDescribe the tests.\nPerformance "
        "criteria\n(a) Tests are named.\n(b) Limits are given.\n"
        "Evidence requirements\nOne written test.\nOutcome 2\nTest a "
        "pool.\nPerformance criteria\n(a) The pool is tested.\n"
    )
    assert read_as(read_text(text)) == [
        ("1", "Describe the tests.", [("a", "Tests are named."), ("b", "Limits are given.")]),
        ("2", "Test a pool.", [("a", "The pool is tested.")]),
    ]


def test_a_grid_of_numbered_outcomes_with_graded_criteria() -> None:
    text = (
        "Unit 8: Clean a pool\n\n| Learning outcome | Pass | Merit | Distinction |\n|---|---|---|---|\n"
        "| 1 Know how to clean a pool | P1 describe two tests | M1 compare two tests | |\n"
        "| 2 Be able to clean a pool | P2 test the water | | D1 evaluate the test |\n"
    )
    assert read_as(read_text(text)) == [
        ("1", "Know how to clean a pool", [("P1", "describe two tests"), ("M1", "compare two tests")]),
        ("2", "Be able to clean a pool", [("P2", "test the water"), ("D1", "evaluate the test")]),
    ]


def test_statements_whose_code_is_a_heading() -> None:
    text = (
        "# Pool attendant\nReference: ST0001\n## Knowledge\n### K1\nThe tests of the "
        "water\n## Skills\n### S1\nTest the water\n"
    )
    assert read_as(read_text(text)) == [
        (None, "Knowledge", [("K1", "The tests of the water")]),
        (None, "Skills", [("S1", "Test the water")]),
    ]


def test_sub_points_with_bullets_and_letters() -> None:
    text = (
        "Unit 8: Clean a pool\n1. Know how to clean a pool\n1.1 Describe how to test:\n- pH\n- chlorine\n"
        "1.2 State who is told:\na) the manager\nb) the guests\n1.3 Explain why\n"
    )
    unit = read_text(text).units[0]
    assert [(each.number, each.sub_points) for each in unit.criteria] == [
        ("1.1", ("pH", "chlorine")),
        ("1.2", ("the manager", "the guests")),
        ("1.3", ()),
    ]


def test_two_units_with_the_same_numbers_stay_apart() -> None:
    text = (
        "Unit 1: First\nLevel 2\n1. Know A\n1.1 Describe A\nUnit 2: Second\nLevel: 3\n1. Know B\n1.1 Describe B\n"
        "2. Be able to do B\n2.1 Do B\n"
    )
    units = read_text(text).units
    assert [(unit.number, unit.level, [each.text for each in unit.criteria]) for unit in units] == [
        ("1", "2", ["Describe A"]),
        ("2", "3", ["Describe B", "Do B"]),
    ]

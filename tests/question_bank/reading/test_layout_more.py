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


def test_numbers_on_lines_of_their_own_under_outcomes_without_numbers() -> None:
    text = (
        "Clean a pool\n\nLevel 1\nUnit No:\nGuided learning hours:\n27 hours\n\nUnit Learning "
        "Outcomes\n\n\nKnow how to clean a pool.\n\n"
        "Assessment Criteria\n\n  • 1.1\n    Identify an important:\n    a) test\n    b) record\n  "
        "• 1.2\n    State when a pool is closed.\n\n\n"
        "Be able to clean a pool.\n\nAssessment Criteria\n\n  • 2.1\n    Test the water.\n"
    )
    specification = read_text(text)
    assert read_as(specification) == [
        (
            None,
            "Know how to clean a pool.",
            [("1.1", "Identify an important:"), ("1.2", "State when a pool is closed.")],
        ),
        (None, "Be able to clean a pool.", [("2.1", "Test the water.")]),
    ]
    unit = specification.units[0]
    assert unit.criteria[0].sub_points == ("test", "record")
    assert (unit.title, unit.level, unit.glh) == ("Clean a pool", "1", 27)


def test_values_that_stand_below_their_labels_in_a_table() -> None:
    text = (
        "All standards are public property and may be copied.\n\n| SAQA US ID | "
        "UNIT STANDARD TITLE | |\n|---|---|---|\n"
        "| 15227 | Clean a pool | |\n| ORIGINATOR | | |\n| Pool body | | |\n| BAND | NQF LEVEL | CREDITS |\n"
        "| Undefined | Level 04 | 4 |\n\n| SPECIFIC OUTCOME 1 |\n| Test a pool. |\n| ASSESSMENT CRITERIA |\n\n"
        "| ASSESSMENT CRITERION 1 |\n| 1. The pool is tested. |\n| ASSESSMENT CRITERION RANGE |\n| Two pools. |\n"
        "| ASSESSMENT CRITERION 2 |\n| 2. The test is recorded. |\n"
    )
    specification = read_text(text)
    assert read_as(specification) == [
        ("1", "Test a pool.", [("1", "The pool is tested."), ("2", "The test is recorded.")])
    ]
    unit = specification.units[0]
    assert (unit.title, unit.reference, unit.level, unit.credit_value) == ("Clean a pool", "15227", "Level 04", 4)


def test_columns_that_only_spaces_keep_apart() -> None:
    text = """Unit 8: Clean a pool

Learning outcomes                     Assessment criteria
The learner will:                     The learner can:

1. Know how to clean                  1.1. Describe two tests of the
   a pool                                  water
                                      1.2. State when a pool is
                                           closed

2. Be able to clean a pool            2.1. Test the water
                                      2.2. Record the result

Delivery guidance
Use a real pool where that is possible.
"""
    specification = read_text(text)
    assert read_as(specification) == [
        (
            "1",
            "Know how to clean a pool",
            [("1.1", "Describe two tests of the water"), ("1.2", "State when a pool is closed")],
        ),
        ("2", "Be able to clean a pool", [("2.1", "Test the water"), ("2.2", "Record the result")]),
    ]
    assert (specification.units[0].criteria[0].span.first, specification.units[0].criteria[0].span.last) == (6, 7)
    assert warnings(specification) == []


def test_a_form_that_repeats_the_criteria_adds_none() -> None:
    text = (
        "Unit 6: Greeting\nLO1 Understand greetings\n1.1 Describe greetings\n1.2 "
        "Explain tone\n\nEvidence record sheet\n"
        "Criterion | Evidence | Date\n1.1 Describe greetings | |\n1.2 Explain tone | |\nAssessor signature\n"
    )
    specification = read_text(text)
    assert read_as(specification) == [
        ("1", "Understand greetings", [("1.1", "Describe greetings"), ("1.2", "Explain tone")])
    ]
    assert warnings(specification) == []


def test_a_range_below_a_criterion_is_its_guidance() -> None:
    text = (
        "Title\tClean a pool\nLevel\t3\tCredits\t4\n\nOutcome 1\nPrepare a "
        "test.\n\nPerformance criteria\n\n1.1 Tools are chosen.\n"
        "Range may include but is not limited to - kit, meter; at least one is required.\n\n1.2 The risk is assessed.\n"
    )
    unit = read_text(text).units[0]
    assert (unit.level, unit.credit_value) == ("3", 4)
    assert [(each.text, each.required_items) for each in unit.criteria] == [
        ("Tools are chosen.", 1),
        ("The risk is assessed.", None),
    ]
    assert (unit.criteria[0].guidance[0].text or "").startswith("Range may include")


def test_practical_skills_and_underpinning_knowledge_counted_without_dots() -> None:
    text = (
        "Unit 101 Clean pools\nOutcome 1 Test water\nPractical skills\nThe "
        "candidate will be able to:\n1 test the water\n"
        "2 record the result\nUnderpinning knowledge\nThe candidate will be able "
        "to:\n1 describe two tests\n2 state limits\n"
    )
    assert read_as(read_text(text)) == [
        ("1", "Test water", [("1", "test the water"), ("2", "record the result")]),
        (None, "Underpinning knowledge", [("1", "describe two tests"), ("2", "state limits")]),
    ]


def test_guidance_that_names_its_criterion_by_number() -> None:
    text = (
        "Unit 3: Pools\n\n**LO1** The learner will understand pools\n\n* **AC1.1** Explain "
        "a pool\n* **AC1.2** Describe a filter\n\n"
        "### Assessment guidance\n\n**AC1.1** Learners must use at least two drawings.\n"
    )
    specification = read_text(text)
    first, second = specification.units[0].criteria
    assert specification.units[0].outcomes[0].text == "understand pools"
    assert [each.text for each in first.guidance] == ["Learners must use at least two drawings."]
    assert first.required_items == 2
    assert second.guidance == ()
    assert specification.findings == ()

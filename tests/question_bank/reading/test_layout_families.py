"""Families other than numbered outcomes, each in at least two styles. All documents are invented."""

import pytest

from talkthrough.question_bank.reading import read_text
from tests.question_bank.reading.finders import read_as, warnings

AIMS = [
    (
        "A",
        "Explore how a kitchen is run",
        [("A.P1", "Describe two kitchen roles"), ("A.M1", "Compare two kitchen roles")],
    ),
    ("B", "Prepare a menu", [("B.P2", "Plan a menu for a customer"), ("B.D1", "Evaluate the menu against feedback")]),
]
AIM_FORMS = {
    "grid": """
Unit 3: Kitchens

Assessment criteria
Pass\tMerit\tDistinction
Learning aim A: Explore how a kitchen is run
A.P1 Describe two kitchen roles\tA.M1 Compare two kitchen roles
Learning aim B: Prepare a menu
B.P2 Plan a menu for a customer\t\tB.D1 Evaluate the menu against feedback
""",
    "pipe grid with codes in their own cells": """
# Unit 3: Kitchens

| Pass | | Merit | | Distinction | |
|---|---|---|---|---|---|
| **Learning aim A: Explore how a kitchen is run** | | | | | |
| A.P1 | Describe two kitchen roles | A.M1 | Compare two kitchen roles | | |
| **Learning aim B: Prepare a menu** | | | | | |
| B.P2 | Plan a menu for a customer | | | B.D1 | Evaluate the menu against feedback |
""",
    "aims listed first, content between, grid last": """
Unit 3: Kitchens
Learning aims
In this unit you will:
A Explore how a kitchen is run
B Prepare a menu

Learning aim A: Explore how a kitchen is run
Kitchens have many roles. Topic A1 covers them.
Learning aim B: Prepare a menu
Menus follow seasons.

Assessment criteria
Level 2 Pass\tLevel 2 Merit\tLevel 2 Distinction
Learning aim A: Explore how a kitchen is run
A.P1 Describe two kitchen roles\tA.M1 Compare two kitchen roles\t
Learning aim B: Prepare a menu
B.P2 Plan a menu for a customer\t\tB.D1 Evaluate the menu against feedback
""",
}


@pytest.mark.parametrize("form", AIM_FORMS)
def test_learning_aims_with_pass_merit_and_distinction(form: str) -> None:
    specification = read_text(AIM_FORMS[form])
    assert read_as(specification) == AIMS
    assert warnings(specification) == []


def test_level_2_codes_keep_their_prefix() -> None:
    text = (
        "Unit 1: Finance\nLearning aim A: Understand costs\nPass\tMerit\n2A.P1 Identify costs\t2A.M1 Explain costs\n"
        "Learning aim B: Understand budgets\n2B.P2 Describe a budget\t2B.D1 Evaluate a budget\n"
    )
    assert [code for _, _, criteria in read_as(read_text(text)) for code, _ in criteria] == [
        "2A.P1",
        "2A.M1",
        "2B.P2",
        "2B.D1",
    ]


def test_a_plain_grid_of_p_m_and_d_is_read() -> None:
    text = (
        "Unit 4: Events\nAssessment and grading criteria\n"
        "To achieve a pass grade the evidence must show that the learner is able to:\n"
        "P1 describe an event\nP2 plan an event\nTo achieve a merit grade the "
        "evidence must show that:\nM1 explain the plan\n"
        "To achieve a distinction grade the evidence must show that:\nD1 evaluate the event\n"
    )
    unit = read_text(text).units[0]
    assert [(each.number, each.text) for each in unit.criteria] == [
        ("P1", "describe an event"),
        ("P2", "plan an event"),
        ("M1", "explain the plan"),
        ("D1", "evaluate the event"),
    ]


KSB = [
    (None, "Knowledge", [("K1", "The stages of a repair"), ("K2", "Safe use of tools")]),
    (None, "Skills", [("S1", "Repair a hinge"), ("S2", "Record the work done")]),
    (None, "Behaviours", [("B1", "Works tidily")]),
]
KSB_FORMS = {
    "headings": """
# Furniture repairer

Level: 2
Reference: ST0999

## Knowledge
K1: The stages of a repair
K2: Safe use of tools
## Skills
S1: Repair a hinge
S2: Record the work done
## Behaviours
B1: Works tidily
""",
    "bullets": """
Furniture repairer
Reference: ST0999

Duties
- Duty 1 Repair furniture. K1 K2 S1
- K1 K2
Knowledge
- K1 The stages of a repair
- K2 Safe use of tools
Skills
- S1 Repair a hinge
- S2 Record the work done
Behaviours
- B1 Works tidily
""",
    "tables": """
# Furniture repairer
Reference: ST0999

| Ref | Knowledge |
|---|---|
| K1 | The stages of a repair |
| K2 | Safe use of tools |

| Ref | Skills |
|---|---|
| S1 | Repair a hinge |
| S2 | Record the work done |

| Ref | Behaviours |
|---|---|
| B1 | Works tidily |
""",
    "repeated where methods are mapped": """
Furniture repairer
Reference: ST0999
Knowledge
K1 – The stages of a repair
K2 – Safe use of tools
Skills
S1 – Repair a hinge
S2 – Record the work done
Behaviours
B1 – Works tidily
Assessment methods
Observation: S1, S2, B1
K1 The stages of a repair
S1 Repair a hinge
""",
}


@pytest.mark.parametrize("form", KSB_FORMS)
def test_knowledge_skills_and_behaviours(form: str) -> None:
    specification = read_text(KSB_FORMS[form])
    assert read_as(specification) == KSB
    assert specification.units[0].title == "Furniture repairer"
    assert [each.kind for each in specification.units[0].outcomes] == ["knowledge", "competence", "competence"]
    assert warnings(specification) == []


STANDARD = [
    ("1", "Explain the use of a hand plane.", [("1", "Parts are named."), ("2", "Uses are given with examples.")]),
    ("2", "Plane a board.", [("1", "The board is flat within 1 mm.")]),
]
STANDARD_FORMS = {
    "labels on their own lines": """
UNIT STANDARD TITLE
Use a hand plane

SPECIFIC OUTCOME 1
Explain the use of a hand plane.

OUTCOME RANGE
Jack plane and block plane.

ASSESSMENT CRITERIA

ASSESSMENT CRITERION 1
1. Parts are named.

ASSESSMENT CRITERION 2
2. Uses are given with examples.

SPECIFIC OUTCOME 2
Plane a board.

ASSESSMENT CRITERIA

ASSESSMENT CRITERION 1
1. The board is flat within 1 mm.

UNIT STANDARD ASSESSOR CRITERIA
1. Anyone assessing must be registered.
""",
    "labels before the text": """
Title: Use a hand plane

Specific outcome 1: Explain the use of a hand plane.
- Assessment criterion 1: Parts are named.
- Assessment criterion 2: Uses are given with examples.
Range: jack plane and block plane.

Specific outcome 2: Plane a board.
- Assessment criterion 1: The board is flat within 1 mm.
""",
}


@pytest.mark.parametrize("form", STANDARD_FORMS)
def test_unit_standards_with_specific_outcomes(form: str) -> None:
    specification = read_text(STANDARD_FORMS[form])
    assert read_as(specification) == STANDARD
    assert specification.units[0].title == "Use a hand plane"
    assert [each.number for each in specification.units[0].criteria] == ["1.1", "1.2", "2.1"]


ELEMENTS = [
    ("1", "Prepare the work area", [(None, "hazards are removed"), (None, "tools are set out in order of use")]),
    ("2", "Finish the work", [(None, "waste is sorted"), (None, "the area is left clean")]),
]
ELEMENT_FORMS = {
    "bullets": """
Unit 7 Keep a workshop

Element 1 Prepare the work area
Performance criteria
- hazards are removed
- tools are set out in order of use
Range
- hand tools
- power tools
Element 2 Finish the work
Performance criteria
- waste is sorted
- the area is left clean
""",
    "plain lines": """
Unit 7: Keep a workshop

Element 1: Prepare the work area

Performance criteria

hazards are removed

tools are set out in order of use

Evidence requirements

Two observations.

Element 2: Finish the work

Performance criteria

waste is sorted

the area is left clean
""",
}


@pytest.mark.parametrize("form", ELEMENT_FORMS)
def test_unnumbered_performance_criteria_are_numbered_by_position(form: str) -> None:
    specification = read_text(ELEMENT_FORMS[form])
    assert read_as(specification) == ELEMENTS
    assert [each.number for each in specification.units[0].criteria] == ["1.1", "1.2", "2.1", "2.2"]
    assert warnings(specification) == []


def test_lettered_performance_criteria_keep_their_letters() -> None:
    text = (
        "Unit 7 Keep a workshop\nElement 7.1 Prepare the work area\nPerformance criteria\na) hazards are removed\n"
        "b) tools are set out\nElement 7.2 Finish the work\nPerformance criteria\na) waste is sorted\n"
    )
    specification = read_text(text)
    assert read_as(specification) == [
        ("7.1", "Prepare the work area", [("a", "hazards are removed"), ("b", "tools are set out")]),
        ("7.2", "Finish the work", [("a", "waste is sorted")]),
    ]
    assert len({each.number for each in specification.units[0].criteria}) == 3


def test_bullets_under_the_learner_can_without_any_number() -> None:
    text = (
        "Unit 9: Welcome guests\n\nThe learner will:\n- know how to greet "
        "guests\nThe learner can:\n- describe a greeting\n"
        "- explain why names matter\n\nThe learner will:\n- be able to take "
        "coats\nThe learner can:\n- take a coat politely\n"
    )
    assert read_as(read_text(text)) == [
        (None, "know how to greet guests", [(None, "describe a greeting"), (None, "explain why names matter")]),
        (None, "be able to take coats", [(None, "take a coat politely")]),
    ]


def test_a_table_without_numbers() -> None:
    text = (
        "Unit 9: Welcome guests\n\n| Learning outcomes | Assessment criteria |\n|---|---|\n"
        "| Know how to greet guests | Describe a greeting |\n| | Explain why names matter |\n"
        "| Be able to take coats | Take a coat politely |\n"
    )
    assert read_as(read_text(text)) == [
        (None, "Know how to greet guests", [(None, "Describe a greeting"), (None, "Explain why names matter")]),
        (None, "Be able to take coats", [(None, "Take a coat politely")]),
    ]


CHECKLIST = [
    (None, "Serving customers", [(None, "Can I greet a customer?"), (None, "Can I explain our returns policy?")]),
    (None, "Closing the shop", [(None, "Can I cash up a till?")]),
]
CHECKLIST_FORMS = {
    "plain": """
# Shop assistant checklist

## Serving customers
- Can I greet a customer?
- Can I explain our returns policy?
## Closing the shop
- Can I cash up a till?
""",
    "table with boxes": """
Shop assistant checklist

| Serving customers | Yes | No |
|---|---|---|
| Can I greet a customer? | ☐ | ☐ |
| Can I explain our returns policy? | ☐ | ☐ |

| Closing the shop | Yes | No |
|---|---|---|
| Can I cash up a till? | ☐ | ☐ |
""",
    "lines that end with boxes": """
Shop assistant checklist

Serving customers
Can I greet a customer? Yes / No
Can I explain our returns policy? Yes / No

Closing the shop
Can I cash up a till? Yes / No
""",
}


@pytest.mark.parametrize("form", CHECKLIST_FORMS)
def test_self_assessment_checklists(form: str) -> None:
    specification = read_text(CHECKLIST_FORMS[form])
    assert read_as(specification) == CHECKLIST
    assert specification.units[0].title == "Shop assistant checklist"

"""What a document says about its criteria is placed, or the line is reported: never lost in silence."""

import pytest

from talkthrough.question_bank.reading import read_text
from talkthrough.question_bank.specification import Guidance, Unit
from tests.question_bank.reading.finders import criterion, findings

TABLE = """# Unit 330: Prepare and fit brake pads

| Learning outcome | Assessment criteria |
|---|---|
| 1. know how brake systems work | 1.1 list the main parts of a disc brake 1.2 describe two signs of brake pad wear |
| 2. be able to fit brake pads | 2.1 use personal protective equipment 2.2 record the work |
"""
LIST = """# Unit 214: Deal with food allergens

## Learning outcome

The learner will:

1. understand allergic reactions

### Assessment criteria

The learner can:

- 1.1 describe the **symptoms** of a reaction
- 1.2 explain how to prevent one

### Assessment guidance

"""


def _unit(text: str) -> Unit:
    return read_text(text).units[0]


def _guidance(text: str, number: str) -> Guidance:
    (found,) = criterion(_unit(text), number).guidance
    return found


def test_a_term_with_its_list_after_a_colon_is_a_list_of_the_criterion_that_it_names() -> None:
    text = f"{TABLE}\n## Assessment guidance\n\nMain parts of a disc brake: disc, caliper, pads and piston\n"

    found = _guidance(text, "1.1")

    assert [item.text for item in found.items] == ["disc", "caliper", "pads", "piston"]
    assert not found.is_open


def test_an_abbreviation_in_brackets_does_not_hide_which_criterion_a_term_names() -> None:
    text = f"{TABLE}\n## Assessment guidance\n\nPersonal protective equipment (PPE) e.g. gloves, goggles\n"

    found = _guidance(text, "2.1")

    assert [item.text for item in found.items] == ["gloves", "goggles"]
    assert found.is_open


def test_guidance_that_names_its_criterion_by_number_is_placed_in_whatever_section_it_stands() -> None:
    said = "For 1.2, learners must describe wear they have seen. For 2.1 to 2.2, simulation is not permitted."
    for heading in ("Assessment guidance", "Essential guidance for tutors", "Assessment", "Some other heading"):
        unit = _unit(f"{TABLE}\n## {heading}\n\n{said}\n")

        placed = {each.number: [one.text for one in each.guidance] for each in unit.criteria}

        assert placed == {
            "1.1": [],
            "1.2": ["For 1.2, learners must describe wear they have seen."],
            "2.1": ["For 2.1 to 2.2, simulation is not permitted."],
            "2.2": ["For 2.1 to 2.2, simulation is not permitted."],
        }, heading


def test_the_demand_of_such_guidance_is_a_requirement_of_the_criterion() -> None:
    unit = _unit(
        f"{TABLE}\n## Assessment guidance\n\nFor 2.1 the learner must be observed on at least two occasions.\n"
    )

    (requirement,) = criterion(unit, "2.1").requirements
    assert requirement.text == "For 2.1 the learner must be observed on at least two occasions."
    assert criterion(unit, "2.1").required_items is None, "occasions are no points of a list"


def test_a_number_right_after_the_verb_is_a_quantity() -> None:
    unit = _unit(TABLE)

    assert [each.required_items for each in unit.criteria] == [None, 2, None, None]


def test_evidence_in_a_sentence_is_a_list_of_methods() -> None:
    said = "Evidence may include: professional discussion, observation, witness testimony, risk assessment forms."

    unit = _unit(f"{TABLE}\n## Assessment\n\n{said}\n")

    named = ["professional discussion", "observation", "witness testimony", "risk assessment forms"]
    assert [method.name for method in unit.evidence_methods] == named


def test_examples_under_their_own_heading_are_an_open_list_and_no_definition() -> None:
    found = _guidance(f"{LIST}#### Symptoms:\n\neg swelling of the lips, rash, difficulty breathing\n", "1.1")

    assert (found.kind, found.is_open) == ("list", True)
    assert [item.text for item in found.items] == ["swelling of the lips", "rash", "difficulty breathing"]


def test_a_bare_list_under_its_heading_is_a_list_too() -> None:
    found = _guidance(f"{LIST}#### Symptoms:\n\nswelling of the lips, rash, difficulty breathing\n", "1.1")

    assert (found.kind, found.is_open, len(found.items)) == ("list", False, 3)


def test_a_sentence_under_a_heading_stays_a_definition() -> None:
    said = "Symptoms are signs, such as rash, swelling and vomiting, that a person has reacted."

    found = _guidance(f"{LIST}#### Symptoms:\n\n{said}\n", "1.1")

    assert (found.kind, found.text) == ("definition", said)


def test_guidance_that_names_no_criterion_is_reported() -> None:
    specification = read_text(f"{TABLE}\n## Assessment guidance\n\nTorque wrench: calibrated, clean\n")

    (finding,) = findings(specification, "guidance-unplaced")
    assert (finding.line, finding.text, finding.severity) == (10, "Torque wrench", "warning")


def test_a_demand_in_a_section_that_is_not_read_is_reported() -> None:
    specification = read_text(f"{TABLE}\n## Delivery\n\nA workshop is best.\n\nTwo observations must be recorded.\n")

    assert [(each.line, each.severity) for each in findings(specification, "not-used")] == [(12, "warning")]


def test_a_column_beside_the_criteria_that_is_not_read_is_reported() -> None:
    rows = "| Learning outcome | Assessment criteria | Content |\n|---|---|---|\n| 1. know brakes | 1.1 list the parts"
    specification = read_text(f"# Unit 330: Brakes\n\n{rows} | disc, caliper, pads |\n")

    assert [each.text for each in findings(specification, "not-used")] == ["disc, caliper, pads"]


@pytest.mark.parametrize(
    ("line", "is_open"),
    [
        ("Main parts of a disc brake: disc; caliper; pads", False),
        ("Main parts of a disc brake (disc, caliper, pads)", False),
        ("Main parts of a disc brake includes: disc, caliper and pads.", False),
        ("**Main parts of a disc brake** such as disc, caliper, pads", True),
        ("Main parts of a disc brake may include disc, caliper and pads", True),
        ("Main parts of a disc brake (e.g. disc, caliper, pads)", True),
    ],
)
def test_a_term_with_its_list_is_read_however_the_two_are_joined(line: str, is_open: bool) -> None:
    found = _guidance(f"{TABLE}\n## Assessment guidance\n\n{line}\n", "1.1")

    assert ([item.text for item in found.items], found.is_open) == (["disc", "caliper", "pads"], is_open)


def test_a_sentence_after_a_list_is_no_part_of_it() -> None:
    said = "Learners should know the signs of wear (e.g. noise, pulling)."

    specification = read_text(f"{TABLE}\n## Assessment guidance\n\nMain parts: disc, caliper, pads\n\n{said}\n")

    (listed,) = criterion(specification.units[0], "1.1").guidance
    assert (listed.is_open, listed.text) == (False, None)
    assert [each.text for each in findings(specification, "guidance-unplaced")] == [said]


@pytest.mark.parametrize("before", ["For 2.1", "For AC 2.1", "Guidance for 2.1", "For criterion 2.1", "To meet 2.1"])
def test_a_criterion_is_named_by_its_number_in_many_ways(before: str) -> None:
    said = f"{before}, learners must wear gloves."

    assert _guidance(f"{TABLE}\n## Assessment guidance\n\n{said}\n", "2.1").text == said

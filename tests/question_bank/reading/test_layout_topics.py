"""Topic areas with statements numbered 1.1 or 1.1.1. All documents are invented."""

from talkthrough.question_bank.reading import read_text
from tests.question_bank.reading.finders import read_as


def test_topic_areas_with_statements_of_two_parts() -> None:
    text = (
        "Unit R1: Using data\n\nTopic Area 1: Types of data\n1.1 Numbers and text\n1.2 Dates\n"
        "Topic Area 2: Checking data\n2.1 Validation\n"
    )
    assert read_as(read_text(text)) == [
        ("1", "Types of data", [("1.1", "Numbers and text"), ("1.2", "Dates")]),
        ("2", "Checking data", [("2.1", "Validation")]),
    ]


def test_topic_areas_with_statements_of_three_parts() -> None:
    text = (
        "Unit R1: Using data\n\nTopic area 1 Types of data\n1.1 Simple types\n1.1.1 Name the simple types\n"
        "1.1.2 Give an example of each\n1.2 Other types\n1.2.1 Describe a date\n"
    )
    specification = read_text(text)
    assert read_as(specification) == [
        (
            "1",
            "Types of data",
            [("1.1.1", "Name the simple types"), ("1.1.2", "Give an example of each"), ("1.2.1", "Describe a date")],
        )
    ]
    assert [note.text for note in specification.units[0].outcomes[0].notes] == ["1.1 Simple types", "1.2 Other types"]


def test_topics_without_a_topic_area_above_are_the_outcomes() -> None:
    text = (
        "Unit R1: Using data\n1.1 Simple types\n1.1.1 Name the types\n1.1.2 Give "
        "examples\n1.2 Dates\n1.2.1 Describe a date\n"
    )
    assert read_as(read_text(text)) == [
        ("1.1", "Simple types", [("1.1.1", "Name the types"), ("1.1.2", "Give examples")]),
        ("1.2", "Dates", [("1.2.1", "Describe a date")]),
    ]


def test_details_below_criteria_that_start_with_a_verb_are_their_sub_points() -> None:
    text = (
        "Unit R1: Using data\nLearning outcome 1 Understand data\n1.1 Describe "
        "types of data\n1.1.1 numbers\n1.1.2 text\n"
        "1.2 Explain validation\n1.2.1 range checks\n"
    )
    unit = read_text(text).units[0]
    assert [(each.number, each.sub_points) for each in unit.criteria] == [
        ("1.1", ("numbers", "text")),
        ("1.2", ("range checks",)),
    ]

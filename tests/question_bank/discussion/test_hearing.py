"""What one turn is heard to say: to the criterion that was asked, to others, and with which flags."""

import pytest

from talkthrough.question_bank.discussion import flags_of
from tests.question_bank.discussion.stage import ALLOCATE, METHODS, MONITOR, SOURCES, STRATEGIES, Stage, plan_of


def stage_of(*criteria) -> Stage:  # type: ignore[no-untyped-def]
    stage = Stage(plan_of(*criteria))
    stage.begin()
    return stage


def heard(stage: Stage, text: str) -> dict[str, int]:
    return {found.criterion_key: found.mark.mentioned for found in stage.hear(text).marks}


def test_an_answer_is_credited_to_the_criterion_that_was_asked() -> None:
    assert heard(stage_of(METHODS, STRATEGIES), "We listen to calls and look at sales.") == {"m12": 2}


def test_listed_points_that_come_up_unplanned_are_credited_too() -> None:
    assert heard(stage_of(METHODS, SOURCES), "We listen to calls. We have targets.") == {"m12": 1, "m15": 1}


def test_words_that_the_asked_criterion_claims_show_nothing_more_for_another() -> None:
    turn = stage_of(METHODS, SOURCES).hear("Sales are good but slow.")
    other = next(found.mark for found in turn.marks if found.criterion_key == "m15")
    assert other.mentioned == 1
    assert not other.signals.strength


def test_a_reason_given_for_one_thing_is_none_for_another() -> None:
    turn = stage_of(METHODS, SOURCES).hear("Calls are good. Targets come from the office.")
    other = next(found.mark for found in turn.marks if found.criterion_key == "m15")
    assert not other.signals.strength


def test_a_criterion_without_a_list_is_credited_for_a_sentence_in_its_own_words() -> None:
    stage = stage_of(ALLOCATE, MONITOR)
    assert "m35" in heard(stage, "I moved two staff. Last week I did the monitoring activities of our plans.")
    assert "m35" not in heard(stage, "I moved two staff. Last week I did the plans.")


@pytest.mark.parametrize(
    "text",
    [
        "Talk me through how customer service is monitored where you work.",
        "assess the suitability of a range of methods to monitor customer service operations",
        "I watched the football match with my cousin last night",
    ],
)
def test_copied_and_off_topic_turns_speak_to_no_criterion(text: str) -> None:
    assert heard(stage_of(METHODS, STRATEGIES), text) == {}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("We listen to all of the calls.", "we"),
        ("I would listen to the calls.", "would"),
        ("I told Sarah to listen to the calls.", "name"),
        ("how customer service is monitored where you work", "echo"),
        ("this is stupid", "upset"),
        ("My partner hits me", "safeguarding"),
    ],
)
def test_flags(text: str, flag: str) -> None:
    assert flag in stage_of(METHODS).hear(text).flags


@pytest.mark.parametrize(
    "text",
    [
        "Last week I moved two people to the desk because it was busy.",
        "My supervisor told me to listen to the calls, and I did.",
        "We were short, so I moved two people.",
        "Customers said they would come back, and I wrote it down last week.",
    ],
)
def test_a_plain_answer_has_no_flag(text: str) -> None:
    assert stage_of(ALLOCATE).hear(text).flags == ()


def test_eight_words_of_the_document_are_an_echo_but_the_point_is_still_said() -> None:
    turn = stage_of(METHODS).hear("I assess the suitability of a range of methods, mainly calls and sales every week")
    assert "echo" in turn.flags
    assert {found.criterion_key: found.mark.mentioned for found in turn.marks} == {"m12": 2}


def test_voice_notes_and_edited_messages_are_flagged_as_such() -> None:
    stage = stage_of(METHODS)
    assert flags_of(stage.plan, stage.turns, "Calls.", is_voice=True, is_edited=True) == ("voice", "edited")

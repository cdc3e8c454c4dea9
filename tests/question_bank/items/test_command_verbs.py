from dataclasses import fields

import pytest

from talkthrough.question_bank.command_verbs import (
    DOING_SLOTS,
    rubric,
    slot_text,
    slots_for,
    verb,
    verb_of,
)
from talkthrough.question_bank.items.question import Demand
from talkthrough.question_bank.marking.model import Signals
from tests.question_bank.items.units import criterion, sample_units

SIGNALS = {field.name for field in fields(Signals)}


def test_every_slot_is_a_signal_that_marking_looks_for_and_has_words_for_the_learner():
    slots = {slot for command in rubric().values() for slot in command.slots}
    assert slots <= SIGNALS
    assert all(slot_text(slot) for slot in slots)


def test_demand_rises_from_identify_to_evaluate_as_the_rubric_ranks_them():
    ranked = [verb(name).demand for name in ("identify", "describe", "explain", "analyse", "evaluate")]
    assert ranked == sorted(ranked)
    assert len(set(ranked)) == 5
    assert verb("assess").demand is verb("appraise").demand is Demand.JUDGE


def test_judging_verbs_ask_for_both_sides_and_a_judgement():
    for name in ("assess", "appraise", "evaluate"):
        assert {"strength", "weakness", "judgement"} <= set(verb(name).slots)


def test_competence_criteria_ask_for_what_was_done_whatever_the_verb():
    assert slots_for(verb("develop"), "competence-doing") == DOING_SLOTS
    assert slots_for(verb("allocate"), "competence-doing") == DOING_SLOTS
    assert set(verb("evaluate").slots) | {"own_action"} <= set(slots_for(verb("evaluate"), "competence-thinking"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("explain the importance of differentiating between customers' wants", "explain the importance of"),
        ('explain how to analyse the " customer journey "', "explain how to"),
        ("explain how management styles impact on customer service", "explain"),
        ("the importance of briefing staff and how to do so effectively", "explain the importance of"),
        ("how to develop objectives and targets for staff", "explain how to"),
        ("the types of problems that are likely to occur", "understand"),
        ("Carry out monitoring activities in accordance with plans", "carry out"),
        ("Juggle the priorities of the day", "understand"),
    ],
)
def test_the_longest_phrase_of_the_criterion_decides_the_verb(text, name):
    unnamed = criterion(text)
    assert verb_of(unnamed).name == name


def test_every_criterion_of_the_sample_documents_but_the_knowledge_statements_has_a_verb_of_the_rubric():
    unknown = {
        (unit.label, one.number)
        for unit in sample_units()
        for one in unit.criteria
        if verb_of(one).name in ("do", "understand")
    }
    assert unknown <= {("CFACSB13", f"K{number}") for number in range(1, 12)}


def test_the_outlines_of_doing_are_all_about_you_so_that_the_key_does_not_stand_out():
    for command in rubric().values():
        if command.is_doing:
            outlines = [*command.shows, *(outline.text for outline in command.near_misses)]
            about_you = [text for text in outlines if text.startswith("What you ")]
            assert len(about_you) >= len(outlines) - 1, command.name

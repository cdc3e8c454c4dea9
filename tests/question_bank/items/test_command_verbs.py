import re
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


def test_all_outlines_of_doing_are_one_real_event_of_your_own_so_that_only_the_verb_tells_them_apart():
    for command in rubric().values():
        if command.is_doing and command.near_misses:
            for text in (*command.shows, *(outline.text for outline in command.near_misses)):
                assert re.search(r"\b(?:one|some) (?:real )?(?:day|weeks?|month|task)\b", text), text
                assert re.search(r"\byou\b", text), text


def test_no_outline_of_a_drill_is_also_what_its_own_verb_asks_for():
    for command in rubric().values():
        assert not {outline.text for outline in command.near_misses} & set(command.shows), command.name


@pytest.mark.parametrize("name", ["do", "use", "ensure", "maintain", "take action"])
def test_a_verb_too_wide_to_be_told_apart_is_not_drilled(name):
    assert verb(name).near_misses == ()


@pytest.mark.parametrize(
    ("text", "kind", "shows"),
    [
        ("use personal influence to meet standards", "competence-doing", "What you put to use one day"),
        ("use feedback from staff to make improvements", "competence-doing", "What you were told one day"),
        ("address changes that may have an effect", "competence-doing", "What came up one day"),
        ("allocate priorities to points of failure", "competence-doing", "What you put first one day"),
        ("allocate responsibilities for improvements", "competence-doing", "Who you gave which part to"),
        ("agree contact arrangements with a line manager", "competence-doing", "What you settled with another person"),
        ("assess regularly the extent to which needs are met", "competence-thinking", "Judges how far it is so"),
        ("assess the suitability of a range of methods", "knowledge", "Judges how suitable each one is"),
        ("assess the risk of a fall", "knowledge", "Gives a judgement of it"),
        ("define clear objectives", "competence-thinking", "States exactly what is wanted"),
        ("define the term", "knowledge", "States what it means"),
        ("describe the symptoms of a reaction", "knowledge", "Gives a clear picture of what each one is like"),
        ("describe the stages of a repair", "knowledge", "Gives a clear picture: what, who and when"),
        ("describe how parts are fitted", "knowledge", "Gives a clear picture: what, who and when"),
    ],
)
def test_what_a_good_answer_shows_fits_the_wording_of_the_criterion(text, kind, shows):
    assert verb_of(criterion(text, kind=kind)).shows[0].startswith(shows)


def test_the_rubric_speaks_of_no_trade():
    texts = [text for one in rubric().values() for text in (one.means, *one.shows, one.task, one.item_task, one.tell)]
    texts += [outline.text for one in rubric().values() for outline in one.near_misses]
    assert not [text for text in texts if re.search(r"\b(?:customers?|clients?|patients?|guests?)\b", text)]

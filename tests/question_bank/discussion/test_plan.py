"""The planning sheet and the openings, on the published documents of `samples/`."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from talkthrough.question_bank.discussion import opening_script, plan_discussion, planning_sheet
from talkthrough.question_bank.discussion.openings import openings_for, wording_key, written_openings
from talkthrough.question_bank.discussion.rules import RULES
from talkthrough.question_bank.discussion.wording import CUES, PUMPS, THANKS, probes
from talkthrough.question_bank.identity import with_first_keys
from talkthrough.question_bank.items.points import expected_points
from talkthrough.question_bank.reading import read_text
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, SourceSpan, Unit
from tests.question_bank.discussion.stage import METHODS, Stage, plan_of

SAMPLES = Path(__file__).parents[3] / "samples"
SLOT_TARGETS = tuple(CUES)


@cache
def units() -> dict[str, Unit]:
    found = {}
    for file in sorted(SAMPLES.glob("*.txt")):
        for unit in read_text(file.read_text(encoding="utf-8"), file.name).units:
            found[unit.label] = with_first_keys(unit)
    return found


def every_criterion() -> list[tuple[Unit, LearningOutcome, AssessmentCriterion]]:
    return [(u, o, c) for u in units().values() for o in u.outcomes for c in o.criteria]


def listed_words(criterion: AssessmentCriterion, unit: Unit) -> list[str]:
    points = [point for point in expected_points(criterion, unit) if point.is_published]
    texts = [text for point in points for text in (point.text, *point.children, *re.split(r"[-,/]", point.text))]
    return [key for key in map(wording_key, texts) if len(key) > 3]


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?])\s+", text)


def built(criterion: AssessmentCriterion, outcome: LearningOutcome) -> tuple[str, ...]:
    """Openings as for a document that nobody has seen: the wording is made unknown."""
    return openings_for(replace(criterion, text=f"{criterion.text.rstrip('.')} here"), outcome)


def test_every_criterion_of_the_samples_has_hand_written_openings_and_none_is_left_over() -> None:
    known = {wording_key(criterion.text) for _, _, criterion in every_criterion()}
    assert len(every_criterion()) == 28 + 16 + 18 + 28 + 176
    assert known == set(written_openings())


def test_openings_leak_no_listed_answer() -> None:
    for unit, outcome, criterion in every_criterion():
        for opening in openings_for(criterion, outcome):
            for words in listed_words(criterion, unit):
                assert f" {words} " not in f" {wording_key(opening)} ", (criterion.number, opening)


def test_built_openings_say_only_what_the_criterion_or_its_outcome_prints() -> None:
    for unit, outcome, criterion in every_criterion():
        printed = f" {wording_key(criterion.text)} {wording_key(outcome.text)} "
        for opening in built(criterion, outcome):
            leaked = [w for w in listed_words(criterion, unit) if f" {w} " in f" {wording_key(opening)} "]
            assert all(f" {words} " in printed for words in leaked), (criterion.number, opening)


@pytest.mark.parametrize("make", [openings_for, built])
def test_openings_are_open_single_and_plain_in_at_least_two_ways(make) -> None:  # type: ignore[no-untyped-def]
    closed = re.compile(r"^(?:do|does|did|is|are|was|were|have|has|can|could|would|will)\b", re.IGNORECASE)
    for _, outcome, criterion in every_criterion():
        ways = make(criterion, outcome)
        assert len(set(ways)) == len(ways) >= 2
        for way in ways:
            assert way.count("?") <= 1
            assert way[-1] in ".?"
            assert not any(closed.match(sentence) for sentence in sentences(way)), way
            longest = max(len(sentence.split()) for sentence in sentences(way))
            assert longest <= (20 if make is openings_for else 32), way


def test_openings_of_one_outcome_are_all_different() -> None:
    for unit in units().values():
        for outcome in unit.outcomes:
            ways = [way for criterion in outcome.criteria for way in openings_for(criterion, outcome)]
            assert len(ways) == len(set(ways)), (unit.label, outcome.number)


def test_every_probe_has_other_words_and_one_question_mark() -> None:
    for target in SLOT_TARGETS:
        ways = probes(METHODS, target)
        assert len(set(ways)) >= 2
        for text in (*ways, CUES[target], *PUMPS, *THANKS):
            assert text.count("?") <= 1
            assert max(len(sentence.split()) for sentence in sentences(text)) <= 20


def test_no_probe_or_hint_cue_holds_a_listed_answer_of_any_sample() -> None:
    said = [f" {wording_key(text)} " for target in SLOT_TARGETS for text in (*probes(METHODS, target), CUES[target])]
    said += [f" {wording_key(text)} " for text in PUMPS]
    for unit, _, criterion in every_criterion():
        for point in expected_points(criterion, unit):
            if point.is_published:
                assert not [text for text in said if f" {wording_key(point.text)} " in text], point.text


def test_the_plan_of_unit_401_outcome_1_names_criteria_quantities_and_evidence() -> None:
    plan = plan_discussion(units()["Unit 401"], "1", points=expected_points)
    assert [criterion.number for criterion in plan.criteria] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"]
    assert [criterion.quantity for criterion in plan.criteria] == [None, 3, None, None, 2, None, None]
    assert plan.criteria[1].counted == "methods"
    assert plan.is_discussion_listed
    assert plan.is_reflective_account_listed
    assert plan.workplace_held == (
        "organisational policies and procedures",
        "legislative and regulatory requirements",
        "organisational documentation",
    )


def test_criteria_that_belong_together_are_discussed_together() -> None:
    def groups(label: str, outcome: str) -> set[tuple[str, ...]]:
        plan = plan_discussion(units()[label], outcome, points=expected_points)
        number = {criterion.key: criterion.number for criterion in plan.criteria}
        return {tuple(number[key] for key in cluster) for cluster in plan.clusters}

    assert {("3.1", "3.5", "3.6"), ("3.2", "3.3"), ("3.7", "3.8")} <= groups("Unit 401", "3")
    assert {("4.1",), ("4.3",)} <= groups("Unit 401", "4")
    assert ("1.4", "1.5") in groups("Unit 323", "1")


def test_evidence_lists_follow_the_outcome() -> None:
    plan = plan_discussion(units()["Unit 323"], "1", points=expected_points)
    assert plan.is_discussion_listed
    assert not plan.is_reflective_account_listed
    assert not plan_discussion(units()["Unit 20"], "1", points=expected_points).is_discussion_listed


def test_chosen_criteria_only() -> None:
    unit = units()["Unit 401"]
    key = unit.criteria[1].key
    plan = plan_discussion(unit, "1", criterion_keys=[key], points=expected_points)
    assert [criterion.key for criterion in plan.criteria] == [key]
    assert plan.clusters == ((key,),)


def test_an_unknown_outcome_or_choice_is_refused_in_words() -> None:
    unit = units()["Unit 401"]
    with pytest.raises(ValueError, match=r"Unit 401 has no outcome 9. Its outcomes are: 1, 2, 3, 4, 5."):
        plan_discussion(unit, "9", points=expected_points)
    with pytest.raises(ValueError, match="Choose at least one criterion of outcome 1"):
        plan_discussion(unit, "1", criterion_keys=["3.1"], points=expected_points)


def test_the_planning_sheet_prints_criteria_as_published_and_the_length_with_extra_time() -> None:
    plan = plan_discussion(units()["Unit 401"], "1", points=expected_points, extra_time=1.5)
    sheet = {part.heading: part for part in planning_sheet(plan)}
    assert sheet["Criteria"].lines[0] == "1.1 explain the basis for allocating resources"
    assert sheet["Criteria"].is_published
    assert sheet["Length"].lines[0].startswith("About 30 minutes")
    assert any("may stay at work" in line for line in sheet["Have at hand"].lines)
    assert not sheet["Purpose"].is_published


def test_the_opening_says_that_it_is_practice_who_leads_and_who_reads() -> None:
    for mode, hint in (("practice", "ask for a hint"), ("mock", "no hints")):
        text = opening_script(plan_of(METHODS, mode=mode))
        assert text.count("?") == 1
        for words in ("not an assessment", "You lead", "skip", "pause", "stop", "names", "until you release it", hint):
            assert words in text
        assert "at risk of harm" in text
        assert max(len(sentence.split()) for sentence in sentences(text)) <= 20


def test_the_opening_and_the_stop_promise_only_who_is_there() -> None:
    for has_contact in (True, False):
        stage = Stage(plan_of(METHODS, has_safeguarding_contact=has_contact))
        opening = stage.go_on().text
        stage.say("yes")
        stop = stage.say("I want to hurt myself").text
        assert ("I tell your safeguarding person or your tutor, if I can reach them." in opening) is has_contact
        assert ("show where to get help" in opening) is not has_contact
        assert ("people for this where you learn" in stop) is has_contact
        assert max(len(sentence.split()) for sentence in sentences(opening)) <= 20


def test_a_criterion_that_nobody_has_seen_gets_openings_in_its_own_words() -> None:
    span = SourceSpan(1, 1)
    outcome = LearningOutcome("1", None, "be able to look after plants", "competence", span)
    doing = AssessmentCriterion("1.1", None, "water the plants before opening time", "competence-doing", span)
    knowing = AssessmentCriterion("1.2", None, "Explain the importance of clean water", "knowledge", span, ("explain",))
    listing = replace(doing, text="feed, prune and pot the plants", inline_items=("feed", "prune", "pot"))
    assert openings_for(doing, outcome)[0] == (
        "Tell me about a recent time when you had to water the plants before opening time."
    )
    assert openings_for(knowing, outcome)[0] == "Talk me through clean water. Start with what you see at work."
    assert "prune" not in " ".join(openings_for(listing, outcome))


def test_every_rule_has_a_reason_of_one_sentence() -> None:
    assert all(reason.endswith(".") and "?" not in reason for reason in RULES.values())


ANSWERS = (
    "We do it every day at work and it is quick, but slow at times.",
    "I don't know",
    "say it another way",
    "hint",
    "Last week I did it.",
    "skip",
    "no",
    "because it works, for example last week",
    "hint",
    "I would do it",
    "We did it all together in the team",
)


def test_every_outcome_of_the_samples_can_be_discussed_to_its_end_without_a_leak() -> None:
    outcomes = [(unit, outcome) for unit in units().values() for outcome in unit.outcomes if outcome.criteria]
    assert len(outcomes) == 3 + 5 + 4 + 4 + 32
    for unit, outcome in outcomes:
        plan = plan_discussion(unit, outcome.number, points=expected_points)
        stage = Stage(plan)
        stage.begin()
        while stage.moves[-1].kind != "close":
            stage.say(ANSWERS[len(stage.turns) % len(ANSWERS)])
        listed = [p.text for c in plan.criteria for p in c.expected_points if p.is_published and len(p.text) > 4]
        for move in stage.moves[1:]:
            assert move.text.count("?") <= 1, move.text
            said = f" {wording_key(move.text)} "
            if move.rule != "hint.3.list":
                assert not [text for text in listed if f" {wording_key(text)} " in said], move.text


def test_no_opening_and_no_probe_is_put_in_an_idiom() -> None:
    idiom = re.compile(
        r"\b(?:win\w*\s+(?:\w+\s+)?over|k(?:eep|ept|eeping) (?:an eye on|on top of)|fall short|walk me through|on board"
        r"|hold each other up|get out of customers|get across|up to scratch|at the end of the day)\b"
    )
    texts = [text for ways in written_openings().values() for text in ways]
    texts += [text for target in SLOT_TARGETS for text in probes(METHODS, target)]
    assert [text for text in texts if idiom.search(text)] == []


def test_no_topic_names_a_listed_answer_or_is_long() -> None:
    for unit in units().values():
        for outcome in unit.outcomes:
            for planned in plan_discussion(unit, outcome.number, points=expected_points).criteria:
                topic = wording_key(planned.topic)
                listed = [wording_key(p.text) for p in planned.expected_points if p.is_published]
                assert not any(words and words in topic for words in listed), planned.topic
                assert len(planned.topic) <= 150
                assert "?" not in planned.topic


def test_larger_steps_join_neighbours_of_one_kind_and_stand_on_the_sheet() -> None:
    usual = plan_discussion(units()["Unit 401"], "1", points=expected_points)
    larger = plan_discussion(units()["Unit 401"], "1", points=expected_points, has_larger_steps=True)
    assert len(larger.clusters) < len(usual.clusters)
    assert sorted(key for cluster in larger.clusters for key in cluster) == sorted(c.key for c in larger.criteria)
    adjustments = next(part.lines for part in planning_sheet(larger) if part.heading == "Adjustments")
    assert adjustments == ("Larger steps: fewer questions, each about more",)


def test_larger_steps_put_a_point_once() -> None:
    stage = Stage(plan_of(METHODS, has_larger_steps=True))
    stage.begin()
    for _ in range(12):
        if stage.moves[-1].kind == "close":
            break
        stage.say("calls, and I do a lot of them at work")
    targets = [move.target for move in stage.moves if move.kind == "probe" and move.criterion_keys]
    assert len(targets) == len(set(targets))

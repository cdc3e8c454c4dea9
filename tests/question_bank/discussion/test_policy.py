"""How the examiner speaks and when it ends: acknowledgements, bridges, limits, close, safety."""

from dataclasses import replace
from datetime import timedelta

import pytest

from talkthrough.question_bank.command_verbs import rubric, slots_for
from talkthrough.question_bank.discussion import (
    RULES,
    PlannedCriterion,
    Turn,
    minutes_used,
    next_move,
    recap,
    standings,
)
from tests.question_bank.discussion.stage import (
    ALLOCATE,
    METHODS,
    MONITOR,
    SOURCES,
    START,
    STRATEGIES,
    Stage,
    plan_of,
    play,
    slot_points,
)

FORBIDDEN = ("met", "pass", "passed", "competent", "achieved", "sufficient", "correct", "wrong", "well done")
FULL = (
    "Last Monday I told staff first to move, then I checked. For example it was good but slow, different from before, "
    "because it was quick. Overall I think it is suitable. As a result fewer waited."
)


def test_the_plan_comes_first_and_the_first_question_after_it_is_agreed() -> None:
    stage = Stage(plan_of(METHODS))
    assert stage.go_on().kind == "plan"
    assert stage.say("hello there").rule == "plan.confirm"
    assert stage.say("yes I have read it").rule == "open.first"


def test_a_plan_agreed_by_button_needs_no_message() -> None:
    stage = Stage(plan_of(METHODS))
    stage.go_on()
    assert stage.go_on().rule == "open.first"


def test_a_plan_that_is_never_agreed_asks_nothing() -> None:
    stage = Stage(plan_of(METHODS))
    stage.go_on()
    stage.say("who is this")
    assert stage.say("no").kind == "close"
    assert {move.kind for move in stage.moves} == {"plan", "close"}


@pytest.mark.parametrize("verb", sorted(rubric()))
def test_every_verb_is_probed_for_what_it_asks_and_for_nothing_that_was_said(verb: str) -> None:
    kind = "competence-doing" if rubric()[verb].is_doing else "knowledge"
    slots = slots_for(rubric()[verb], kind)
    openings = ("Tell me about the queue.", "What about the queue?")
    points = slot_points("v", *slots)
    criterion = PlannedCriterion("v", "1.1", f"{verb} the queue", verb, kind, openings, points)
    thin = play(
        plan_of(criterion), "There is a long queue by the door every day.", "It is by the door every single day."
    )
    full = play(plan_of(criterion), FULL)
    assert thin[1].startswith("verb.slot v"), thin
    assert thin[1].removeprefix("verb.slot v ").replace(" ", "_") in slots
    assert full[1] in {"evidence.ask v evidence", "reflection.ask v reflection"}


def test_a_mock_says_no_count_and_practice_does() -> None:
    for mode, is_counted in (("practice", True), ("mock", False)):
        stage = Stage(plan_of(METHODS, mode=mode))
        stage.begin()
        assert ("one so far" in stage.say("We listen to calls.").text) is is_counted


def test_a_bridge_quotes_the_learners_own_words() -> None:
    stage = Stage(plan_of(METHODS, SOURCES))
    stage.begin()
    stage.say(
        "Calls, read letters and mystery shoppers are good but slow, overall suitable. "
        "Every Monday we read the sales sheet. Targets are good."
    )
    move = stage.moves[-1]
    assert move.criterion_keys == ("m15",)
    assert 'Earlier you said: "Every Monday we read the sales sheet"' in move.text


def test_a_word_or_two_are_no_quote() -> None:
    stage = Stage(plan_of(METHODS, SOURCES))
    stage.begin()
    stage.say(
        "Calls, read letters and mystery shoppers are good but slow, overall suitable. We have sales. Targets are good."
    )
    assert stage.moves[-1].criterion_keys == ("m15",)
    assert "Back to 1.5, which you spoke about." in stage.moves[-1].text


def test_after_three_skips_in_a_row_stopping_is_offered() -> None:
    stage = Stage(plan_of(STRATEGIES, SOURCES, METHODS, ALLOCATE))
    stage.begin()
    assert ["stop" in stage.say("skip").text for _ in range(4)] == [False, False, True, False]


def test_roles_are_asked_for_twice_and_then_no_more() -> None:
    stage = Stage(plan_of(ALLOCATE, MONITOR))
    stage.begin()
    moves = [stage.say(f"Last week I told Sarah to move number {n}.") for n in range(3)]
    assert ["my supervisor" in move.text for move in moves] == [True, True, False]


def test_an_answer_after_a_hint_is_flagged_and_others_are_not() -> None:
    stage = Stage(plan_of(METHODS, STRATEGIES))
    stage.begin()
    before = stage.hear("We listen to calls.")
    stage.go_on()
    stage.say("hint")
    after = stage.hear("and sales")
    stage.go_on()
    stage.say("nothing to add")
    elsewhere = stage.hear("One team because it is quick")
    assert ["after-hint" in turn.flags for turn in (before, after, elsewhere)] == [False, True, False]


def test_the_hint_ladder_names_a_listed_answer_on_its_last_rung_only() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    rungs = [stage.say("hint").text for _ in range(3)]
    assert [any(point.text in rung for point in METHODS.expected_points if point.is_published) for rung in rungs] == [
        False,
        False,
        True,
    ]


def test_a_discussion_resumes_after_days_where_it_stopped() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    stage.say("calls")
    stage.say("pause")
    move = stage.say("I'm back", after=timedelta(days=3))
    assert move.rule == "resume.welcome"
    assert move.target == "quantity"
    assert move.text.startswith("Welcome back.")
    assert minutes_used(stage.turns) < 12


def test_who_comes_back_sees_the_question_again_even_when_there_are_no_other_words() -> None:
    stage = Stage(plan_of(STRATEGIES))
    stage.begin()
    stage.say("say it another way")
    stage.say("pause")
    move = stage.say("continue")
    assert move.text == "Welcome back. About 1.3: " + STRATEGIES.openings[0][0].lower() + STRATEGIES.openings[0][1:]


def test_silence_is_asked_once_then_waited_for_then_closed() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    assert [stage.go_on().rule for _ in range(4)] == ["silence.ask", "silence.pause", "silence.close", "close.already"]


def test_the_planned_time_ends_the_questions_and_extra_time_gives_more() -> None:
    def questions(extra_time: float) -> int:
        stage = Stage(
            plan_of(METHODS, STRATEGIES, SOURCES, minutes=10, extra_time=extra_time), gap=timedelta(minutes=1)
        )
        stage.begin()
        while stage.moves[-1].kind != "close":
            stage.say("We look at calls and other things in our office every day.")
        return sum(move.kind in {"open", "probe"} for move in stage.moves)

    assert questions(1.0) < questions(2.0)


def test_the_number_of_learner_turns_is_capped() -> None:
    criteria = tuple(
        replace(STRATEGIES, key=f"k{n}", number=f"1.{n}", openings=(f"What is {n}?", f"Say {n}.")) for n in range(12)
    )
    stage = Stage(plan_of(*criteria))
    stage.begin()
    while stage.moves[-1].kind != "close":
        stage.say("There is a lot to say about all of this here.")
    assert sum(turn.speaker == "learner" for turn in stage.turns) <= 24
    assert "close.turns" in {move.rule for move in stage.moves}
    assert recap(stage.plan, stage.turns).left
    assert "another time" in stage.moves[-1].text


def test_safeguarding_stops_before_anything_else_is_asked() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    move = stage.say("We listen to calls. My partner hits me.")
    assert move.kind == "safeguard"
    assert "?" not in move.text
    assert stage.say("sorry").kind == "close"


def test_the_recap_says_mentioned_and_not_yet_mentioned_and_asks_for_a_self_rating() -> None:
    stage = Stage(plan_of(METHODS, STRATEGIES))
    stage.begin()
    stage.say("calls and sales")
    text = stage.say("stop").text
    assert "1.2: 2 of 3 methods mentioned." in text
    assert "1.3: not yet mentioned." in text
    assert text.count("?") == 1


def test_the_recap_says_more_than_was_asked_for_in_plain_words() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    stage.say("calls, sales, complaints and feedback")
    assert "1.2: 4 methods mentioned, 3 asked for. Not yet mentioned:" in stage.say("stop").text


def test_standings_count_quantities_and_name_the_turns() -> None:
    stage = Stage(plan_of(METHODS, STRATEGIES))
    stage.begin()
    stage.say("calls and sales. Calls are good")
    stage.say("and calls again, but slow")
    first, second = standings(stage.plan, stage.turns)
    assert (first.quantity_mentioned, first.quantity_needed) == (2, 3)
    assert first.mentioned == ("listening to calls", "sales figures", "what is good about it", "what is less good")
    assert "use of mystery shoppers" in first.not_yet_mentioned
    assert first.turn_numbers == (4, 6)
    assert second.turn_numbers == ()


def test_a_probe_answered_at_length_is_not_called_not_yet_mentioned() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    stage.say("calls, sales and feedback")
    assert stage.moves[-1].target == "strength"
    stage.say("You hear the true voice of everybody there.")
    standing = standings(stage.plan, stage.turns)[0]
    assert standing.answered == ("what is good about it",)
    assert "what is good about it" not in (*standing.mentioned, *standing.not_yet_mentioned)
    assert "Also answered: what is good about it." in stage.say("stop").text


def test_what_somebody_would_do_answers_nothing_about_doing() -> None:
    stage = Stage(plan_of(ALLOCATE))
    stage.begin()
    stage.say("I moved two staff to the phones.")
    assert stage.moves[-1].target == "when"
    stage.say("I would do that on a very busy day.")
    assert standings(stage.plan, stage.turns)[0].answered == ()


def test_next_steps_follow_from_what_was_said() -> None:
    stage = Stage(plan_of(METHODS, STRATEGIES))
    stage.begin()
    nothing_said = recap(stage.plan, stage.turns)
    stage.say("calls and sales")
    something_said = recap(stage.plan, stage.turns)
    assert nothing_said.next_steps == ("revise", "another discussion")
    assert something_said.next_steps == ("revise", "another discussion", "draft")
    assert something_said.left == ("m13",)


def test_no_move_holds_a_verdict_and_every_move_has_a_known_reason() -> None:
    stage = Stage(plan_of(METHODS, ALLOCATE))
    stage.begin()
    for line in (
        "calls",
        "hint",
        "skip",
        "say it another way",
        "ok",
        "no idea",
        "Last week I moved staff",
        "stop",
        "5",
    ):
        stage.say(line)
    for move in stage.moves:
        assert move.reason == RULES[move.rule]
        words = move.text.lower().replace(".", " ").replace(",", " ").split()
        assert not set(FORBIDDEN) & set(words), move.text


def test_the_same_transcript_gives_the_same_move_and_a_tutors_note_changes_nothing() -> None:
    stage = Stage(plan_of(METHODS))
    stage.begin()
    stage.hear("We listen to calls.")
    note = Turn(number=99, speaker="tutor", text="Take your time", at=START)
    assert next_move(stage.plan, stage.turns) == next_move(stage.plan, tuple(stage.turns))
    assert next_move(stage.plan, [*stage.turns, note]) == next_move(stage.plan, stage.turns)

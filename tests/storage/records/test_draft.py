"""The reflective-account draft: rules D1 to D14 of assessment-practice.md."""

from dataclasses import replace

import pytest

from talkthrough.storage.records.draft import NothingToDraftError, reflective_draft
from talkthrough.storage.records.draft_questions import DATE_GAP, NO_RESULT
from talkthrough.storage.records.reflection_models import MODELS, aspect_of
from tests.storage.records.examples import PLAN, asked, log, said

OPEN = asked("Tell me about a time?", "open")


def draft_of(*turns, model="What / So what / Now what", **options):
    return reflective_draft(log([OPEN, *turns]), model, **options)


def reasons(draft):
    return {entry.turn: entry.reason for entry in draft.left_out}


def test_whole_messages_stand_under_the_prompt_that_was_asked_for():
    draft = draft_of(
        said("i done it on my own"),
        asked("How do you know?", target="result"),
        said("it droped to 5"),
        asked("Next time?", target="reflection"),
        said("id start sooner"),
        model="STAR",
    )
    (event,) = draft.events
    assert [[m.text for m in part.messages] for part in event.parts] == [
        ["i done it on my own"],
        [],
        [],
        ["it droped to 5", "id start sooner"],
    ]


def test_a_gap_stays_a_gap():
    draft = draft_of(said("it was busy"))
    assert draft.gaps == (
        DATE_GAP,
        "[Not yet said: why I did it and what came of it]",
        "[Not yet said: what I learned or would change]",
    )


def test_events_come_in_the_order_of_their_stated_dates_and_undated_ones_last():
    draft = draft_of(
        said("no date here"),
        OPEN,
        said("on 3 May 2026 I moved desks"),
        OPEN,
        said("we counted"),
        said("that was 14 January 2025"),
    )
    assert [event.time and event.time.words for event in draft.events] == ["14 January 2025", "3 May 2026", None]
    assert [m.turn for m in draft.messages] == [6, 7, 4, 2]


def test_hypotheticals_hints_of_quizzes_and_commands_stay_out_with_a_reason():
    draft = draft_of(
        said("I would ask them", hypothetical=True),
        said("I did ask, and I would again", hypothetical=True, real_event=True),
        said("skip", wish="skip"),
        said("a, b, c", flags=["quiz"]),
        said("we would ring", flags=["would"]),
        asked("And if it rains?", target="what-if"),
        said("then we stop"),
        asked("Mentioned so far ...", "recap"),
        said("4 out of 5"),
    )
    assert [m.turn for m in draft.messages] == [3]
    assert reasons(draft) == {
        2: "speaks of what might be done, not of what was done",
        4: "asked the tool: skip",
        5: "a quiz answer",
        6: "speaks of what might be done, not of what was done",
        8: "speaks of what might be done, not of what was done",
        10: "an answer to the recap",
    }


def test_the_learner_can_strike_a_message_out():
    draft = draft_of(said("one"), said("two"), struck_out={2})
    assert [m.text for m in draft.messages] == ["two"]
    assert reasons(draft) == {2: "struck out by the learner"}


@pytest.mark.parametrize(
    "turns", [[], [said("I would", hypothetical=True)], [said("   ")], [said("stop", wish="stop")]]
)
def test_a_draft_without_an_eligible_message_is_refused_with_a_sentence(turns):
    with pytest.raises(NothingToDraftError, match="Hold a discussion"):
        draft_of(*turns)


def test_erased_and_kept_out_messages_are_never_in_a_draft():
    turns = [OPEN, said("first"), said("second"), said("a painful thing"), asked("Help.", "safeguard")]
    draft = reflective_draft(log(turns, erase=[2]))
    assert [m.text for m in draft.messages] == ["second"]
    assert reasons(draft) == {2: "not part of this file", 4: "not part of this file"}


def test_checks_ask_and_never_edit():
    draft = draft_of(said("we told Mrs Patel", we=True, third_party_name=True), said("I would go", hypothetical=True))
    asked_of_learner = {(check.turn, check.question) for check in draft.checks}
    assert asked_of_learner == {
        (2, 'You wrote "we". What did you do?'),
        (2, "I can see a name. Change it to a role?"),
        (3, 'You wrote "would". Did this happen, and when?'),
    }
    assert draft.messages[0].text == "we told Mrs Patel"


def test_where_reflective_accounts_are_not_listed_the_draft_is_called_practice_notes():
    unlisted = log(plan=replace(PLAN, is_reflective_account_listed=False))
    assert reflective_draft(unlisted).title == "Discussion practice notes"
    assert reflective_draft(log()).title == "Reflective account - draft"


def test_words_of_the_learner_and_of_the_tool_are_counted_apart():
    draft = draft_of(said("four words in here"), said("two more", result=True))
    assert draft.learner_words == 6
    assert draft.tool_words > 0


@pytest.mark.parametrize("model", MODELS)
def test_every_model_has_exactly_one_place_for_every_aspect(model):
    aspects = [aspect for prompt in MODELS[model] for aspect in prompt.aspects]
    assert sorted(aspects) == sorted(
        ["situation", "task", "action", "feeling", "reason", "result", "judgement", "learning", "plan"]
    )


def test_what_was_asked_for_weighs_more_than_what_was_seen():
    assert aspect_of("result", ["reason"]) == "result"
    assert aspect_of("", ["reason", "own_action"]) == "reason"
    assert aspect_of("", []) == "situation"


def test_a_check_says_would_only_where_the_learner_wrote_it_and_leaves_plans_alone():
    draft = draft_of(
        said("If it goes wrong I speak to them first", hypothetical=True, real_event=True),
        said("I'd ring them", hypothetical=True, real_event=True),
        said("I would ring them and I did", hypothetical=True, real_event=True),
        said("Next time I would start earlier", hypothetical=True),
    )
    asked_about = {check.turn: check.question for check in draft.checks if check.turn}
    assert asked_about == {
        2: "This may be about what could happen. Did it happen?",
        3: "This may be about what could happen. Did it happen?",
        4: 'You wrote "would". Did this happen, and when?',
    }


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("we sat down", 'You wrote "we". What did you do?'),
        ("Our team sat down", 'You wrote "our". What did you do?'),
        ("everybody sat down", "This may be about more people than you. What did you do?"),
    ],
)
def test_a_check_about_we_names_the_word_that_stands_in_the_message(text, question):
    draft = draft_of(said(text, flags=["we"]), said("and it worked", result=True))
    assert [check.question for check in draft.checks] == [question]


def test_a_result_is_asked_for_only_where_no_gap_asks_for_it_and_none_was_given():
    told = (asked("What did you do?", target="own action"), said("I moved it as it was slow", reason=True))
    assert [check.question for check in draft_of(*told).checks] == [NO_RESULT]
    assert draft_of(*told, model="STAR").checks == ()
    assert draft_of(*told, asked("And then?", target="result"), said("no one was angry")).checks == ()


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_asked_for_whose_part_holds_a_message(model):
    judged = (asked("Was it good?", target="judgement"), said("it was ok i think"))
    draft = draft_of(said("I moved it"), asked("Why?", target="reason"), said("it was slow"), *judged, model=model)
    held = {part.prompt for event in draft.events for part in event.parts if part.messages}
    assert NO_RESULT not in {check.question for check in draft.checks}
    assert not held & {part.prompt for event in draft.events for part in event.parts if part.gap}


@pytest.mark.parametrize("text", ["i told you", "I said that already", "as i said", "I have already said it twice"])
def test_saying_that_it_was_said_is_no_part_of_an_account(text):
    draft = draft_of(said(text), said("I told you at the start that I moved the desk"))
    assert reasons(draft) == {2: "says that this was said already"}


def test_a_message_that_was_said_anew_is_not_asked_about_again():
    draft = draft_of(
        said("I would ring them", hypothetical=True),
        said("I rang them and it worked", flags=("edited", "replaces:2"), result=True),
    )
    assert draft.checks == ()


@pytest.mark.parametrize(
    "text", ["wat you mean", "what do u mean", "which one?", "i dont understand", "is that right?"]
)
def test_a_question_back_is_no_part_of_an_account(text):
    draft = draft_of(said(text), said("I moved the desk"))
    assert reasons(draft) == {2: "asked the tool what it meant"}


def test_would_is_no_hypothesis_where_the_question_asked_for_an_opinion():
    draft = draft_of(
        asked("Looking back, what did you learn?", target="reflection"),
        said("I would ask first", hypothetical=True),
        asked("Which would you keep?", target="more"),
        said("I would keep calls", hypothetical=True),
        asked("And?", target="more"),
        said("next time i would ask", hypothetical=True),
        said("I would ring", hypothetical=True),
    )
    assert [m.turn for m in draft.messages] == [5, 3, 7]
    assert list(reasons(draft)) == [8]


def test_saying_that_one_does_not_know_is_no_part_of_an_account():
    draft = draft_of(said("dunno", dont_know=True), said("one", "p1"))
    assert reasons(draft) == {2: "says that this is not known yet"}


def test_a_message_that_speaks_to_two_prompts_leaves_no_false_gap():
    draft = draft_of(said("in May I moved the desk and it got quicker", own_action=True, result=True))
    what, so_what, now_what = draft.events[0].parts
    assert (what.messages, what.gap, what.said_in) == ((), None, (2,))
    assert [m.turn for m in so_what.messages] == [2]
    assert now_what.gap == "[Not yet said: what I learned or would change]"


def test_of_an_edited_message_only_the_newest_version_is_drafted():
    draft = draft_of(said("it fell to 6"), said("it fell to 5", flags=("edited", "replaces:2")))
    assert [m.text for m in draft.messages] == ["it fell to 5"]
    assert reasons(draft) == {2: "edited by the learner, see turn 3"}
    assert "edited version of turn 2" in draft.messages[0].notes


def test_a_voice_message_waits_for_the_learners_own_typed_words():
    draft = draft_of(said("", flags=("voice", "sound:ab12")), said("typed words"))
    assert reasons(draft) == {2: "a voice message without typed words"}

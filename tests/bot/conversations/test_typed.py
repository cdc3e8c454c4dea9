"""A typed reply does exactly what the button that it names does, and nothing else is guessed."""

import pytest

from talkthrough.bot.conversations import events as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations import typed
from talkthrough.bot.conversations.dialogue import step
from talkthrough.bot.conversations.effects import (
    ChangeSetting,
    CheckAnswer,
    EndSitting,
    FindWhatIsOpen,
    Forget,
    PutQuestion,
    PutQuestionAfter,
    Say,
    SkipQuestion,
    TakeTurn,
)
from talkthrough.bot.conversations.record_effects import SetPlanDetail
from talkthrough.bot.conversations.states import (
    Answering,
    Commenting,
    Discussing,
    FillingGap,
    GivingDate,
    GivingMinutes,
    PlanningDiscussion,
    ReadingFeedback,
    Resting,
    State,
    Unplaced,
)

WELSH = {"Start": "Dechrau", "Carry on": "Parhau", "Next": "Nesaf", "No, keep it": "Na, ei gadw"}
UNITS = {
    "Unit 323: Deliver customer service": "rev:unit:1",
    "Unit 401: Manage customer service operations": "rev:unit:2",
    "CS 37: Manage customer service in your …": "rev:unit:3",
    "Menu": "menu",
}
MINUTES = {"5 min": "set:min:5", "15 min": "set:min:15", "No fixed time": "set:min:0", "Menu": "menu"}
ERASE = {"Yes, erase everything": "set:forgetyes", "No, keep it": "menu"}
DECLARE = {
    "All true. I had no help": "drf:declare:1:x",
    "All true. I had help": "drf:help:1:x",
    "Not yet": "drf:show:1",
}


def offers(buttons: dict[str, str]) -> tuple[e.Offer, ...]:
    rows = enumerate(buttons.items())
    return tuple(e.Offer(data, label, WELSH.get(label, label), row=row) for row, (label, data) in rows)


def reader(buttons: dict[str, str]) -> e.Who:
    return e.Who("Kim", has_seen_privacy=True, offers=offers(buttons))


def data_of(text: str, buttons: dict[str, str]) -> str | None:
    reply = typed.chosen(text, offers(buttons))
    return ":".join(reply.data) if isinstance(reply, e.Tapped) else reply and f"/{reply.name}"


@pytest.mark.parametrize(
    ("text", "buttons", "data"),
    [
        ("yes", {"Start": "rev:go:5", "Menu": "menu"}, "rev:go:5"),
        ("Yes please!", {"I have read this. Start": "pln:begin:2", "Menu": "menu"}, "pln:begin:2"),
        ("ready", {"Start": "rev:go:5"}, "rev:go:5"),
        ("ok", {"Start": "rev:go:5"}, "rev:go:5"),
        ("carry on", {"Carry on": "dis:resume:3", "Menu": "menu"}, "dis:resume:3"),
        ("continue", {"Carry on": "dis:resume:3", "Menu": "menu"}, "dis:resume:3"),
        ("parhau", {"Carry on": "dis:resume:3", "Menu": "menu"}, "dis:resume:3"),
        ("Dechrau", {"Start": "rev:go:5"}, "rev:go:5"),
        ("ie", ERASE, "set:forgetyes"),
        ("no", ERASE, "menu"),
        ("na", ERASE, "menu"),
        ("no", DECLARE, "drf:show:1"),
        ("no", {"No date": "set:nodate", "Menu": "menu"}, "set:nodate"),
        ("401", UNITS, "rev:unit:2"),
        ("unit 401", UNITS, "rev:unit:2"),
        ("CS 37", UNITS, "rev:unit:3"),
        ("deliver customer service", UNITS, "rev:unit:1"),
        ("manage customer service operations", UNITS, "rev:unit:2"),
        ("manage customer service in your team", UNITS, "rev:unit:3"),
        ("5", MINUTES, "set:min:5"),
        ("b", {"A": "ans:1:0", "B": "ans:1:1"}, "ans:1:1"),
        ("next", {"Next": "next:4", "I did say that": "saidlist:4"}, "next:4"),
        ("help", UNITS, "/help"),
        ("Menu", {"Start": "rev:go:5"}, "/menu"),
        ("stop", {"Stop all links": "x"}, "/stop"),
        ("gosodiadau", {}, "/settings"),
        ("revise", {}, "/revise"),
    ],
)
def test_words_do_what_the_button_does_that_they_name(text: str, buttons: dict[str, str], data: str) -> None:
    assert data_of(text, buttons) == data


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("ok", ERASE),  # an understanding "ok" erases nobody
        ("customer service", UNITS),
        ("manage", UNITS),
        ("no", {"No more reminders": "rem:off", "Answer": "rev:open:1"}),
        ("yes", DECLARE),
        ("all true", DECLARE),
        ("yes", {"Yes, I meant: age": "said:1:0", "Yes, I meant: income": "said:1:1"}),
        ("targets and standards", UNITS),
        ("", UNITS),
        ("👍", UNITS),
    ],
)
def test_what_names_no_one_button_is_not_guessed(text: str, buttons: dict[str, str]) -> None:
    assert data_of(text, buttons) is None


def test_a_typed_yes_and_a_tap_lead_to_the_same() -> None:
    for buttons, effect in (({"Start": "rev:go:5"}, PutQuestion(session_id=5)), (ERASE, Forget())):
        assert step(Resting(), e.Said("yes"), reader(buttons))[1] == (effect,)


def test_help_is_there_at_rest_and_says_more_than_that_nothing_is_open() -> None:
    _, (said,) = step(Resting(), e.Said("Help!"), reader({}))
    assert isinstance(said, Say)
    assert said.view == "help"


@pytest.mark.parametrize(("text", "minutes"), [("5", 5), ("12", 12), ("about 20 minutes", 20)])
def test_any_number_of_minutes_can_be_typed(text: str, minutes: int) -> None:
    assert step(GivingMinutes(), e.Said(text), reader(MINUTES))[1] == (ChangeSetting("minutes_a_day", minutes),)


@pytest.mark.parametrize("text", ["0", "900", "lots", "1.5", "17:30"])
def test_what_is_no_number_of_minutes_is_asked_for_again(text: str) -> None:
    after, (said,) = step(GivingMinutes(), e.Said(text), reader(MINUTES))
    assert after == GivingMinutes()
    assert isinstance(said, Say)
    assert said.view == "minutes_unclear"


def test_stop_ends_a_sitting_kindly_wherever_it_stands() -> None:
    for state in (Answering(4), Answering(4, options=3), Answering(4, is_more=True), ReadingFeedback(4)):
        for event in (e.Said("stop"), e.Said("stopio"), e.Commanded("stop")):
            assert step(state, event, reader({"Next": "next:4"})) == (Resting(), (EndSitting(),))


def test_skip_is_a_skip_and_no_answer() -> None:
    for state in (Answering(4), Answering(4, options=3)):
        for words in ("skip", "Skip this one please", "hepgor"):
            assert step(state, e.Said(words), reader({})) == (state, (SkipQuestion(4),))
    _, effects = step(Answering(4), r.Skipped(4), reader({}))
    assert effects == (Say("skipped"), PutQuestionAfter(4))


def test_a_letter_that_the_question_does_not_have_is_told_the_letters() -> None:
    for words in ("d", "the second one"):
        after, effects = step(Answering(4, options=3), e.Said(words), reader({}))
        assert after == Answering(4, options=3)
        assert effects == (Say("please_tap", {"letters": ["A", "B", "C"]}),)


def test_a_mere_ok_is_no_answer_to_a_question() -> None:
    assert step(Answering(4), e.Said("ok"), reader({}))[1] == (Say("question_help"),)


def test_nothing_more_ends_a_list_that_more_is_asked_for() -> None:
    for words in ("no", "that's all", "skip", "I don't know", "dyna'r cyfan"):
        (effect,) = step(Answering(4, is_more=True), e.Said(words), reader({}))[1]
        assert type(effect).__name__ == "ShowFeedback"


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (PlanningDiscussion(3, "materials"), "yes"),
        (PlanningDiscussion(3, "present"), "no"),
        (FillingGap(3, "What came of it?", "x", ()), "Start"),
        (FillingGap(3, "What came of it?", "x", ()), "5"),
    ],
)
def test_a_state_that_waits_for_own_words_takes_them_for_own_words(state: State, text: str) -> None:
    _, (effect,) = step(state, e.Said(text), reader(MINUTES))
    assert getattr(effect, "text", None) == text


def test_a_whole_button_can_be_typed_where_own_words_are_waited_for() -> None:
    state = PlanningDiscussion(3, "present")
    _, effects = step(state, e.Said("my tutor"), reader({"My tutor": "pln:who:3:tutor", "Back": "pln:show:3"}))
    assert effects == (SetPlanDetail(3, "present", "My tutor"),)


def test_stray_words_are_kept_and_become_the_answer_at_a_word() -> None:
    found = r.OpenFound("targets and standards", delivery_id=7, stem="Which four?")
    state, (said,) = step(Resting(), found, reader({}))
    assert isinstance(said, Say)
    assert said.values == {"text": "targets and standards", "stem": "Which four?"}
    buttons = {button.text: button.data for row in said.buttons for button in row}
    assert step(state, e.Said("yes"), reader(buttons))[1] == (CheckAnswer(7, text="targets and standards"),)


def test_stray_words_for_an_open_discussion_are_said_there_word_for_word() -> None:
    found = r.OpenFound("I told the <team>", discussion_id=3, is_open=True)
    state, _ = step(Resting(), found, reader({}))
    assert step(state, e.Tapped(("use", "turn", "3")), reader({})) == (
        Discussing(3),
        (TakeTurn(3, "I told the <team>"),),
    )


def test_stray_words_leave_there_what_was_offered_and_are_offered_once() -> None:
    found = r.OpenFound("a rota", delivery_id=7, stem="Which four?")
    _, (first,) = step(Resting(), found, reader(MINUTES))
    assert isinstance(first, Say)
    shown = {button.text: button.data for row in first.buttons for button in row}
    assert shown == {"Yes, use it as my answer": "use:answer:7", **MINUTES}
    _, (second,) = step(Unplaced("a rota", delivery_id=7), found, reader(shown))
    assert second == first


def test_an_old_button_of_stray_words_places_nothing() -> None:
    for state in (Resting(), Unplaced("words", delivery_id=8)):
        after, (said,) = step(state, e.Tapped(("use", "answer", "7")), reader({}))
        assert after == state
        assert isinstance(said, Say)
        assert said.view == "old_button"


def test_an_old_next_does_not_leave_a_list_that_more_is_asked_for() -> None:
    state = Answering(7, is_more=True)
    for data in (("next", "6"), ("conf", "6", "s")):
        after, (said,) = step(state, e.Tapped(data), reader({}))
        assert after == state
        assert isinstance(said, Say)
        assert said.view == "more_open"


def test_a_comment_on_an_old_question_leaves_the_open_one_open() -> None:
    commenting, _ = step(Answering(7), e.Tapped(("flag", "6")), reader({}))
    assert commenting == Commenting(6, Answering(7))
    assert step(commenting, e.Said("the second word is wrong"), reader({}))[0] == Answering(7)


def test_a_settings_card_tapped_meanwhile_leaves_the_open_question_open() -> None:
    shown = r.SettingsShown(None, 10, "Europe/London", extra_time=False)
    for state in (Answering(7), Discussing(3)):
        assert step(state, shown, reader({}))[0] == state
    assert step(GivingDate(), shown, reader({}))[0] == Resting()


def test_what_was_offered_stays_there_after_help_and_after_words_that_name_nothing() -> None:
    for event in (e.Commanded("help"), e.Said("help"), r.OpenFound("4O1"), r.OpenFound("")):
        _, (said,) = step(Resting(), event, reader(UNITS))
        assert isinstance(said, Say)
        assert {button.text: button.data for row in said.buttons for button in row} == UNITS
        assert len(said.buttons) == len(UNITS)


def test_the_menu_is_not_offered_again_as_if_it_had_been_a_question() -> None:
    _, (said,) = step(Resting(), r.OpenFound("hm"), reader({"Revise": "rev", "Menu": "menu"}))
    assert isinstance(said, Say)
    assert said.view == "not_open"


@pytest.mark.parametrize(("text", "kept"), [("ok", ""), ("no", ""), ("7", ""), ("?", ""), ("a rota", "a rota")])
def test_only_what_could_be_an_answer_is_kept_for_what_is_open(text: str, kept: str) -> None:
    assert step(Resting(), e.Said(text), reader({}))[1] == (FindWhatIsOpen(kept),)

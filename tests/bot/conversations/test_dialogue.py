"""The step function: whatever happens in whatever state, the dialogue goes on, and buttons keep to the limits."""

from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.conversations import events as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.dialogue import step
from talkthrough.bot.conversations.effects import CheckAnswer, PauseDiscussion, Say, TakeTurn
from talkthrough.bot.conversations.states import (
    STATES,
    Answering,
    Commenting,
    Discussing,
    GivingDate,
    GivingMinutes,
    PlanningRound,
    ReadingFeedback,
    Resting,
    State,
    Unplaced,
)
from talkthrough.storage.tables import Role

LEARNER = e.Who("Kim", frozenset({Role.LEARNER}), has_seen_privacy=True)
TUTOR = e.Who("Sam", frozenset({Role.TUTOR}), has_seen_privacy=True)
STATES_TO_TRY: list[State] = [
    Resting(),
    Answering(1),
    Answering(2, options=3),
    ReadingFeedback(3),
    Commenting(4),
    Commenting(4, Answering(1)),
    GivingMinutes(),
    Unplaced("some words", delivery_id=4),
    Discussing(5),
    GivingDate(),
    PlanningRound(),
    PlanningRound(1, 2, "1", 5, "now"),
]
WORDS = st.sampled_from(
    [
        "rev",
        "dis",
        "prog",
        "set",
        "rnd",
        "logs",
        "ans",
        "next",
        "said",
        "wish",
        "menu",
        "unit",
        "go",
        "yes",
        "1",
        "x",
        "",
    ]
)
states = st.sampled_from(STATES_TO_TRY)
people = st.sampled_from([LEARNER, TUTOR])
deeds = st.one_of(
    st.builds(e.Said, st.text(max_size=50)),
    st.builds(
        e.Tapped, st.lists(WORDS | st.text(max_size=5), min_size=1, max_size=5).map(tuple), st.none() | st.just(7)
    ),
    st.builds(
        e.Commanded, st.sampled_from(["start", "menu", "stop", "help", "revise", "rounds", "forget"]) | st.text()
    ),
    st.builds(e.SentOther, st.just("sticker")),
    st.builds(e.SentEdit, st.text(max_size=20)),
    st.builds(e.SentVoice, st.integers(0, 100), st.just("audio/ogg")),
    st.builds(e.SentFile, st.text(max_size=10)),
)


@given(states, deeds, people)
def test_whatever_a_person_does_leads_to_a_state_that_can_be_kept_and_to_an_effect(
    state: State, deed: r.Event, who: e.Who
) -> None:
    after, effects = step(state, deed, who)
    assert STATES.validate_json(STATES.dump_json(after)) == after
    assert effects


@given(states, deeds, people)
def test_buttons_keep_to_telegrams_64_bytes(state: State, deed: r.Event, who: e.Who) -> None:
    _, effects = step(state, deed, who)
    for effect in effects:
        if isinstance(effect, Say):
            assert all(1 <= len(button.data.encode()) <= 64 for row in effect.buttons for button in row)


def test_typed_words_answer_the_open_question() -> None:
    assert step(Answering(9), e.Said("mystery shoppers"), LEARNER) == (
        Answering(9),
        (CheckAnswer(9, text="mystery shoppers"),),
    )


def test_a_letter_can_be_typed_instead_of_tapped() -> None:
    _, effects = step(Answering(9, options=3), e.Said(" b) "), LEARNER)
    assert effects == (CheckAnswer(9, option=1),)


def test_typed_words_are_a_turn_while_a_discussion_is_open() -> None:
    assert step(Discussing(3), e.Said("I did it"), LEARNER) == (Discussing(3), (TakeTurn(3, "I did it"),))


def test_a_command_pauses_the_open_discussion() -> None:
    _, effects = step(Discussing(3), e.Commanded("revise"), LEARNER)
    assert effects[0] == PauseDiscussion(3)


def test_a_learner_is_not_shown_what_tutors_do() -> None:
    _, effects = step(Resting(), e.Commanded("menu"), LEARNER)
    assert isinstance(effects[0], Say)
    assert "Quiz rounds" not in {button.text for row in effects[0].buttons for button in row}


def test_saying_that_one_does_not_know_is_no_wrong_answer_in_words_or_on_buttons() -> None:
    for state in (Answering(9), Answering(9, options=3)):
        for words in ("idk", "I don't know", "Dwi ddim yn gwybod"):
            assert step(state, e.Said(words), LEARNER)[1] == (CheckAnswer(9),)


def test_a_question_about_the_question_is_no_answer() -> None:
    _, effects = step(Answering(9), e.Said("I don't understand the question"), LEARNER)
    assert effects == (Say("question_help"),)


def test_nothing_happens_before_the_privacy_card_was_read() -> None:
    newcomer = e.Who("Kim")
    for deed in (e.Said("hello"), e.Commanded("revise"), e.Tapped(("rev",)), e.SentOther("sticker")):
        _, effects = step(Resting(), deed, newcomer)
        assert [effect.view for effect in effects if isinstance(effect, Say)] == ["privacy"]

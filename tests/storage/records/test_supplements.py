"""What a learner adds for a draft: each message once, whole, under the event and prompt that it was asked for."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.storage.records.account_messages import asks_back
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.draft_questions import gaps_of, questions_of
from talkthrough.storage.records.model import DiscussionLog, LoggedTurn, ReflectiveDraft
from talkthrough.storage.records.reflection_models import MODELS, ModelName
from talkthrough.storage.records.supplements import with_supplements
from tests.storage.records.examples import asked, log, said

LOG = log()
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda text: text.strip() and not asks_back(text)  # questions back are no answers
)


def added(pairs: list[tuple[str, str, str]]) -> DiscussionLog:
    """A supplement with a question and an answer for each (target, event flag, text)."""
    turns: list[LoggedTurn] = []
    for target, event, text in pairs:
        turns.append(turn(len(turns) + 1, "tool", "And?", {"kind": "open", "target": target}))
        turns.append(turn(len(turns) + 1, "learner", text, {"wish": "answer", "flags": [event]}))
    return replace(LOG, discussion=2, turns=tuple(turns))


def turn(number: int, speaker: str, text: str, facts: dict[str, object]) -> LoggedTurn:
    plain = {"kind": None, "target": "", "wish": "answer", "flags": [], **facts}
    return replace(
        LOG.turns[0], number=number, speaker=speaker, text=text, facts=plain, references=(), notes=(), signals=()
    )


def filled(model: ModelName, texts: list[str]) -> tuple[ReflectiveDraft, list[str]]:
    """The draft after each text answered the first gap of the draft before it; and the texts that found a gap."""
    pairs: list[tuple[str, str, str]] = []
    draft = reflective_draft(LOG, model)
    for text in texts:
        gaps = gaps_of(draft)
        if not gaps:
            break
        pairs.append((gaps[0].target, gaps[0].flags[0], text))
        draft = reflective_draft(with_supplements(LOG, [added(pairs)]), model)
    return draft, [text for _, _, text in pairs]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(tuple(MODELS)), st.lists(WORDS, max_size=6))
def test_every_added_message_stands_once_and_character_for_character_beside_the_others(
    model: ModelName, texts: list[str]
) -> None:
    before = reflective_draft(LOG, model)
    after, answered = filled(model, texts)
    assert sorted(message.text for message in after.messages) == sorted(
        [*(message.text for message in before.messages), *answered]
    )
    assert len({message.turn for message in after.messages}) == len(after.messages)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(tuple(MODELS)))
def test_answering_every_gap_leaves_none(model: ModelName) -> None:
    draft, _ = filled(model, ["On 3 March 2026 I did it"] * 40)
    assert draft.gaps == ()


def drafted_with(*pairs: tuple[str, str, str], model: ModelName = "STAR") -> ReflectiveDraft:
    return reflective_draft(with_supplements(LOG, [added(list(pairs))]), model)


def test_an_answer_stays_with_the_event_that_was_asked_about_whatever_time_it_names() -> None:
    draft = drafted_with(("result", "event:6", "By 9 November 2026 complaints fell to 6"))
    (event,) = [event for event in draft.events if 6 in event.turns]
    assert len(LOG.turns) + 2 in event.turns
    assert event.time is not None
    assert event.time.words == "Last March"


def test_the_answer_about_when_dates_the_event_that_was_asked_about() -> None:
    pairs = [("when", "event:4", "saturday 7 november"), ("result", "event:4", "It fell to 6")]
    draft = drafted_with(*pairs)
    (event,) = [event for event in draft.events if 4 in event.turns]
    assert event.time is not None
    assert event.time.words == "saturday 7 november"


def test_every_answer_says_that_it_was_added_after_the_discussion_also_one_that_replaces() -> None:
    draft = drafted_with(("result", "event:6", "It fell to 6"), ("", "replaces:4", "I listened to the calls"))
    new = [message for message in draft.messages if message.turn > len(LOG.turns)]
    assert len(new) == 2
    assert all("added after the discussion, for the draft" in message.notes for message in new)


def test_the_question_about_a_result_goes_once_it_is_answered_in_plain_words() -> None:
    told = log([asked("Tell me?", "open"), said("I moved it"), asked("Why?", target="reason"), said("it was slow")])
    (question,) = questions_of(reflective_draft(told))
    answer = added([(question.target, question.flags[0], "no one was angry")])
    assert questions_of(reflective_draft(with_supplements(told, [answer]))) == ()


def test_the_hash_of_what_was_added_is_printed() -> None:
    supplement = added([("result", "event:6", "It fell to 6")])
    draft = reflective_draft(with_supplements(LOG, [supplement]))
    assert any(supplement.turns[-1].hash in line for line in draft.disclosure)


def test_an_answer_whose_event_lost_its_dated_message_stands_without_a_date() -> None:
    answer = added([("result", "event:6", "complaints fell to 6")])
    dated = reflective_draft(with_supplements(LOG, [answer])).events[0].turns
    kept = reflective_draft(with_supplements(LOG, [answer]), struck_out=set(dated) - {len(LOG.turns) + 2})
    assert [event.time for event in kept.events if len(LOG.turns) + 2 in event.turns] == [None]

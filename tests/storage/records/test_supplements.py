"""What a learner adds for a draft: each message once, whole, under the event and prompt that it was asked for."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.storage.records.draft import gaps_of, reflective_draft
from talkthrough.storage.records.model import DiscussionLog, LoggedTurn, ReflectiveDraft
from talkthrough.storage.records.reflection_models import MODELS, ModelName
from talkthrough.storage.records.supplements import with_supplements
from tests.storage.records.examples import log

LOG = log()
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip)


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
        pairs.append((gaps[0].target, gaps[0].event, text))
        draft = reflective_draft(with_supplements(LOG, [added(pairs)]), model)
    return draft, [text for _, _, text in pairs]


@settings(max_examples=60)
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


@settings(max_examples=40)
@given(st.sampled_from(tuple(MODELS)))
def test_answering_every_gap_leaves_none(model: ModelName) -> None:
    draft, _ = filled(model, ["On 3 March 2026 I did it"] * 40)
    assert draft.gaps == ()


def test_an_answer_stays_with_the_event_that_was_asked_about_whatever_date_it_names() -> None:
    supplement = added([("result", "event:2026-10-05", "By 9 November 2026 complaints fell to 6")])
    draft = reflective_draft(with_supplements(LOG, [supplement]))
    (event,) = [event for event in draft.events if any("fell to 6" in message.text for message in _in(event))]
    assert event.day == date(2026, 10, 5)


def _in(event):
    return [message for part in event.parts for message in part.messages]


def test_the_hash_of_what_was_added_is_printed() -> None:
    supplement = added([("result", "event:none", "It fell to 6")])
    draft = reflective_draft(with_supplements(LOG, [supplement]))
    assert any(supplement.turns[-1].hash in line for line in draft.disclosure)


def test_a_date_is_quoted_only_in_the_learners_own_words():
    draft = reflective_draft(LOG)
    gap = next(gap for gap in gaps_of(draft) if gap.event == "event:2026-03-01")
    with_answer = with_supplements(LOG, [added([(gap.target, gap.event, "I was in the team for a year")])])
    assert reflective_draft(with_answer).events[0].stated == "Last March"
    dated = {message.turn for part in draft.events[0].parts for message in part.messages}
    alone = reflective_draft(with_answer, struck_out=dated).events[0]
    assert (alone.day, alone.stated) == (date(2026, 3, 1), None)

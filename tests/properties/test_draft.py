"""Whatever is said: outside tool-marked spans a draft is exactly the eligible learner messages, each once."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from talkthrough.storage.records.account_messages import asks_back, points_back
from talkthrough.storage.records.draft import NothingToDraftError, reflective_draft
from talkthrough.storage.records.html import as_html
from talkthrough.storage.records.reflection_models import MODELS
from talkthrough.storage.records.sheet import markup_safe
from tests.storage.records.examples import asked, log, said

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
DATES = st.sampled_from(["", " on 3 May 2026", " in June 2024", " last week", " yesterday", " on saturday"])
LEARNER = st.builds(
    lambda text, date, wish, signals: said(text + date, wish=wish, **dict.fromkeys(signals, True)),
    WORDS,
    DATES,
    st.sampled_from(["answer", "answer", "answer", "skip"]),
    st.sets(st.sampled_from(["hypothetical", "real_event", "result", "reason", "we", "own_action"])),
)
TOOL = st.builds(
    lambda kind, target: asked("Tell me?", kind, target=target),
    st.sampled_from(["open", "probe", "hint", "recap", "plan", "safeguard"]),
    st.sampled_from(["", "result", "reflection", "own action", "what-if"]),
)
DISCUSSIONS = st.lists(LEARNER | TOOL, min_size=1, max_size=14)


def eligible(turns):
    """The rule, told a second time: numbers and texts of the learner turns that nothing keeps out."""
    found, before = [], None
    for number, turn in enumerate(turns, start=1):
        if turn.kind == "safeguard":
            return found[:-1] if found and found[-1][0] == number - 1 else found
        if turn.speaker == "tool":
            before = turn
            continue
        signals = turn.marks[0].mark.signals
        what_if = before is not None and before.target == "what-if"
        is_opinion = before is not None and before.target == "reflection"
        imagined = what_if or (signals.hypothetical and not signals.real_event and not is_opinion)
        aside = before is not None and before.kind in ("plan", "recap")
        if (
            turn.text.strip()
            and turn.wish == "answer"
            and not (imagined or aside or asks_back(turn.text) or points_back(turn.text))
        ):
            found.append((number, turn.text))
    return found


@settings(max_examples=80, deadline=None)
@given(turns=DISCUSSIONS, model=st.sampled_from(list(MODELS)))
def test_a_draft_is_every_eligible_message_once_word_for_word(turns, model):
    expected = eligible(turns)
    try:
        draft = reflective_draft(log(turns), model)
    except NothingToDraftError:
        assert not expected
        return
    assert sorted((m.turn, m.text) for m in draft.messages) == expected
    assert {entry.turn for entry in draft.left_out}.isdisjoint(m.turn for m in draft.messages)


@settings(max_examples=40, deadline=None)
@given(turns=DISCUSSIONS)
def test_events_are_ordered_by_stated_time_and_messages_of_a_prompt_by_turn(turns):
    try:
        draft = reflective_draft(log(turns))
    except NothingToDraftError:
        return
    days = [event.time.first if event.time else date.max for event in draft.events]
    assert days == sorted(days)
    assert [event.number for event in draft.events] == list(range(1, len(days) + 1))
    for event in draft.events:
        for part in event.parts:
            assert [m.turn for m in part.messages] == sorted(m.turn for m in part.messages)


@settings(max_examples=25, deadline=None)
@given(turns=DISCUSSIONS)
def test_on_the_page_only_marked_spans_hold_learner_words_and_all_of_them(turns):
    try:
        draft = reflective_draft(log(turns))
    except NothingToDraftError:
        return
    page = html.document_fromstring(as_html(draft))
    shown = [node.text_content() for node in page.xpath("//*[@data-words='learner']")]
    assert shown == [markup_safe(m.text) for m in draft.messages]

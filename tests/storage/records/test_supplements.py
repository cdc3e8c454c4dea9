"""What a learner adds for a draft: each message once, whole, under the event and prompt that it was asked for."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.storage.records.account_messages import HYPOTHETICAL, asks_back, left_out, points_back, reply_of
from talkthrough.storage.records.draft import NothingToDraftError, reflective_draft
from talkthrough.storage.records.draft_questions import gaps_of, questions_of
from talkthrough.storage.records.model import DiscussionLog, LoggedTurn, ReflectiveDraft
from talkthrough.storage.records.reflection_models import MODELS, ModelName
from talkthrough.storage.records.supplements import with_supplements
from tests.storage.records.examples import asked, log, said

LOG = log()
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    # questions back, "i told you" and a bare yes or no are no answers
    lambda text: text.strip() and not (asks_back(text) or points_back(text) or reply_of(text))
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
    told = log([asked("What did you do?", "open", target="own action"), said("I moved it as it was slow", reason=True)])
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


CALL_BELL = "If the call bell rings I go straight to the resident and I sit down with them"
RINGING = log([asked("Tell me?", "open"), said(CALL_BELL, hypothetical=True, real_event=True), said("I wrote it down")])
WOULD_RING = log([asked("Tell me?", "open"), said("I would ring them", hypothetical=True), said("I wrote it down")])
NOT_YET = "no it did not happen yet"


def after(told: DiscussionLog, flag: str, answer: str, struck_out: tuple[int, ...] = ()) -> ReflectiveDraft:
    return reflective_draft(with_supplements(told, [added([("", flag, answer)])]), struck_out=struck_out)


def texts(draft: ReflectiveDraft) -> list[str]:
    return sorted(message.text for message in draft.messages)


@pytest.mark.parametrize(
    "answer", [NOT_YET, "No.", "nope", "not yet", "it didnt happen", "NO IT HASN'T", "Yes", "yeah"]
)
@pytest.mark.parametrize("flag", ["happened:2", "replaces:2", "event:2"])
def test_a_bare_yes_or_no_replaces_nothing_and_is_no_part_of_the_account(flag: str, answer: str) -> None:
    draft = after(RINGING, flag, answer)
    assert texts(draft) == ["I wrote it down", CALL_BELL]
    assert {entry.turn: entry.reason for entry in draft.left_out} == {5: "only says yes or no"}


def test_after_a_no_the_message_is_left_out_as_a_hypothetical_until_it_is_put_back() -> None:
    out = after(RINGING, "happened:2", NOT_YET, struck_out=(2,))
    assert texts(out) == ["I wrote it down"]
    assert {entry.turn: entry.reason for entry in out.left_out}[2] == HYPOTHETICAL
    assert questions_of(out) == ()
    assert texts(after(WOULD_RING, "happened:2", "no", struck_out=())) == ["I would ring them", "I wrote it down"]


def test_a_plain_yes_brings_the_message_in_word_for_word_and_it_is_not_asked_about_again() -> None:
    assert texts(reflective_draft(WOULD_RING)) == ["I wrote it down"]
    draft = after(WOULD_RING, "happened:2", "yes it did")
    assert texts(draft) == ["I would ring them", "I wrote it down"]
    assert questions_of(draft) == ()


@pytest.mark.parametrize("told", [RINGING, WOULD_RING])
def test_a_telling_after_yes_stands_beside_the_message_in_its_event(told: DiscussionLog) -> None:
    telling = "yes, last Tuesday I ran to room 4"
    draft = after(told, "happened:2", telling)
    assert texts(draft) == sorted([told.turns[1].text or "", "I wrote it down", telling])
    (event,) = draft.events
    assert event.time is not None
    assert event.time.words == "last Tuesday"
    assert questions_of(draft) == ()


def test_a_telling_without_a_yes_leaves_what_could_happen_out_and_a_kept_message_in() -> None:
    telling = "Last Tuesday I rang them and they came"
    assert texts(after(WOULD_RING, "happened:2", telling)) == sorted([telling, "I wrote it down"])
    assert texts(after(RINGING, "happened:2", telling)) == sorted([CALL_BELL, telling, "I wrote it down"])


@pytest.mark.parametrize("answer", ["i told you", "I said that already", "but i already told you that", "wat you mean"])
@pytest.mark.parametrize("flag", ["happened:2", "replaces:2", "event:2"])
def test_pointing_back_and_asking_back_replace_nothing_and_are_no_part(flag: str, answer: str) -> None:
    assert texts(after(RINGING, flag, answer)) == ["I wrote it down", CALL_BELL]


REPLIES = st.sampled_from(["no", NOT_YET, "yes", "i told you", "which one?", "yes, last Tuesday I ran", "I ran there"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["happened:2", "happened:3", "event:3"]), REPLIES | WORDS), max_size=4),
    st.sets(st.sampled_from([2, 3])),
)
def test_whatever_the_checks_are_answered_every_message_stands_once_or_is_listed(
    answers: list[tuple[str, str]], struck_out: set[int]
) -> None:
    whole = with_supplements(RINGING, [added([("", flag, text) for flag, text in answers])])
    own = {turn.number: turn.text for turn in whole.turns if turn.speaker == "learner"}
    out = {entry.turn for entry in left_out(whole.turns, struck_out)}
    try:
        stands = [(message.turn, message.text) for message in reflective_draft(whole, struck_out=struck_out).messages]
    except NothingToDraftError:
        stands = []
    assert sorted(stands) == sorted((number, text) for number, text in own.items() if number not in out)
    assert out & {2, 3} <= struck_out

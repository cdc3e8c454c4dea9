"""The reflective-account draft: the learner's own messages, whole, ordered by event (assessment-practice.md D1-D14)."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from talkthrough.errors import UserError
from talkthrough.storage.records.account_messages import left_out, silent_turns
from talkthrough.storage.records.draft_questions import DATE_GAP, checks_of
from talkthrough.storage.records.model import (
    DiscussionLog,
    DraftCheck,
    DraftEvent,
    DraftMessage,
    DraftPart,
    LoggedTurn,
    ReflectiveDraft,
)
from talkthrough.storage.records.reflection_models import MODELS, ModelName, Prompt, aspects_seen
from talkthrough.storage.records.told_events import Said, ToldEvent, told_events


class NothingToDraftError(UserError):
    """There is no message that a draft could hold; the message says what to do."""


def reflective_draft(
    log: DiscussionLog,
    model: ModelName = "What / So what / Now what",
    struck_out: Collection[int] = (),
    *,
    confirmed: str | None = None,
) -> ReflectiveDraft:
    """A draft of every eligible learner message of a discussion, each once, under the prompts of the chosen model.

    `struck_out`: turn numbers that the learner takes out. `confirmed`: how and when the learner confirmed this draft.
    NothingToDraftError where no message is left. Titled "Discussion practice notes" where the outcome does not list
    reflective accounts (D10).
    """
    out = left_out(log.turns, struck_out)
    told = told_events(log, {entry.turn for entry in out}, silent_turns(log.turns))
    if not told:
        raise NothingToDraftError(
            "There is nothing to put in a draft yet. Hold a discussion about something you did, then try again."
        )
    events = tuple(_event(number, event, MODELS[model]) for number, event in enumerate(told, start=1))
    checks = tuple(checks_of(log.turns, told, events, out))
    return ReflectiveDraft(
        discussion=log.discussion,
        title="Reflective account - draft" if log.is_reflective_account_listed else "Discussion practice notes",
        model=model,
        cover=log.cover,
        criteria=log.criteria,
        events=events,
        checks=checks,
        left_out=out,
        evidence=log.evidence,
        disclosure=log.disclosure,
        learner_words=sum(len((said.turn.text or "").split()) for event in told for said in event.said),
        tool_words=sum(len(text.split()) for text in _tool_texts(events, checks)),
        confirmed=confirmed,
        export=log.export,
        head=log.integrity.head,
        key_id=log.integrity.key_id,
    )


def _event(number: int, event: ToldEvent, prompts: Sequence[Prompt]) -> DraftEvent:
    return DraftEvent(
        number=number,
        time=event.time,
        gap=None if event.time else DATE_GAP,
        parts=tuple(_part(prompt, event.said) for prompt in prompts),
    )


def _part(prompt: Prompt, said: Sequence[Said]) -> DraftPart:
    messages = tuple(_message(entry.turn) for entry in said if entry.aspect in prompt.aspects)
    if messages:
        return DraftPart(prompt.text, messages, None)
    said_in = tuple(entry.turn.number for entry in said if prompt.aspects & aspects_seen(entry.turn.signals))
    return DraftPart(prompt.text, (), None if said_in else prompt.gap, said_in)


def _message(turn: LoggedTurn) -> DraftMessage:
    return DraftMessage(turn.number, turn.local_time, turn.text or "", turn.references, turn.notes)


def _tool_texts(events: Iterable[DraftEvent], checks: Iterable[DraftCheck]) -> Iterator[str]:
    """The tool's words inside the account: prompts, gaps and checks."""
    for event in events:
        yield event.gap or ""
        yield from (f"{part.prompt} {part.gap or ''}" for part in event.parts)
    yield from (check.question for check in checks)

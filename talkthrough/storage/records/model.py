"""The records as data: what a discussion log and a reflective-account draft hold, whatever they are printed as.

Fields follow assessment-practice.md section 5.4. Learner words are kept character for character in `text` fields;
every other sentence is the tool's or the published document's.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from talkthrough.storage.records.event_dates import StatedTime

BANNER = "PRACTICE - NOT ASSESSED"
LOG_SCHEMA = "talkthrough/discussion-log/1"
DRAFT_SCHEMA = "talkthrough/reflective-draft/1"

ClaimedBy = Literal["learner", "tutor", "tool"]
StandingWords = Literal["mentioned", "asked and answered", "not yet mentioned"]


@dataclass(frozen=True, slots=True)
class LogDetails:
    """What a record prints beside the discussion itself; None where the centre has not set it."""

    learner_reference: str | None = None
    centre: str | None = None
    programme: str | None = None
    document_name: str | None = None
    document_version: str | None = None
    present: str | None = None
    prepared_by: str = "the learner"
    agreed_at: datetime | None = None
    bank_version: str | None = None
    tool_version: str = "Talkthrough"
    next_steps: tuple[str, ...] = ()
    released_at: datetime | None = None
    retain_until: date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose discussion, on what, when and how it was held. Times are local, with their zone."""

    learner_name: str
    learner_reference: str | None
    centre: str | None
    programme: str | None
    unit_label: str
    unit_title: str
    unit_reference: str | None
    level: str | None
    awarding_body: str | None
    issuer: str | None
    document: str
    document_status: str
    outcome_number: str
    outcome_text: str
    local_date: str
    started: str
    ended: str
    time_zone: str
    mode: str
    channel: str
    present: str


@dataclass(frozen=True, slots=True)
class PlanningSheet:
    """What was agreed before the first question (section 1.2)."""

    purpose: str
    minutes: int
    agreed: str
    prepared_by: str
    materials: tuple[str, ...]
    adjustments: tuple[str, ...]
    listing: tuple[str, ...]
    consent: str


@dataclass(frozen=True, slots=True)
class CriterionReference:
    """A criterion in the margin of a turn, and who put it there."""

    number: str
    by: ClaimedBy


@dataclass(frozen=True, slots=True)
class LoggedTurn:
    """One message. `text`, `salt` and `facts` are None where it was erased or is kept out of files.

    `facts` are what the hash covers beside the text; `notes` are flags in words; `signals` name what the marker saw.
    """

    number: int
    speaker: str
    at: datetime
    local_time: str
    text: str | None
    salt: str | None
    facts: dict[str, Any] | None
    text_hash: str
    previous_hash: str
    hash: str
    references: tuple[CriterionReference, ...] = ()
    notes: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnReference:
    """Where to look: a turn and its local time."""

    number: int
    local_time: str
    by: tuple[ClaimedBy, ...]


@dataclass(frozen=True, slots=True)
class SaidPoint:
    """Something that a criterion asks for, and the turns that say it or answer to it."""

    text: str
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CriterionIndex:
    """One criterion as published, and where it was spoken about. Never a verdict.

    `answered`: what was asked for and answered in words that the tool does not know; `replies`: turns that answer a
    question about the criterion, and that the tool could credit with nothing.
    """

    key: str
    number: str
    text: str
    verb: str
    kind: str
    standing: StandingWords
    mentioned: tuple[SaidPoint, ...]
    not_yet_mentioned: tuple[str, ...]
    answered: tuple[SaidPoint, ...]
    quantity_mentioned: int
    quantity_needed: int | None
    turns: tuple[TurnReference, ...]
    replies: tuple[int, ...]
    source_lines: str
    opening: str | None


@dataclass(frozen=True, slots=True)
class QuestionSource:
    """Where the wording of a tool or tutor question came from, and why it was asked: the rule and its reason."""

    turn: int
    asked: str
    rule: str
    reason: str
    criteria: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class EvidenceLocation:
    """An item of evidence the outcome names; where it is kept is for the learner to say."""

    name: str
    rule: str
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportLine:
    """This file among those of its kind made from the same discussion.

    `released`: when the learner let others read it, None where they have not; `since` names the export before, None
    where this is the first, and `changes` what is different from it.
    """

    number: int
    made: str
    retain_until: str
    released: str | None = None
    since: str | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Integrity:
    """The signed head of the chain (see `storage/audit.py`). `plan` is the agreed plan as it was stored."""

    turns: int
    head: str | None
    signature: str | None
    key_id: str | None
    closed_at: datetime | None
    plan: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature over the whole record, made when it is exported."""

    key_id: str
    public_key: str
    signature: str


@dataclass(frozen=True, slots=True)
class DiscussionLog:
    """A finished discussion, ready to be printed in any format."""

    discussion: int
    cover: Cover
    planning: PlanningSheet
    criteria: tuple[CriterionIndex, ...]
    turns: tuple[LoggedTurn, ...]
    sources: tuple[QuestionSource, ...]
    evidence: tuple[EvidenceLocation, ...]
    requirements: tuple[str, ...]
    self_rating: str | None
    next_steps: tuple[str, ...]
    disclosure: tuple[str, ...]
    learner_words: int
    tool_words: int
    export: ExportLine
    integrity: Integrity
    is_reflective_account_listed: bool
    seal: Seal | None = None
    schema: str = LOG_SCHEMA
    banner: str = BANNER


@dataclass(frozen=True, slots=True)
class DraftMessage:
    """A whole learner message as it stands in a draft."""

    turn: int
    local_time: str
    text: str
    references: tuple[CriterionReference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A prompt of the chosen model and the learner's messages under it.

    Where there is none: `said_in` names messages under other prompts that speak to it too, else `gap` says what is
    missing.
    """

    prompt: str
    messages: tuple[DraftMessage, ...]
    gap: str | None
    said_in: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftEvent:
    """One event. `time`: when it was, as precisely as the learner said it; None where it was not said."""

    number: int
    time: StatedTime | None
    gap: str | None
    parts: tuple[DraftPart, ...]

    @property
    def turns(self) -> tuple[int, ...]:
        """The numbers of its messages, in the order in which they were sent."""
        return tuple(sorted(message.turn for part in self.parts for message in part.messages))


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A question to the learner about a message or an event of theirs. It asks and never edits (rule D5)."""

    turn: int | None
    question: str
    event: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A learner message that is not in the draft, and why."""

    turn: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReflectiveDraft:
    """Only the learner's own messages, whole, under prompts that are the tool's (rules D1-D14)."""

    discussion: int
    title: str
    model: str
    cover: Cover
    criteria: tuple[CriterionIndex, ...]
    events: tuple[DraftEvent, ...]
    checks: tuple[DraftCheck, ...]
    left_out: tuple[LeftOut, ...]
    evidence: tuple[EvidenceLocation, ...]
    disclosure: tuple[str, ...]
    learner_words: int
    tool_words: int
    confirmed: str | None
    export: ExportLine
    head: str | None
    key_id: str | None
    schema: str = DRAFT_SCHEMA
    banner: str = BANNER

    @property
    def messages(self) -> tuple[DraftMessage, ...]:
        """The messages in the order in which they are printed."""
        return tuple(message for event in self.events for part in event.parts for message in part.messages)

    @property
    def gaps(self) -> tuple[str, ...]:
        """What has not been said yet."""
        gaps = [gap for event in self.events for gap in (event.gap, *(part.gap for part in event.parts))]
        return tuple(gap for gap in gaps if gap)


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file ready to be handed out, with the words that stand under it in a chat."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    caption: str = ""


Record = DiscussionLog | ReflectiveDraft

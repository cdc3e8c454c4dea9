"""A mock professional discussion as data: the plan, the turns so far, and the next move with its reason."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.model import Mark
from talkthrough.question_bank.specification import CriterionKind

Mode = Literal["practice", "mock"]
Speaker = Literal["learner", "tool", "tutor"]
MoveKind = Literal["plan", "open", "probe", "acknowledge", "ask again", "hint", "recap", "close", "safeguard"]
Wish = Literal["answer", "skip", "pause", "stop", "rephrase", "nothing to add", "hint", "said already", "continue"]


@dataclass(frozen=True, slots=True)
class PlannedCriterion:
    """A criterion as published, and what a full answer would mention.

    `openings`: open questions in ordinary words that leak no listed answer; first one asked, the others are
    other ways to say it. `expected_points` include the slots that the verb asks for (is_published False).
    `topic`: what the criterion is about in a few published words, for a probe that is put again; empty where those
    words would name a listed answer. `counted`: what a quantity counts, in the criterion's own word ("methods");
    empty where it has none. `parts`: the points printed below it, which its sentence goes on with.
    """

    key: str
    number: str
    text: str
    verb: str
    kind: CriterionKind
    openings: tuple[str, ...]
    expected_points: tuple[ExpectedPoint, ...] = ()
    quantity: int | None = None
    all_required: bool = False
    is_open: bool = False
    counted: str = ""
    topic: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The planning sheet (assessment-practice.md section 1.2): agreed before the first question is asked.

    `has_larger_steps`: the learner asked for fewer and bigger questions. `has_transcriber`: a tool writes down voice
    messages, for the learner to check.
    """

    unit_key: str
    unit_label: str
    unit_title: str
    outcome_number: str
    outcome_text: str
    criteria: tuple[PlannedCriterion, ...]
    mode: Mode = "practice"
    purpose: str = "Practice for a professional discussion"
    minutes: int = 20
    max_learner_turns: int = 24
    clusters: tuple[tuple[str, ...], ...] = ()
    evidence_methods: tuple[str, ...] = ()
    workplace_held: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    is_discussion_listed: bool = False
    is_reflective_account_listed: bool = False
    materials: tuple[str, ...] = ()
    adjustments: tuple[str, ...] = ()
    extra_time: float = 1.0
    has_larger_steps: bool = False
    has_transcriber: bool = False
    has_safeguarding_contact: bool = False


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """What one learner turn showed for one criterion, asked for or not.

    `is_about`: whether its words speak about the criterion; else they only reply to a question about it.
    """

    criterion_key: str
    mark: Mark
    is_about: bool = True


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the transcript, verbatim. Tool turns carry the move that made them.

    `wish` is what a learner turn asks for ("skip", "pause" ...); a plain answer is "answer".
    """

    number: int
    speaker: Speaker
    text: str
    at: datetime
    criterion_keys: tuple[str, ...] = ()
    kind: MoveKind | None = None
    rule: str = ""
    target: str = ""
    wish: Wish = "answer"
    marks: tuple[CriterionMark, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """The examiner's next move. `rule` is its stable reason id, `reason` the same in words.

    `target` names what the probe is after ("quantity", "judgement", "own action", "evidence" ...).
    `text` holds at most one question mark and never a listed answer.
    """

    kind: MoveKind
    text: str
    criterion_keys: tuple[str, ...] = ()
    rule: str = ""
    reason: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one criterion stands after the turns so far: mentioned / not yet mentioned, never a verdict.

    `answered`: what a probe asked for and the learner answered at length in words that the marker did not recognise,
    so that nobody can say that it was not mentioned. `turn_numbers`: the turns that speak about the criterion;
    `reply_numbers`: those that only reply to a question about it.
    """

    criterion_key: str
    mentioned: tuple[str, ...] = ()
    not_yet_mentioned: tuple[str, ...] = ()
    quantity_mentioned: int = 0
    quantity_needed: int | None = None
    signals: tuple[str, ...] = ()
    turn_numbers: tuple[int, ...] = ()
    others: tuple[str, ...] = field(default_factory=tuple)
    answered: tuple[str, ...] = ()
    reply_numbers: tuple[int, ...] = ()

"""A question and what a good answer mentions. Made by item models from a criterion and its guidance."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from talkthrough.question_bank.specification import SourceSpan


class QuestionKind(StrEnum):
    """How the question is asked; `is_tapped` kinds have options, the others are answered in words."""

    RECALL_LIST = "recall list"
    CHOICE = "choice"
    DEFINITION = "definition"
    REVERSE_DEFINITION = "reverse definition"
    SEQUENCE = "sequence"
    APPLICATION = "application"
    EVIDENCE = "evidence"
    REQUIREMENT = "requirement"
    VERB_DRILL = "verb drill"
    SHORT_ANSWER = "short answer"
    WORKPLACE = "workplace"


class Demand(IntEnum):
    """Cognitive demand, from naming to judging (assessment-practice.md section 3.1, ranking for hints)."""

    RECALL = 1
    DESCRIBE = 2
    EXPLAIN = 3
    ANALYSE = 4
    JUDGE = 5


@dataclass(frozen=True, slots=True)
class ExpectedPoint:
    """One thing a full answer mentions.

    `key` is permanent (criterion key + role). `is_published` is False for slots that the command verb asks for
    (strength, judgement ...): they are looked for and fed back, but are not on the document's list.
    """

    key: str
    text: str
    span: SourceSpan | None = None
    is_published: bool = True
    children: tuple[str, ...] = ()
    slot: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a tapped question. A wrong one says by which span of the document it is wrong."""

    text: str
    is_key: bool = False
    why: str = ""
    span: SourceSpan | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """`key` = criterion key + role, never wording, so that edited wording keeps learners' schedules.

    `quantity`: how many expected points the question asks for (None: no number is asked for).
    `all_required`: every expected point is needed. `is_open`: an unlisted answer is never wrong.
    `supports`: what answering it helps with, in words shown to the learner ("support only: AC 1.2 asks you to assess").
    `is_thin`: the document gives no material beyond the criterion itself.
    `source`: the lines of the document it rests on.
    `feedback_for`: slots that `feedback` warns about, so that it is said only where one of them is missing; empty where
    it is always true.
    """

    key: str
    kind: QuestionKind
    stem: str
    criterion_key: str
    criterion_number: str
    source: SourceSpan
    demand: Demand
    expected_points: tuple[ExpectedPoint, ...] = ()
    options: tuple[Option, ...] = ()
    quantity: int | None = None
    all_required: bool = False
    is_open: bool = False
    supports: str = ""
    feedback: str = ""
    feedback_for: tuple[str, ...] = ()
    is_thin: bool = False

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered by choosing an option."""
        return bool(self.options)

    @property
    def card_keys(self) -> tuple[str, ...]:
        """The learner's memory is kept per published point, or per question where it has no separable points."""
        published = tuple(point.key for point in self.expected_points if point.is_published)
        return published if published and not self.is_tapped else (self.key,)

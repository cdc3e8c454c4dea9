"""What a review looks at, and what it reports."""

import re
from dataclasses import dataclass
from functools import cached_property

from talkthrough.question_bank.items.question import Option, Question, QuestionKind
from talkthrough.question_bank.items.words import words
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, Unit

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Flaw:
    """`rule` is a stable id ("second-true-option"); `reason` says in a sentence what is wrong with this item."""

    rule: str
    reason: str


@dataclass(frozen=True)
class Reviewed:
    """One item with what it is held against."""

    question: Question
    unit: Unit
    units: tuple[Unit, ...]

    @cached_property
    def key(self) -> Option | None:
        """The right option of a tapped item."""
        return next((option for option in self.question.options if option.is_key), None)

    @cached_property
    def wrong(self) -> tuple[Option, ...]:
        """The wrong options."""
        return tuple(option for option in self.question.options if not option.is_key)

    @cached_property
    def own_stem(self) -> str:
        """The stem without what it quotes from the document or from a learner's mouth."""
        return QUOTED.sub("“”", self.question.stem)

    @cached_property
    def asking(self) -> str:
        """The sentence that asks, in the item's own words."""
        parts = re.split(r"(?<=[.!?…:])\s+", self.own_stem.strip())
        return next((part for part in parts if part.endswith("?")), parts[-1])

    @cached_property
    def outcome(self) -> LearningOutcome | None:
        """The outcome of the item's criterion."""
        held = self.question.criterion_key
        return next(
            (one for one in self.unit.outcomes if any(criterion.key == held for criterion in one.criteria)), None
        )

    @cached_property
    def criterion(self) -> AssessmentCriterion | None:
        """The item's criterion, or None where the unit has none of that key."""
        held = self.question.criterion_key
        return next((one for one in self.unit.criteria if one.key == held), None)

    def is_kind(self, *kinds: QuestionKind) -> bool:
        """Whether the item is of one of these kinds."""
        return self.question.kind in kinds


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of `phrase` stand in `text` in this order and side by side."""
    wanted, held = words(phrase), words(text)
    return bool(wanted) and any(
        held[start : start + len(wanted)] == wanted for start in range(len(held) - len(wanted) + 1)
    )

"""What every item model starts from: one criterion in its unit, and how its questions are keyed and labelled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from talkthrough.question_bank.command_verbs import CommandVerb, verb_at_start, verb_of
from talkthrough.question_bank.items.lists import Listed, is_definition, lists_of_criterion, lists_of_unit
from talkthrough.question_bank.items.options import options
from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Option, Question, QuestionKind
from talkthrough.question_bank.items.topics import several_things
from talkthrough.question_bank.items.wording import OPTION_LIMIT, label, sentences
from talkthrough.question_bank.items.words import same_thing
from talkthrough.question_bank.specification import AssessmentCriterion, Guidance, LearningOutcome, SourceSpan, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """One criterion, its outcome and unit."""

    criterion: AssessmentCriterion
    outcome: LearningOutcome
    unit: Unit

    @property
    def verb(self) -> CommandVerb:
        """The command verb that answers are held against."""
        return verb_of(self.criterion)

    @property
    def label(self) -> str:
        """What a learner finds in the document: "AC 1.2"."""
        return label(self.criterion)

    @property
    def lists(self) -> tuple[Listed, ...]:
        """What may be asked from."""
        return lists_of_criterion(self.criterion, self.unit)

    @property
    def other_lists(self) -> tuple[Listed, ...]:
        """Lists of the unit that stand elsewhere: guidance first, of the same outcome first."""
        own = {(one.span, one.term) for one in self.lists}
        near = {criterion.key for criterion in self.outcome.criteria}
        others = (one for one in lists_of_unit(self.unit) if (one.span, one.term) not in own)
        return tuple(sorted(others, key=lambda one: (one.origin != "guidance", one.owner not in near)))

    def has_asked(self, listed: Listed) -> bool:
        """Whether an earlier criterion of the unit has the same list, so that tapped questions on it are made there."""
        for criterion in self.unit.criteria:
            if criterion.key == self.criterion.key:
                return False
            if any(other.texts == listed.texts for other in lists_of_criterion(criterion, self.unit)):
                return True
        return False

    @property
    def definitions(self) -> tuple[Guidance, ...]:
        """Terms that the guidance defines for this criterion."""
        return tuple(one for one in self.criterion.guidance if is_definition(one) and not one.display_only)

    @property
    def is_thin(self) -> bool:
        """Whether the document gives nothing beyond the criterion itself."""
        asked = any(not guidance.display_only for guidance in self.criterion.guidance)
        return not (asked or self.lists or self.criterion.required_items or self.criterion.requirements)

    @property
    def several(self) -> str:
        """The plural that the criterion is about, as printed ("methods"), or ""."""
        return several_things(self.criterion.text, verb_at_start(self.criterion.text).split(" ")[0])

    @property
    def support(self) -> str:
        """Recall supports a criterion that asks for more (Q2); the words are shown to the learner."""
        if self.criterion.kind == "competence-doing":
            return f"Support only: {self.label} asks you to do this in real work."
        if self.verb.demand is Demand.RECALL or self.verb.name in ("define", "understand"):
            return f"Supports {self.label}."
        return f"Support only: {self.label} asks you to {self.verb.name.split()[0]}."

    @property
    def next_step(self) -> str:
        """What a learner does after a support question."""
        return f"Next, {self.verb.next_step}."

    def question(  # one place where every question gets its identity
        self,
        role: str,
        kind: QuestionKind,
        stem: str,
        demand: Demand,
        *,
        source: SourceSpan | None = None,
        expected_points: tuple[ExpectedPoint, ...] = (),
        **more: Any,
    ) -> Question:
        """A question of this criterion: identity from criterion and role, never from wording."""
        defaults: dict[str, Any] = {"supports": self.support, "is_thin": self.is_thin}
        return Question(
            key=self.key(role),
            kind=kind,
            stem=stem,
            criterion_key=self.criterion.key,
            criterion_number=self.criterion.number,
            source=source or self.criterion.span,
            demand=demand,
            expected_points=expected_points,
            **(defaults | more),
        )

    def tapped(
        self,
        role: str,
        kind: QuestionKind,
        stem: str,
        key: Option,
        wrong: Iterable[Option],
        *,
        demand: Demand = Demand.RECALL,
        neighbours: tuple[Option, ...] = (),
        is_same: Callable[[str, str], bool] = same_thing,
        **more: Any,
    ) -> list[Question]:
        """A question answered by choosing, or none where too few wrong options are safe (see `options.options`)."""
        chosen = options(self.key(role), key, wrong, neighbours=neighbours, is_same=is_same)
        if chosen is None or len(key.text) > OPTION_LIMIT:
            return []
        defaults: dict[str, Any] = {"source": key.span, "feedback": sentences(key.why, self.next_step)}
        return [self.question(role, kind, stem, demand, options=chosen, **(defaults | more))]

    def key(self, role: str) -> str:
        """Identity of the question with this role."""
        return f"{self.criterion.key}:{role}"


def drafts(unit: Unit) -> tuple[Draft, ...]:
    """All criteria of the unit, in printed order."""
    return tuple(Draft(criterion, outcome, unit) for outcome in unit.outcomes for criterion in outcome.criteria)

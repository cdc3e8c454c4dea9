"""The planning sheet: what is discussed, why, for how long and with what at hand, agreed before the first question."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from talkthrough.question_bank.command_verbs import rubric, verb_of
from talkthrough.question_bank.discussion.model import Mode, Plan, PlannedCriterion
from talkthrough.question_bank.discussion.openings import openings_for, topic_of, wording_key, written_clusters
from talkthrough.question_bank.discussion.words import word_set
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.specification import AssessmentCriterion, EvidenceMethod, LearningOutcome, Unit

LARGER_STEPS = "Larger steps: fewer questions, each about more"
VOICE_AS_SOUND = "They are kept as sound only. Type your words as well."
VOICE_WRITTEN = "A tool writes down what it hears. It counts as your words only when you say that it is right."
_LARGEST_CLUSTER = 3
_ALIKE = 0.5
_SHARED_WORDS = 3
_COUNTED = re.compile(
    r"\b(methods|techniques|sources|ways|types|kinds|roles|resources|strategies|factors|skills|features|components|"
    r"risks|targets|requirements|practices|theories|models|options|improvements|criteria|tools)\b",
    re.IGNORECASE,
)
_NO_PRODUCT = re.compile(r"observation|testimony|questioning|discussion|account|statement", re.IGNORECASE)
_SMALL_WORDS = word_set(
    """
    a an and are at be by customer different for from how in is it its of on or range service that the their to use used
    which with
    """
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One heading of the planning sheet. `is_published`: the lines are the document's words, not the tool's."""

    heading: str
    lines: tuple[str, ...]
    is_published: bool = False


def plan_discussion(
    unit: Unit,
    outcome_number: str,
    *,
    criterion_keys: Collection[str] | None = None,
    mode: Mode = "practice",
    points: Callable[[AssessmentCriterion, Unit], tuple[ExpectedPoint, ...]],
    minutes: int = 20,
    extra_time: float = 1.0,
    has_larger_steps: bool = False,
    has_safeguarding_contact: bool = False,
) -> Plan:
    """The plan for one outcome, or for chosen criteria of it, in printed order.

    `points` gives a criterion's expected points. `has_larger_steps`: fewer and bigger questions.
    `has_safeguarding_contact`: whether anybody looks after the learner who can be told or spoken to when a discussion
    is stopped. Raises ValueError, in words for the user, when the unit has no such outcome or the outcome no such
    criterion.
    """
    outcome = _outcome(unit, outcome_number)
    chosen = _chosen(outcome, criterion_keys)
    planned = _without_leaks(tuple(_planned(criterion, outcome, points(criterion, unit)) for criterion in chosen))
    methods = outcome.evidence_methods or unit.evidence_methods
    clusters = _clusters(chosen, unit, outcome)
    return Plan(
        unit_key=unit.key,
        unit_label=unit.label,
        unit_title=unit.title,
        outcome_number=outcome.number,
        outcome_text=outcome.text,
        criteria=planned,
        mode=mode,
        minutes=minutes,
        clusters=_joined(clusters, chosen) if has_larger_steps else clusters,
        evidence_methods=tuple(method.name for method in methods),
        workplace_held=tuple(method.name for method in methods if method.workplace_held),
        requirements=tuple(dict.fromkeys(_requirements(unit, outcome, chosen))),
        is_discussion_listed=_is_listed(methods, "professional discussion"),
        is_reflective_account_listed=_is_listed(methods, "reflective account"),
        materials=_materials(methods),
        adjustments=(
            *((extra_time_line(extra_time),) if extra_time > 1 else ()),
            *((LARGER_STEPS,) if has_larger_steps else ()),
        ),
        extra_time=extra_time,
        has_larger_steps=has_larger_steps,
        has_safeguarding_contact=has_safeguarding_contact,
    )


def extra_time_line(times: float) -> str:
    """Extra time as the sheet and the log name it."""
    return f"Extra time: {times:g} times the usual length"


def _outcome(unit: Unit, number: str) -> LearningOutcome:
    for outcome in unit.outcomes:
        if outcome.number == number:
            return outcome
    known = ", ".join(outcome.number for outcome in unit.outcomes) or "none"
    raise ValueError(f"{unit.label} has no outcome {number}. Its outcomes are: {known}.")


def _chosen(outcome: LearningOutcome, keys: Collection[str] | None) -> tuple[AssessmentCriterion, ...]:
    chosen = tuple(c for c in outcome.criteria if keys is None or key_of(c) in keys or c.number in keys)
    if not chosen:
        known = ", ".join(criterion.number for criterion in outcome.criteria) or "none"
        raise ValueError(f"Choose at least one criterion of outcome {outcome.number}. Its criteria are: {known}.")
    return chosen


def key_of(criterion: AssessmentCriterion) -> str:
    """The permanent key, or the number where the unit has not been imported yet."""
    return criterion.key or criterion.number


def _planned(
    criterion: AssessmentCriterion, outcome: LearningOutcome, points: tuple[ExpectedPoint, ...]
) -> PlannedCriterion:
    return PlannedCriterion(
        key=key_of(criterion),
        number=criterion.number,
        text=criterion.text,
        verb=verb_of(criterion).name if criterion.kind != "competence-doing" else next(iter(criterion.verbs), ""),
        kind=criterion.kind,
        openings=openings_for(criterion, outcome),
        topic=topic_of(criterion, outcome),
        expected_points=points,
        parts=criterion.sub_points,
        quantity=criterion.required_items,
        all_required=criterion.all_required,
        is_open=any(guidance.is_open for guidance in criterion.guidance if not guidance.display_only),
        counted=_counted(criterion.text) if criterion.required_items and not criterion.all_required else "",
    )


def _without_leaks(planned: tuple[PlannedCriterion, ...]) -> tuple[PlannedCriterion, ...]:
    """The criteria, without topics that would give away what the document lists for any of them."""
    points = (point for criterion in planned for point in criterion.expected_points if point.is_published)
    texts = {text for point in points for text in (point.text, *point.children)}
    listed = {wording_key(part) for text in texts for part in (text, *re.split(r"[-,/]", text))} - {""}
    return tuple(
        replace(criterion, topic="") if any(words in wording_key(criterion.topic) for words in listed) else criterion
        for criterion in planned
    )


def _counted(text: str) -> str:
    match = _COUNTED.search(text)
    return match.group(1).lower() if match else ""


def _requirements(unit: Unit, outcome: LearningOutcome, chosen: tuple[AssessmentCriterion, ...]) -> Iterable[str]:
    for notes in (unit.requirements, outcome.notes, *(criterion.requirements for criterion in chosen)):
        yield from (note.text for note in notes)


def _is_listed(methods: Iterable[EvidenceMethod], name: str) -> bool:
    return any(name in method.name.lower() for method in methods)


def _materials(methods: Iterable[EvidenceMethod]) -> tuple[str, ...]:
    """Work products that are worth having at hand; what is said or seen by others is no product."""
    return tuple(method.name for method in methods if not _NO_PRODUCT.search(method.name))


def _clusters(
    criteria: tuple[AssessmentCriterion, ...], unit: Unit, outcome: LearningOutcome
) -> tuple[tuple[str, ...], ...]:
    """Criteria that belong together, in printed order: every criterion is in one cluster, at most three in each."""
    general = _telling_words(f"{unit.title} {outcome.text}")
    clusters = [[place] for place in range(len(criteria))]
    for first, second in combinations(range(len(criteria)), 2):
        one, other = (next(cluster for cluster in clusters if place in cluster) for place in (first, second))
        is_small = one is not other and len(one) + len(other) <= _LARGEST_CLUSTER
        if is_small and _belong_together(criteria[first], criteria[second], general):
            one.extend(other)
            clusters.remove(other)
    return tuple(tuple(key_of(criteria[place]) for place in sorted(cluster)) for cluster in sorted(clusters, key=min))


def _joined(
    clusters: tuple[tuple[str, ...], ...], criteria: tuple[AssessmentCriterion, ...]
) -> tuple[tuple[str, ...], ...]:
    """Clusters that stand next to each other and are all about doing, or all about knowing, made into larger ones."""
    kinds = {key_of(criterion): criterion.kind for criterion in criteria}
    joined: list[tuple[str, ...]] = []
    for cluster in clusters:
        last = joined[-1] if joined else ()
        is_alike = len({kinds[key] for key in (*last, *cluster)}) == 1
        if last and is_alike and len(last) + len(cluster) <= _LARGEST_CLUSTER:
            joined[-1] = (*last, *cluster)
        else:
            joined.append(cluster)
    return tuple(joined)


def _belong_together(first: AssessmentCriterion, second: AssessmentCriterion, general: frozenset[str]) -> bool:
    keys = {wording_key(first.text), wording_key(second.text)}
    one, other = (_telling_words(criterion.text) - general for criterion in (first, second))
    shared = len(one & other)
    return (
        any(keys <= cluster for cluster in written_clusters())
        or bool(set(first.requirements) & set(second.requirements))
        or bool(_narratives(first) & _narratives(second))
        or (shared >= _SHARED_WORDS and shared >= _ALIKE * min(len(one), len(other)))
    )


def _telling_words(text: str) -> frozenset[str]:
    return frozenset(wording_key(text).split()) - _SMALL_WORDS - rubric().keys()


def _narratives(criterion: AssessmentCriterion) -> set[tuple[int, int]]:
    """Paragraphs of guidance that speak about the criterion ("For assessment criteria 2.3 and 2.4, ...")."""
    return {(g.span.first, g.span.last) for g in criterion.guidance if g.kind == "narrative"}


def planning_sheet(plan: Plan) -> tuple[SheetPart, ...]:
    """The plan as headed lines for a message, a print or a record; what is agreed in person is added by the caller."""
    listed = "is listed" if plan.is_discussion_listed else "is not listed: check with your assessor"
    parts = (
        SheetPart("Purpose", (plan.purpose, "Practice - not assessed")),
        SheetPart("Unit", (f"{plan.unit_label}: {plan.unit_title}",)),
        SheetPart("Outcome", (f"{plan.outcome_number} {plan.outcome_text}",), is_published=True),
        SheetPart("Criteria", tuple(_in_full(criterion) for criterion in plan.criteria), is_published=True),
        SheetPart(
            "Length", (f"About {planned_minutes(plan)} minutes, at most {plan.max_learner_turns} messages from you",)
        ),
        SheetPart("Evidence for this outcome", (f"Professional discussion {listed}.",)),
        SheetPart("Evidence methods in the document", plan.evidence_methods, is_published=True),
        SheetPart("Have at hand", tuple(_material_line(plan, name) for name in plan.materials) or (_NO_MATERIALS,)),
        SheetPart("The unit also asks for", plan.requirements, is_published=True),
        SheetPart("Voice messages", (VOICE_WRITTEN if plan.has_transcriber else VOICE_AS_SOUND,)),
        SheetPart("Adjustments", plan.adjustments or ("None asked for",)),
        SheetPart("Who can read it", ("Nobody else until you release it, unless someone may be at risk of harm.",)),
    )
    return tuple(part for part in parts if part.lines)


def _in_full(criterion: PlannedCriterion) -> str:
    return f"{criterion.number} {criterion.text} {'; '.join(criterion.parts)}".rstrip()


_NO_MATERIALS = "Anything from work that shows what you did, with names taken out"


def _material_line(plan: Plan, name: str) -> str:
    return f"{name} (may stay at work: say where it is kept)" if name in plan.workplace_held else name


def planned_minutes(plan: Plan) -> int:
    """The planned length with the learner's extra time."""
    return round(plan.minutes * plan.extra_time)

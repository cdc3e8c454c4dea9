"""A draft -> the finished unit: unique numbers, kinds, verbs, quantities and linked guidance."""

import re
from collections import Counter
from collections.abc import Sequence

from talkthrough.question_bank.reading import findings as say
from talkthrough.question_bank.reading.drafts import CriterionDraft, OutcomeDraft, UnitDraft
from talkthrough.question_bank.reading.guidance import Term, link_guidance, term
from talkthrough.question_bank.reading.merging import drop_blank_template, merge_repeated_outcomes
from talkthrough.question_bank.reading.wording import (
    asks_for_all,
    command_verbs,
    criterion_kind,
    inline_items,
    outcome_kind,
    required_quantity,
)
from talkthrough.question_bank.specification import (
    AssessmentCriterion,
    CriterionKind,
    Guidance,
    LearningOutcome,
    SourceSpan,
    Status,
    Unit,
)


def finished_unit(draft: UnitDraft) -> Unit:
    """The unit, with numbers made unique, guidance linked and what looks wrong reported in `draft.findings`."""
    drop_blank_template(draft)
    merge_repeated_outcomes(draft)
    links = _linked(draft)
    numbers = _outcome_numbers(draft)
    outcomes, position, taken = [], 0, set[str]()
    for number, outcome in zip(numbers, draft.outcomes, strict=True):
        guidance = [links.get(place, ()) for place in range(position, position + len(outcome.criteria))]
        outcomes.append(_finished_outcome(number, outcome, guidance, taken))
        position += len(outcome.criteria)
    draft.findings.extend(say.stars_differ([outcome.evidence for outcome in draft.outcomes]))
    if not outcomes:
        draft.findings.append(say.blank_unit(draft.first, draft.title))
    reference, level = draft.fields.get("reference"), draft.fields.get("level")
    return Unit(
        title=draft.title or draft.number or reference or "Untitled unit",
        span=SourceSpan(draft.first, draft.last),
        number=draft.number or draft.fields.get("number"),
        reference=reference,
        level=level,
        credit_value=_whole_number(draft.fields.get("credit_value")),
        glh=_whole_number(draft.fields.get("glh")),
        aim=draft.fields.get("aim"),
        awarding_body=draft.fields.get("awarding_body"),
        issuer=draft.fields.get("issuer", "").partition("\n")[0] or None,
        status=_status(draft),
        nos_links=tuple(draft.nos_links),
        evidence_methods=tuple(draft.evidence),
        notes=tuple(draft.notes),
        requirements=tuple(draft.requirements),
        outcomes=tuple(outcomes),
        content_topics=tuple(draft.topics),
        resources=tuple(draft.resources),
    )


def _linked(draft: UnitDraft) -> dict[int, tuple[Guidance, ...]]:
    terms: list[Term] = []
    for outcome_place, outcome in enumerate(draft.outcomes):
        for criterion in outcome.criteria:
            marked = tuple(phrase for phrase in criterion.bold if not re.fullmatch(r"[\W\d]*|.{0,2}\d+", phrase))
            is_term = sum(map(len, marked)) < len(criterion.text) - 2
            terms.append(term(len(terms), outcome_place, criterion.text, marked if is_term else ()))
    by_criterion: dict[int, list[Guidance]] = {place: list(each.guidance) for place, each in enumerate(draft.criteria)}
    for link in link_guidance(terms, draft.blocks):
        by_criterion[link.criterion].append(link.guidance)
    draft.findings.extend(say.unexplained_terms(terms, by_criterion, draft.criteria, has_guidance=bool(draft.blocks)))
    placed = {guidance.span for found in by_criterion.values() for guidance in found}
    draft.findings.extend(say.unplaced([block for _, block in draft.blocks], placed))
    draft.findings.extend(say.odd_lists([block for _, block in draft.blocks]))
    return {place: tuple(found) for place, found in by_criterion.items()}


def _outcome_numbers(draft: UnitDraft) -> list[str]:
    """Printed numbers where they are unique in the unit; else the order (CS 45 prints 1, 2, 1)."""
    printed = [outcome.printed for outcome in draft.outcomes]
    if all(printed) and len(set(printed)) == len(printed):
        return [number or "" for number in printed]
    for place, outcome in enumerate(draft.outcomes, start=1):
        if outcome.printed and Counter(printed[:place])[outcome.printed] > 1:
            draft.findings.append(say.repeated_outcome_number(outcome.span.first, outcome.printed, place))
    return [str(place) for place in range(1, len(printed) + 1)]


def _finished_outcome(
    number: str, draft: OutcomeDraft, guidance: Sequence[tuple[Guidance, ...]], taken: set[str]
) -> LearningOutcome:
    kind = outcome_kind(draft.text, tuple(criterion.text for criterion in draft.criteria))
    if draft.kind_hint in {"knowledge", "competence"}:
        kind = "knowledge" if draft.kind_hint == "knowledge" else "competence"
    printed = [criterion.printed or "" for criterion in draft.criteria]
    is_own = all(printed) and len(set(printed)) == len(printed) and not taken & set(printed) and not _is_local(printed)
    criteria = []
    for place, (criterion, attached) in enumerate(zip(draft.criteria, guidance, strict=True), start=1):
        own_number = printed[place - 1] if is_own else f"{number}.{place}"
        criteria.append(_finished_criterion(own_number, criterion, attached, criterion_kind(kind, criterion.text)))
    taken.update(criterion.number for criterion in criteria)
    return LearningOutcome(
        number, draft.printed, draft.text, kind, draft.span, tuple(criteria), tuple(draft.evidence), tuple(draft.notes)
    )


def _is_local(printed: Sequence[str]) -> bool:
    """Numbers that count within their outcome only ("1", "a") are no numbers of the unit."""
    return any(re.fullmatch(r"\d{1,2}|[a-z]{1,4}", number) for number in printed)


def _finished_criterion(
    number: str, draft: CriterionDraft, guidance: tuple[Guidance, ...], kind: CriterionKind
) -> AssessmentCriterion:
    asked = [each for each in guidance if not each.display_only]
    listed = sum(len(each.items) for each in asked)
    needs_all = any(asks_for_all(each.text or "") for each in asked) or asks_for_all(draft.text)
    quantities = [required_quantity(text) for text in (draft.text, *(each.text or "" for each in asked))]
    quantity = listed if needs_all and listed else next((each for each in quantities if each), None)
    return AssessmentCriterion(
        number=number,
        printed_number=draft.printed,
        text=draft.text,
        kind=kind,
        span=draft.span,
        verbs=command_verbs(draft.text),
        sub_points=tuple(draft.sub_points),
        inline_items=inline_items(draft.text),
        required_items=quantity,
        all_required=needs_all or bool(draft.sub_points),
        guidance=guidance,
        requirements=tuple(draft.requirements),
    )


def _status(draft: UnitDraft) -> Status:
    """A template with its credit value or reference left empty is a draft; a printed reference means published."""
    if draft.blanks & {"credit_value", "reference"} or "draft" in draft.fields.get("status", "").lower():
        return "draft"
    return "published" if draft.fields.get("reference") or draft.fields.get("status") else "unknown"


def _whole_number(text: str | None) -> int | None:
    match = re.match(r"\d{1,4}\b", text.strip()) if text else None
    return int(match.group()) if match else None

"""Outcomes printed more than once, templates left blank, and criteria read under the wrong outcome."""

import re

from talkthrough.question_bank.reading.drafts import OutcomeDraft, UnitDraft
from talkthrough.question_bank.reading.wording import words_alone


def drop_blank_template(draft: UnitDraft) -> None:
    """A unit whose criteria are all numbers without words is a template that nobody filled in (CS 47)."""
    for outcome in draft.outcomes:
        outcome.criteria = [criterion for criterion in outcome.criteria if criterion.text or criterion.sub_points]
    if not draft.criteria and all(_is_bare_stem(outcome.text) for outcome in draft.outcomes):
        draft.outcomes = []


def merge_repeated_outcomes(draft: UnitDraft) -> None:
    """An outcome printed twice (in an overview and above its criteria) is one; criteria go to the outcome of their
    number.
    """
    kept: list[OutcomeDraft] = []
    places: list[int] = []
    for outcome in draft.outcomes:
        place = next((at for at, other in enumerate(kept) if _is_same_outcome(other, outcome)), len(kept))
        if place == len(kept):
            kept.append(outcome)
        else:
            _absorb(kept[place], outcome)
        places.append(place)
    draft.blocks = [(places[outcome] if outcome >= 0 else outcome, block) for outcome, block in draft.blocks]
    draft.outcomes = kept
    _give_criteria_to_their_outcomes(kept)
    first = kept[0] if kept else None
    if first is not None and not (first.text or first.printed or first.criteria):
        kept.remove(first)  # it only held criteria that stood before their outcome
        draft.blocks = [(outcome - 1, block) for outcome, block in draft.blocks]


def _is_same_outcome(first: OutcomeDraft, second: OutcomeDraft) -> bool:
    if first.printed != second.printed:
        return False
    if first.printed is None and first.criteria and second.criteria:
        return False  # "Underpinning knowledge" of the next outcome
    same_words = words_alone(first.text) == words_alone(second.text)
    return same_words or (first.printed is not None and not (first.text and second.text))


def _absorb(first: OutcomeDraft, second: OutcomeDraft) -> None:
    if second.criteria and not first.criteria:
        first.span = second.span
    first.text = first.text or second.text
    first.criteria.extend(second.criteria)
    first.evidence.extend(second.evidence)
    first.notes.extend(second.notes)


def _give_criteria_to_their_outcomes(outcomes: list[OutcomeDraft]) -> None:
    """A criterion 2.1 or 2A.P1 read before its outcome's line (a centred cell, a grid) belongs to outcome 2 or A."""
    printed = [outcome.printed for outcome in outcomes]
    codes = [criterion.printed for outcome in outcomes for criterion in outcome.criteria]
    if len(set(printed)) < len(printed) or len(set(codes)) < len(codes):
        return
    by_number = {outcome.printed: outcome for outcome in outcomes if outcome.printed}
    for outcome in outcomes:
        for criterion in list(outcome.criteria):
            owner = by_number.get(_outcome_named_by(criterion.printed) or "")
            if owner is not None and owner is not outcome:
                outcome.criteria.remove(criterion)
                owner.criteria.append(criterion)
                owner.criteria.sort(key=lambda each: each.span.first)


def _outcome_named_by(code: str | None) -> str | None:
    match = re.match(r"(\d{1,2})\.\d|\d?([A-H])[A-H]*\.[PMD]?\d", code or "")
    return (match.group(1) or match.group(2)) if match else None


def _is_bare_stem(text: str) -> bool:
    return re.fullmatch(r"(?:understand|be able to|know)?\W*(?:how to)?\W*", text, re.IGNORECASE) is not None

"""Two versions of a unit: what changed, and which criteria keep their permanent keys.

Progress follows keys, never printed numbers (architecture.md, Decisions). Matching is by wording first, then by
position.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from talkthrough.question_bank.identity import criterion_key, unit_key, with_first_keys
from talkthrough.question_bank.specification import AssessmentCriterion, Unit

SURE = 0.84  # from here on a changed wording is the same criterion, if its command verb stayed
POSSIBLE = 0.62  # from here on a person is asked
TOO_CLOSE = 0.04  # a second candidate this near makes the match uncertain
SAME_OUTCOME, SAME_PLACE = 0.05, 0.03


@dataclass(frozen=True, slots=True)
class Match:
    """An old criterion and the new one taken for it. `is_sure` is False where the tutor must confirm it."""

    old: AssessmentCriterion
    new: AssessmentCriterion
    is_sure: bool

    @property
    def is_reworded(self) -> bool:
        return _wording(self.old.text) != _wording(self.new.text)

    @property
    def is_renumbered(self) -> bool:
        return self.old.number != self.new.number


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """What a new version changes. `uncertain` pairs are neither added nor removed until the tutor has decided."""

    is_same_unit: bool
    matched: tuple[Match, ...]
    uncertain: tuple[Match, ...]
    added: tuple[AssessmentCriterion, ...]
    removed: tuple[AssessmentCriterion, ...]

    @property
    def reworded(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matched if match.is_reworded)

    @property
    def renumbered(self) -> tuple[Match, ...]:
        return tuple(match for match in self.matched if match.is_renumbered)

    @property
    def has_changes(self) -> bool:
        return bool(self.added or self.removed or self.uncertain or self.reworded or self.renumbered)


@dataclass(frozen=True, slots=True)
class _Placed:
    criterion: AssessmentCriterion
    outcome: int
    position: int


def is_same_unit(old: Unit, new: Unit) -> bool:
    """Whether the new one is a version of the old one.

    A draft and a published unit are the same only by a printed reference: the draft "CS 38" is another unit than the
    published "CS 38" (assessment-practice.md section 4.4).
    """
    if (old.status == "draft") != (new.status == "draft"):
        return old.reference is not None and old.reference == new.reference
    return unit_key(old) == unit_key(new)


def compare(old: Unit, new: Unit) -> VersionChanges:
    """What the new version adds, removes, rewords and renumbers, and what a person must decide."""
    before, after = _placed(old), _placed(new)
    matches = _best_matches(before, after)
    taken_old = {id(match.old) for match in matches}
    taken_new = {id(match.new) for match in matches}
    return VersionChanges(
        is_same_unit=is_same_unit(old, new),
        matched=tuple(match for match in matches if match.is_sure),
        uncertain=tuple(match for match in matches if not match.is_sure),
        added=tuple(each.criterion for each in after if id(each.criterion) not in taken_new),
        removed=tuple(each.criterion for each in before if id(each.criterion) not in taken_old),
    )


def carried_keys(old: Unit, new: Unit, confirmed: Collection[tuple[str, str]] = ()) -> Unit:
    """The new unit with permanent keys: matched criteria keep the old ones, all others get a first key.

    `old` has its keys. `confirmed` holds the uncertain pairs that the tutor accepted, as (old number, new number).
    Another unit's keys are never taken over (see `is_same_unit`).
    """
    if not is_same_unit(old, new):
        return with_first_keys(new)
    fresh = with_first_keys(new, old.key)
    changes = compare(old, new)
    accepted = [match for match in changes.uncertain if (match.old.number, match.new.number) in confirmed]
    carried = {id(match.new): match.old.key for match in (*changes.matched, *accepted)}
    taken = {each.key for each in old.criteria}
    outcomes = []
    for place, (plain, keyed) in enumerate(zip(new.outcomes, fresh.outcomes, strict=True), start=1):
        criteria = tuple(
            replace(with_key, key=carried.get(id(criterion)) or _unused(with_key, taken, old.key, place, position))
            for position, (criterion, with_key) in enumerate(zip(plain.criteria, keyed.criteria, strict=True), start=1)
        )
        outcomes.append(replace(keyed, criteria=criteria))
    return replace(fresh, key=old.key or fresh.key, outcomes=tuple(outcomes))


def _unused(criterion: AssessmentCriterion, taken: Collection[str], unit: str, outcome: int, position: int) -> str:
    """Its first key; another one where an older criterion already stood there with the same words and kept the key."""
    key, attempt = criterion.key, 0
    while key in taken:
        attempt += 1
        key = criterion_key(unit, outcome, position, f"{criterion.text} ({attempt})")
    return key


def _placed(unit: Unit) -> list[_Placed]:
    return [
        _Placed(criterion, outcome, position)
        for outcome, each in enumerate(unit.outcomes)
        for position, criterion in enumerate(each.criteria)
    ]


def _best_matches(before: Sequence[_Placed], after: Sequence[_Placed]) -> list[Match]:
    """Pairs in falling order of likeness; each criterion is used once."""
    scored = sorted(
        ((score, o, n) for o, old in enumerate(before) for n, new in enumerate(after) if (score := _score(old, new))),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    free_old, free_new = set(range(len(before))), set(range(len(after)))
    matches = []
    for score, o, n in scored:
        if o in free_old and n in free_new:
            rivals = [
                other
                for other, old, new in scored
                if (old == o) != (new == n) and (old in free_old and new in free_new)
            ]
            free_old.remove(o)
            free_new.remove(n)
            old, new = before[o].criterion, after[n].criterion
            is_sure = _is_sure(old, new, score, max(rivals, default=0.0))
            matches.append(Match(old, new, is_sure))
    return sorted(matches, key=lambda match: after_position(after, match))


def after_position(after: Sequence[_Placed], match: Match) -> int:
    """Where the new criterion stands in its unit."""
    return next(place for place, each in enumerate(after) if each.criterion is match.new)


def _score(old: _Placed, new: _Placed) -> float:
    """Likeness of wording, with a little for standing in the same place; 0 below `POSSIBLE`."""
    first, second = _wording(old.criterion.text), _wording(new.criterion.text)
    likeness = 1.0 if first == second else max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second)) / 100
    if likeness < POSSIBLE:
        return 0.0
    return likeness + SAME_OUTCOME * (old.outcome == new.outcome) + SAME_PLACE * (old.position == new.position)


def _is_sure(old: AssessmentCriterion, new: AssessmentCriterion, score: float, rival: float) -> bool:
    if _wording(old.text) == _wording(new.text):
        return True
    return score >= SURE and old.verbs[:1] == new.verbs[:1] and score - rival > TOO_CLOSE


def _wording(text: str) -> str:
    """Letters and figures only: capitals, spaces and stops are no change of wording."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def changes_in_words(changes: VersionChanges) -> tuple[str, ...]:
    """What changed, one plain sentence each, for the tutor who confirms the new version."""
    if not changes.is_same_unit:
        return ("This is another unit. No learner's progress moves to it.",)
    if not changes.has_changes:
        return ("Nothing changed in the criteria.",)
    return (
        *(f"New: {each.number} {each.text}" for each in changes.added),
        *(f"Removed: {each.number} {each.text}. Its questions are retired." for each in changes.removed),
        *(f"Reworded: {match.new.number}, was: {match.old.text}" for match in changes.reworded),
        *(f"Renumbered: {match.old.number} is now {match.new.number}" for match in changes.renumbered),
        *(f"Please check: is new {match.new.number} the old {match.old.number}?" for match in changes.uncertain),
    )

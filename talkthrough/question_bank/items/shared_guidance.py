"""Guidance that the document gives for several criteria at once: which of them a part of it is about.

"For assessment criteria 2.3 and 2.4, ...": what is said of one is never asked under the other (section 4.6, trap 41).
"""

from talkthrough.question_bank.command_verbs import verb, verb_at_start, verb_of
from talkthrough.question_bank.items.words import echoes
from talkthrough.question_bank.specification import AssessmentCriterion, Guidance, Unit


def is_about(text: str, criterion: AssessmentCriterion, guidance: Guidance, unit: Unit) -> bool:
    """Whether this part of the guidance is about the criterion, as far as its words and its verb tell; what fits
    several of them equally well is about each.
    """
    sharing = [one for one in unit.criteria if guidance in one.guidance]
    if len(sharing) <= 1:
        return True
    common = frozenset.intersection(*(echoes(one.text, one.text) for one in sharing))
    return _nearness(text, criterion, common) == max(_nearness(text, one, common) for one in sharing)


def _nearness(text: str, criterion: AssessmentCriterion, common: frozenset[str]) -> tuple[int, int]:
    """Words that it shares with this criterion and not with all of them; then how near its verb asks."""
    own = echoes(text, criterion.text) - common
    asked = verb(verb_at_start(text)).demand
    return len(own), -abs(asked - verb_of(criterion).demand)

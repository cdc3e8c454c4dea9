"""What a command verb asks an answer to show, for criteria whose expected points name no slots.

Slots are names of `Signals` fields, in the order in which they are asked about (assessment-practice.md sections 3.1, 3.2).
"""

from talkthrough.question_bank.specification import AssessmentCriterion

DOING = ("real_event", "when", "own_action", "result")
_JUDGING = ("strength", "weakness", "judgement")
_BY_VERB: dict[str, tuple[str, ...]] = {
    "explain": ("reason", "example"),
    "describe": ("steps",),
    "outline": ("steps",),
    "compare": ("comparison", "judgement"),
    "analyse": ("reason", "result"),
    "assess": _JUDGING,
    "appraise": _JUDGING,
    "evaluate": _JUDGING,
    "justify": ("reason", "comparison"),
    "review": ("result", "judgement"),
    "recommend": ("reason", "judgement"),
}


def slots_for(criterion: AssessmentCriterion) -> tuple[str, ...]:
    """The slots of the first known verb; doing asks for a real event, when, the learner's own action and the result."""
    if criterion.kind == "competence-doing":
        return DOING
    verbs = (*criterion.verbs, criterion.text.split(" ", 1)[0].lower())
    known = next((_BY_VERB[verb] for verb in verbs if verb in _BY_VERB), ())
    if "explain how to" in criterion.text.lower():
        known = ("steps", "reason")
    return known

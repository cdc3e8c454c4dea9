"""What the learner says that they said, beside the turns of a log: a reference, and a note of who says it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from talkthrough.question_bank.discussion.claims import Claim, claim_words, claims_in
from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion, Turn
from talkthrough.storage.records.model import CriterionReference, LoggedTurn

CLAIMING = "said already"


def with_claims(
    logged: Sequence[LoggedTurn], turns: Sequence[Turn], plan: Plan, later: Sequence[Claim]
) -> tuple[LoggedTurn, ...]:
    """The turns with the claims made in the discussion and the `later` ones. Turns without words show none."""
    criteria = {criterion.key: criterion for criterion in plan.criteria}
    claims = [claim for claim in (*claims_in(turns), *later) if claim.criterion_key in criteria]
    return tuple(
        turn if turn.text is None else _with(turn, [c for c in claims if c.turn == turn.number], criteria)
        for turn in logged
    )


def _with(turn: LoggedTurn, claims: Sequence[Claim], criteria: Mapping[str, PlannedCriterion]) -> LoggedTurn:
    references = [CriterionReference(criteria[claim.criterion_key].number, "learner") for claim in claims]
    notes = [_note(turn, claim, criteria[claim.criterion_key]) for claim in claims]
    return replace(turn, references=tuple(dict.fromkeys((*references, *turn.references))), notes=(*turn.notes, *notes))


def _note(turn: LoggedTurn, claim: Claim, criterion: PlannedCriterion) -> str:
    words = claim_words(criterion, claim.point)
    if is_claiming(turn):
        return f"the learner says that this was said before: {words} ({criterion.number})"
    return f"the learner says that this message says {words} ({criterion.number})"


def is_claiming(turn: LoggedTurn) -> bool:
    """Whether the turn itself only says that something was said before."""
    return turn.facts is not None and turn.facts["wish"] == CLAIMING

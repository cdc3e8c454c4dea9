"""Item models: from each criterion and its guidance to questions that rest on a line of the document.

Thin criteria get verb- and workplace-framed questions only, marked as such. The models are loaded when first asked
for: they need the rubric of command verbs, which itself needs `items.question`.
"""

from talkthrough.question_bank.items.question import ExpectedPoint, Question
from talkthrough.question_bank.specification import AssessmentCriterion, Unit

__all__ = ["expected_points", "questions_for"]


def questions_for(unit: Unit) -> tuple[Question, ...]:
    """All questions of a unit with keys (`identity.with_first_keys`), in the order of its criteria.

    The same unit always gives the same questions under the same keys; a blank unit gives none. Nothing is reviewed
    here: `item_review.review` says which of them must be held back.
    """
    from talkthrough.question_bank.items.models import all_questions

    return all_questions(unit)


def expected_points(criterion: AssessmentCriterion, unit: Unit) -> tuple[ExpectedPoint, ...]:
    """What a full answer to the criterion mentions: published points in printed order, then the verb's slots."""
    from talkthrough.question_bank.items import points

    return points.expected_points(criterion, unit)

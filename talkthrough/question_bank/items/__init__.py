"""Item models: from each criterion and its guidance to questions that rest on a line of the document.

Each model is a small function from one criterion in its unit to questions; a model that finds no safe material gives
none. Thin criteria get verb- and workplace-framed questions only, marked as such.
"""

from talkthrough.question_bank.items.choice import choices
from talkthrough.question_bank.items.definitions import applications, definitions
from talkthrough.question_bank.items.draft import drafts
from talkthrough.question_bank.items.evidence import evidence
from talkthrough.question_bank.items.points import expected_points
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.items.recall import number_asked, recall_lists, sequences
from talkthrough.question_bank.items.short_answers import short_answers
from talkthrough.question_bank.items.verb_drills import verb_drills
from talkthrough.question_bank.items.workplace import workplace
from talkthrough.question_bank.specification import Unit

__all__ = ["expected_points", "questions_for"]

MODELS = (
    recall_lists,
    number_asked,
    choices,
    definitions,
    applications,
    sequences,
    verb_drills,
    short_answers,
    workplace,
    evidence,
)


def questions_for(unit: Unit) -> tuple[Question, ...]:
    """All questions of a unit with keys (`identity.with_first_keys`), in the order of its criteria.

    The same unit always gives the same questions under the same keys; a blank unit gives none. Nothing is reviewed
    here: `item_review.review` says which of them must be held back.
    """
    made = (question for draft in drafts(unit) for model in MODELS for question in model(draft))
    return tuple({question.key: question for question in made}.values())

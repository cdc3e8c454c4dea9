"""The item models in the order in which their questions stand.

Each is a small function from one criterion in its unit to questions; a model that finds no safe material gives none.
"""

from talkthrough.question_bank.items.choice import choices
from talkthrough.question_bank.items.definitions import applications, definitions
from talkthrough.question_bank.items.draft import drafts
from talkthrough.question_bank.items.evidence import evidence
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.items.recall import number_asked, recall_lists, sequences
from talkthrough.question_bank.items.short_answers import short_answers
from talkthrough.question_bank.items.verb_drills import verb_drills
from talkthrough.question_bank.items.workplace import workplace
from talkthrough.question_bank.specification import Unit

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


def all_questions(unit: Unit) -> tuple[Question, ...]:
    """What every model makes of every criterion, each identity once."""
    made = (question for draft in drafts(unit) for model in MODELS for question in model(draft))
    return tuple({question.key: question for question in made}.values())

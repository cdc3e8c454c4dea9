"""Larger steps: fewer, bigger questions, for learners whom many small ones tire. Pure.

On each criterion the questions to be answered in words stand for the tapped ones, and a list is asked whole instead of
three of its points at a time. What is asked, counted and forecast is then all of one size.
"""

from collections.abc import Iterable
from dataclasses import replace

from talkthrough.question_bank.items.question import Question, QuestionKind


def in_larger_steps(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions to ask in larger steps. A criterion that has only tapped ones keeps them."""
    all_ = tuple(questions)
    in_words = {question.criterion_key for question in all_ if not question.is_tapped}
    return tuple(
        whole(question) for question in all_ if not question.is_tapped or question.criterion_key not in in_words
    )


def whole(question: Question) -> Question:
    """The question asking for every point of its list; the same where it asks for no list, or for all of it."""
    return replace(question, quantity=len(question.card_keys)) if is_partial_list(question) else question


def is_partial_list(question: Question) -> bool:
    """Whether its words ask for some points of a list, and not for all."""
    return question.kind is QuestionKind.RECALL_LIST and not question.all_required

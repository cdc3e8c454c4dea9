"""The linter: what keeps an item from being published, each flaw with its rule and a reason in plain words.

Item-writing flaws that rules can find (Haladyna and others; assessment-practice.md section 7, rule 2) and our own
(model-questions.md Q1-Q12). A flawed item is held back, never silently fixed. Words that the document prints are
never flagged, and words are matched whole ("allocate" is no absolute, "notice" no negative).
"""

from collections import Counter
from collections.abc import Iterable

from talkthrough.question_bank.item_review import content, writing
from talkthrough.question_bank.item_review.flaw import Flaw, Reviewed
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit

__all__ = ["RULES", "Flaw", "key_position_bias", "review"]

RULES = {**writing.RULES, **content.RULES}
_POSITIONS_TO_JUDGE = 20


def review(question: Question, unit: Unit, units: Iterable[Unit]) -> tuple[Flaw, ...]:
    """Flaws of one item; () means that it may be offered to the tutor for approval.

    `unit` is the item's unit, `units` all loaded ones: a wrong option may be true by any of them.
    """
    reviewed = Reviewed(question, unit, tuple(units))
    found = ((rule, reason(reviewed)) for rule, reason in RULES.items())
    return tuple(Flaw(rule, text) for rule, text in found if text)


def key_position_bias(questions: Iterable[Question]) -> Flaw | None:
    """Whether the right option stands in one place far too often over a set of items."""
    places = Counter(place for question in questions for place, option in enumerate(question.options) if option.is_key)
    total = sum(places.values())
    place, count = places.most_common(1)[0] if places else (0, 0)
    if total < _POSITIONS_TO_JUDGE or count <= total / 2:
        return None
    return Flaw("key-position", f"The right option stands in place {place + 1} in {count} of {total} items.")

"""What anyone can see of an option without knowing the answer: words that only the right one has, or only it lacks."""

import re

from talkthrough.question_bank.item_review.flaw import Reviewed
from talkthrough.question_bank.items.choice import are_qualities
from talkthrough.question_bank.items.question import QuestionKind

FEATURES = {
    "other people or rules at work": re.compile(
        r"\b(?:managers?|supervisors?|colleagues?|teams?|organisations?|polic(?:y|ies)|courses?|tools?"
        r"|job description)\b",
        re.IGNORECASE,
    ),
    "what would be": re.compile(r"\b(?:would|could|should|might|if)\b", re.IGNORECASE),
    "one real time": re.compile(r"\b(?:one|some|last) (?:real )?(?:day|weeks?|months?|task|time)\b", re.IGNORECASE),
}
FEWEST = 2  # wrong options, below which nothing is told from what they share
OWN = ":own-"  # in the key of what a tutor wrote


def surface_cue(item: Reviewed) -> str:
    """The right option is the only one with, or without, what can be seen from words alone. Looked for where the
    options are worded by us or by a tutor: what the document prints is chosen alike in form.
    """
    if item.key is None or len(item.wrong) < FEWEST:
        return ""
    wrong = [option.text for option in item.wrong]
    if item.is_kind(QuestionKind.VERB_DRILL) or OWN in item.question.key:
        for what, pattern in FEATURES.items():
            has = bool(pattern.search(item.key.text))
            if {bool(pattern.search(text)) for text in wrong} == {not has}:
                return f"Only the right option {'speaks' if has else 'does not speak'} of {what}."
    return _other_form(item.key.text, wrong)


def _other_form(key: str, wrong: list[str]) -> str:
    """Sets of three of which only the right one are adjectives, or only it are things."""
    sets = [text.split(", ") for text in (key, *wrong)]
    if any(len(parts) == 1 for parts in sets):
        return ""
    own, *others = map(are_qualities, sets)
    return "" if own in others else "Only the right option is of its kind: qualities, or things."

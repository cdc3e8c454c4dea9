"""Flaws against the document: what the item claims must be so by the published words, and by no more than them."""

import re
from functools import lru_cache

from talkthrough.question_bank.command_verbs import verb_of
from talkthrough.question_bank.item_review.flaw import QUOTED, Reviewed, has_phrase
from talkthrough.question_bank.item_review.writing import NEGATIVE
from talkthrough.question_bank.items.lists import (
    Listed,
    definition_sentences,
    is_definition,
    lists_of_criterion,
    lists_of_unit,
)
from talkthrough.question_bank.items.question import ExpectedPoint, QuestionKind
from talkthrough.question_bank.items.wording import lead, number_word
from talkthrough.question_bank.items.words import lemmas, same_thing, words
from talkthrough.question_bank.specification import AssessmentCriterion, Unit

_UNIT_LABEL = re.compile(r"\b(?:Unit \d+|CS \d+|CFAC\w+)\b")
_NUMBER_WORDS = {number_word(number): number for number in range(1, 13)}


def unknown_criterion(item: Reviewed) -> str:
    """An item rests on a criterion of its unit: not on a reviewer's note, not on a blank row (Q1)."""
    return "" if item.criterion else "Its unit has no such criterion. Choose one that is in the document."


def no_source(item: Reviewed) -> str:
    """Every item names its lines; every wrong option says by which lines it is wrong (Q1, Q6)."""
    if item.question.source.first < 1:
        return "It names no lines of the document."
    bare = [option.text for option in item.wrong if option.span is None or not option.why]
    return f"“{bare[0]}” does not say what makes it wrong." if bare else ""


def second_true_option(item: Reviewed) -> str:
    """A wrong option that is right by some list of some loaded document, or nearly so (Q6)."""
    if item.key is None or item.criterion is None:
        return ""
    for option in item.wrong:
        if reason := _also_true(option.text, item, item.criterion):
            return f"“{option.text}” could also be right: {reason}."
    return ""


def open_list_negative(item: Reviewed) -> str:
    """An open list never makes an unlisted answer wrong (Q7)."""
    if item.is_kind(QuestionKind.WORKPLACE, QuestionKind.SHORT_ANSWER):
        return ""
    is_negative = any(word in NEGATIVE for word in words(item.asking))
    asked = [*_own_lists(item), *_named_lists(item)]
    is_open = item.question.is_open or any(listed.is_open for listed in asked)
    return "The list is open, so nothing is “not” on it." if is_negative and is_open else ""


def leak(item: Reviewed) -> str:
    """The stem says what it asks for (Q4)."""
    points = [point.text for point in item.question.expected_points if point.is_published]
    answers = [item.key.text] if item.key else points
    is_situation = item.is_kind(QuestionKind.SEQUENCE, QuestionKind.REQUIREMENT)
    leaked = [text for text in answers if has_phrase(item.question.stem, text) and not is_situation]
    return f"The stem already says “{leaked[0]}”." if leaked else ""


def definition_scope(item: Reviewed) -> str:
    """Terms and lists belong to their unit (Q8): 401's resources are not 323's."""
    named = [name for name in _UNIT_LABEL.findall(item.own_stem) if name != item.unit.label]
    if named:
        return f"It names {named[0]}, but it belongs to {item.unit.label}."
    foreign = [point.text for point in _published(item) if not _prints(item.unit, point.text)]
    return f"“{foreign[0]}” is not printed in {item.unit.label}." if foreign else ""


def vanished(item: Reviewed) -> str:
    """The right option of an item from the document is no longer printed there (a new version dropped it)."""
    asked = (QuestionKind.CHOICE, QuestionKind.DEFINITION, QuestionKind.REVERSE_DEFINITION, QuestionKind.APPLICATION)
    if item.key is None or not item.is_kind(*asked) or ":own-" in item.question.key:
        return ""
    listed = {text for one in lists_of_unit(item.unit) for text in (one.term, *one.texts)}
    terms = {term for term, _ in _meanings(item.unit)}
    texts = [item.key.text] if item.key.text in listed | terms else item.key.text.split(", ")
    gone = [text for text in texts if text not in listed | terms and not _prints(item.unit, text)]
    return f"“{gone[0]}” is not printed in this version of {item.unit.label}." if gone else ""


def wrong_criterion(item: Reviewed) -> str:
    """A point that is listed for another criterion only (401 1.4 has no list of techniques: that is 1.2's)."""
    if item.criterion is None or item.is_kind(QuestionKind.EVIDENCE, QuestionKind.REQUIREMENT):
        return ""
    own = lists_of_criterion(item.criterion, item.unit)
    for point in _published(item):
        listed = [one for one in lists_of_unit(item.unit) if point.text in one.texts or point.text in _raw(one)]
        if listed and not any(one.holds(point.text) for one in own):
            return f"“{point.text}” stands {listed[0].place}, which does not belong to {item.criterion.number}."
    return ""


def quantity_mismatch(item: Reviewed) -> str:
    """The number asked for is the document's (Q3), and the stem says the same number as the item."""
    question, criterion = item.question, item.criterion
    if criterion is None or question.quantity is None or not question.expected_points:
        return ""
    count = len([point for point in question.expected_points if point.is_published])
    if question.quantity > max(count, 1):
        return f"It asks for {question.quantity} points and has {count}."
    if question.kind is not QuestionKind.RECALL_LIST:
        return ""
    stated = [_NUMBER_WORDS[word] for word in words(item.own_stem) if word in _NUMBER_WORDS]
    if stated and question.quantity not in stated:
        return f"The stem says {number_word(stated[-1])}, the item needs {number_word(question.quantity)}."
    return _against_document(item, criterion, count)


def _against_document(item: Reviewed, criterion: AssessmentCriterion, count: int) -> str:
    from_guidance = any(
        one.origin == "guidance" and all(one.holds(point.text) for point in _published(item))
        for one in lists_of_criterion(criterion, item.unit)
    )
    required, asked = criterion.required_items, item.question.quantity
    if not from_guidance:
        return ""
    if criterion.all_required:
        return "" if asked == count else "The document asks for all of the listed points."
    return f"The document asks for at least {number_word(required)}." if required and asked != required else ""


def _also_true(text: str, item: Reviewed, criterion: AssessmentCriterion) -> str:
    kind = item.question.kind
    if kind is QuestionKind.VERB_DRILL:
        command = verb_of(criterion)
        return "it says what the verb asks for" if text in (*command.shows, command.means) else ""
    if kind is QuestionKind.EVIDENCE:
        return _listed_evidence(text, item)
    if kind in (QuestionKind.DEFINITION, QuestionKind.REVERSE_DEFINITION, QuestionKind.APPLICATION):
        return _same_meaning(text, item)
    if kind in (QuestionKind.SEQUENCE, QuestionKind.REQUIREMENT):
        return ""
    return _listed_again(text, item)


def _listed_again(text: str, item: Reviewed) -> str:
    own = [*_own_lists(item), *_named_lists(item)]
    parts = text.split(", ")
    for unit in (item.unit, *item.units):
        for listed in lists_of_unit(unit):
            is_asked = listed in own or any(_same_list(listed, one) for one in own)
            if is_asked and any(listed.holds(part) for part in parts):
                return f"{unit.label} lists it {listed.place}"
            if listed.term == text and any(
                listed.holds(quoted.strip("“”")) for quoted in QUOTED.findall(item.question.stem)
            ):
                return f"{unit.label} lists it there too"
    return ""


def _same_list(one: Listed, other: Listed) -> bool:
    """Lists of the same term, in whichever document."""
    return one.has_heading and other.has_heading and lemmas(one.term) == lemmas(other.term)


def _own_lists(item: Reviewed) -> tuple[Listed, ...]:
    """The criterion's lists that hold the right option."""
    if item.criterion is None or item.key is None:
        return ()
    first = item.key.text.split(", ")[0]
    lists = lists_of_criterion(item.criterion, item.unit)
    return tuple(one for whole in lists for one in (whole, *whole.nested) if one.holds(first))


def _named_lists(item: Reviewed) -> tuple[Listed, ...]:
    """Lists of the unit whose heading the stem asks about."""
    return tuple(
        one
        for one in lists_of_unit(item.unit)
        if one.has_heading and one.origin == "guidance" and has_phrase(item.question.stem, one.term)
    )


def _same_meaning(text: str, item: Reviewed) -> str:
    """Another wording of the right definition, in whichever unit the term is defined."""
    key = item.key.text if item.key else ""
    for unit in (item.unit, *item.units):
        for term, meanings in _meanings(unit):
            is_key = term.lower() == key.lower() or key in meanings or has_phrase(item.asking, term)
            if is_key and any(text == meaning or lemmas(text) == lemmas(meaning) for meaning in meanings):
                return f"{unit.label} defines “{term}” in this way"
    return ""


@lru_cache(maxsize=64)
def _meanings(unit: Unit) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (lead(guidance.heading or ""), definition_sentences(guidance))
        for criterion in unit.criteria
        for guidance in criterion.guidance
        if is_definition(guidance)
    )


def _listed_evidence(text: str, item: Reviewed) -> str:
    methods = item.outcome.evidence_methods if item.outcome else ()
    starred = [method for method in methods if method.workplace_held]
    asks_for_star = item.question.key.endswith(":evidence-workplace")
    held = any(same_thing(text, method.name) for method in (starred if asks_for_star else methods))
    return "it is listed for this outcome" if held else ""


def _published(item: Reviewed) -> tuple[ExpectedPoint, ...]:
    return tuple(point for point in item.question.expected_points if point.is_published)


def _raw(listed: Listed) -> tuple[str, ...]:
    return tuple(item.text for item in listed.items)


def _prints(unit: Unit, text: str) -> bool:
    return any(has_phrase(part, text) for part in _printed(unit))


@lru_cache(maxsize=64)
def _printed(unit: Unit) -> tuple[str, ...]:
    """Everything that a point may be quoted from."""
    texts = [note.text for note in (*unit.notes, *unit.requirements)]
    texts += [method.name for method in unit.evidence_methods]
    for criterion in unit.criteria:
        texts += [criterion.text, *criterion.sub_points, *(note.text for note in criterion.requirements)]
        for guidance in criterion.guidance:
            texts += [guidance.text or "", *(item.text for item in guidance.items)]
    return tuple(text for text in texts if text)


RULES = {
    "unknown-criterion": unknown_criterion,
    "no-source": no_source,
    "second-true-option": second_true_option,
    "open-list-negative": open_list_negative,
    "leak": leak,
    "definition-scope": definition_scope,
    "vanished": vanished,
    "wrong-criterion": wrong_criterion,
    "quantity-mismatch": quantity_mismatch,
}

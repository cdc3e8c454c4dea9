"""Recall of what the document lists, in the quantity it asks for (model-questions.md Q3, M1 quiz 1)."""

import re

from talkthrough.question_bank.command_verbs import verb_at_start
from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.lists import Listed
from talkthrough.question_bank.items.points import points_of
from talkthrough.question_bank.items.question import Demand, Option, Question, QuestionKind
from talkthrough.question_bank.items.wording import number_word, quoted, sentences
from talkthrough.question_bank.specification import SourceSpan

NAMED_FOR_PRACTICE = 3  # of a longer list, where the document asks for no number
RECITED = 3
_GOES_ON = "to|in|of|for|from|with|within|against|by"
STEPS = 3  # more would not fit an option
BARE = 4  # words of a sentence with a gap that tell nothing on their own: "specify …"
_COUNTED = re.compile(
    r"at least \W*(one|two|three|four|five|six)\W* (?:different )?([a-z]+(?: of [a-z]+| roles)?)", re.IGNORECASE
)
_NUMBERS = ("one", "two", "three", "four", "five", "six")


def recall_lists(draft: Draft) -> list[Question]:
    """One question a list. An open list says in the question that nothing else is wrong."""
    return [_recall(draft, listed) for listed in draft.lists if len(listed.items) > 1 and not recites(draft, listed)]


def recites(draft: Draft, listed: Listed) -> bool:
    """Whether it holds no more than a few nouns of the criterion's own sentence: reciting them teaches nothing."""
    is_set_apart = draft.criterion.sub_points or draft.criterion.inline_items
    return listed.origin == "criterion" and not is_set_apart and len(listed.items) <= RECITED


def quantity_asked(draft: Draft, listed: Listed) -> int:
    """How many points to ask for: all where the document needs all, its own minimum, else a short list whole."""
    count = len(listed.items)
    if draft.criterion.all_required or listed.origin == "criterion":
        return count
    required = draft.criterion.required_items
    if required and required <= count and listed.origin == "guidance":
        return required
    return count if count <= NAMED_FOR_PRACTICE + 1 and not listed.is_open else min(count, NAMED_FOR_PRACTICE)


def _recall(draft: Draft, listed: Listed) -> Question:
    count, asked = len(listed.items), quantity_asked(draft, listed)
    welcome = " Other answers are welcome too: the list is open." if listed.is_open else ""
    return draft.question(
        f"recall-{listed.role}",
        QuestionKind.RECALL_LIST,
        _recall_stem(draft, listed, asked) + welcome,
        Demand.RECALL,
        source=listed.span,
        expected_points=points_of(draft.criterion, listed.items),
        quantity=asked,
        all_required=asked == count,
        is_open=listed.is_open,
        feedback=sentences(
            f"The list has {number_word(count)} points.",
            "Other sensible answers are not wrong: they are kept for your tutor." if listed.is_open else "",
            draft.next_step,
        ),
    )


def _recall_stem(draft: Draft, listed: Listed, asked: int) -> str:
    count = len(listed.items)
    if listed.gap:
        which = f"Which {number_word(count)}?" if asked == count else f"Name any {number_word(asked)} of them."
        return f"{_told(draft, listed, number_word(count))} {which}"
    place = listed.place if listed.has_heading else f"for {draft.label}"
    which = f"all {number_word(count)}" if asked == count else f"any {number_word(asked)} of them"
    return f"The {draft.unit.label} guidance lists {number_word(count)} points {place}. Name {which}."


def _told(draft: Draft, listed: Listed, count: str) -> str:
    """What the sentence says, with a number for what it lists: "AC 2.4 asks you to specify four things"."""
    source, text = said_in(draft, listed), f"{listed.gap[:1].lower()}{listed.gap[1:]}"
    if listed.origin == "prose":
        return f"{source}: “{listed.gap}”. The sentence goes on with {count} things."
    if draft.criterion.inline_items or draft.criterion.sub_points:
        what = "things" if draft.criterion.sub_points else "of them"
        return f"{source}: “{listed.gap.rstrip(' …:')}”. It then names {count} {what}."
    if verb_at_start(text) and re.search(rf"…$|… (?:{_GOES_ON})\b", text):
        return f"{source.removesuffix(' says')} asks you to {re.sub('(the )?…', f'{count} things', text)}."
    return f"{source}: “{listed.gap}”. {count.capitalize()} words are left out here."


def said_in(draft: Draft, listed: Listed) -> str:
    """Who says the sentence with the gap; its outcome too, where the rest of the sentence tells too little."""
    if listed.origin == "prose":
        return f"The guidance for {draft.label} says"
    outcome = f"Outcome {draft.outcome.number} is “{draft.outcome.text.strip().rstrip('.:')}”. "
    return f"{outcome if len(listed.gap.split()) < BARE else ''}{draft.label} says"


def number_asked(draft: Draft) -> list[Question]:
    """How many the document asks for, where it prints a number (M2 quiz 2, B2)."""
    criterion = draft.criterion
    if criterion.all_required:
        needed = [one for one in draft.lists if one.origin == "guidance"]
        return _all_of_them(draft, needed[0]) if needed else []
    if not criterion.required_items or criterion.required_items > len(_NUMBERS):
        return []
    noun, span = _counted(draft)
    key = number_word(criterion.required_items)
    if key in criterion.text.lower().split():  # the criterion itself says it
        return []
    wrong = (
        Option(number, why=f"The guidance says “at least {key}”.", span=span)
        for number in _NUMBERS[:5]
        if number != key
    )
    right = Option(key, is_key=True, why=f"The guidance says “at least {key}”.", span=span)
    stem = f"{quoted(criterion)}. At least how many {noun} does the guidance ask for?"
    return draft.tapped("number", QuestionKind.REQUIREMENT, stem, right, wrong)


def _all_of_them(draft: Draft, listed: Listed) -> list[Question]:
    count = len(listed.items)
    why = "The guidance says “all of the following”."
    wrong = (Option(f"any {number_word(number)}", why=why, span=listed.span) for number in range(1, count))
    key = Option(f"all {number_word(count)}", is_key=True, why=why, span=listed.span)
    stem = f"{quoted(draft.criterion)}. How many of the listed points must you cover?"
    return draft.tapped("number", QuestionKind.REQUIREMENT, stem, key, wrong)


def _counted(draft: Draft) -> tuple[str, SourceSpan]:
    requirements = [(one.text, one.span) for one in draft.criterion.requirements]
    texts = requirements + [(one.text or "", one.span) for one in draft.criterion.guidance]
    for text, span in texts:
        if found := _COUNTED.search(text):
            return found[2].lower(), span
    return "of them", draft.lists[0].span if draft.lists else draft.criterion.span


def sequences(draft: Draft) -> list[Question]:
    """The order in which a criterion of three or more verbs names its steps (NOS P3: identify, assess, develop)."""
    criterion = draft.criterion
    verbs = criterion.verbs
    places = [criterion.text.lower().find(verb.lower()) for verb in verbs]
    if len(set(verbs)) != STEPS or min(places) < 0 or places != sorted(places):
        return []
    topic = re.sub(r"[,;]?( and)?$", "", criterion.text[places[0] + len(verbs[0]) : places[1]].strip()).strip(" ,")
    first, second, third = verbs
    orders = ((first, third, second), (second, first, third), (third, second, first))
    why = f"{draft.label} names them as: {', '.join(verbs)}."
    wrong = (Option(", ".join(order), why=why, span=criterion.span) for order in orders)
    key = Option(", ".join(verbs), is_key=True, why=why, span=criterion.span)
    stem = f"{draft.label} is about “{topic}”. In which order does it name its three steps?"
    kind, is_same = QuestionKind.SEQUENCE, str.__eq__
    return draft.tapped("sequence", kind, stem, key, wrong, demand=Demand.DESCRIBE, is_same=is_same, feedback=why)

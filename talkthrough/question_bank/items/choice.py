"""Choosing what the document lists: one point, a set of three, or the place where a point stands (M1-M3, quiz 2).

The stem claims no more than the document does: "which does the guidance list", never "which is a way to".
"""

from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.lists import Listed
from talkthrough.question_bank.items.options import options, set_of, wrong_from_lists
from talkthrough.question_bank.items.question import Demand, Option, Question, QuestionKind
from talkthrough.question_bank.items.words import same_thing
from talkthrough.question_bank.items.wording import OPTION_LIMIT, sentences, shown, shuffled
from talkthrough.question_bank.specification import GuidanceItem

CHOICES_A_LIST = 2
SET_SIZE = 3


def choices(draft: Draft) -> list[Question]:
    """Up to two single choices, one set and one place for each list that other lists leave enough wrong options for."""
    return [
        question
        for listed in draft.lists
        for question in (*_single_choices(draft, listed), *_set_choice(draft, listed), *_place_choice(draft, listed))
    ]


def _single_choices(draft: Draft, listed: Listed) -> list[Question]:
    made = (_single_choice(draft, listed, item) for item in _keys(draft, listed))
    return [question for question in made if question][:CHOICES_A_LIST]


def _single_choice(draft: Draft, listed: Listed, item: GuidanceItem) -> Question | None:
    role = f"choice-{slug(item.text)}"
    key = Option(shown(item), is_key=True, why=_where(listed), span=item.span)
    return _choice(draft, listed, role, _stem(draft, listed, "Which one of these"), key, _wrong(draft, listed))


def _set_choice(draft: Draft, listed: Listed) -> list[Question]:
    if len(listed.items) < SET_SIZE:
        return []
    role = f"set-{slug(listed.term) if listed.origin == 'guidance' else listed.origin}"
    key = Option(_set(draft.key(role), listed), is_key=True, why=_where(listed), span=listed.span)
    wrong = tuple(
        Option(_set(draft.key(role), other), why=f"They stand under “{other.term}”.", span=other.span)
        for other in draft.other_lists
        if len(other.items) >= SET_SIZE and not listed.overlaps(other)
    )
    made = _choice(draft, listed, role, _stem(draft, listed, "Which set"), key, wrong)
    return [made] if made else []


def _place_choice(draft: Draft, listed: Listed) -> list[Question]:
    if listed.origin != "guidance" or listed.term.startswith("the list"):
        return []
    items = [item for item in _keys(draft, listed) if not _stands_elsewhere(draft, listed, item)]
    if not items:
        return []
    item = items[-1]
    wrong = tuple(
        Option(other.term, why=f"“{shown(item)}” does not stand there.", span=other.span)
        for other in draft.other_lists
        if other.origin == "guidance" and not other.term.startswith("the list") and not listed.overlaps(other)
    )
    stem = f"Under which heading does the {draft.unit.label} guidance list “{shown(item)}”?"
    key = Option(listed.term, is_key=True, why=_where(listed), span=listed.span)
    made = _choice(draft, listed, f"place-{slug(item.text)}", stem, key, wrong)
    return [made] if made else []


def _choice(
    draft: Draft, listed: Listed, role: str, stem: str, key: Option, wrong: tuple[Option, ...]
) -> Question | None:
    found = options(draft.key(role), key, wrong) if len(key.text) <= OPTION_LIMIT else None
    if found is None:
        return None
    return draft.question(
        role,
        QuestionKind.CHOICE,
        stem,
        Demand.RECALL,
        source=listed.span,
        options=found,
        is_open=listed.is_open,
        feedback=sentences(f"{key.why}", draft.next_step),
    )


def _keys(draft: Draft, listed: Listed) -> tuple[GuidanceItem, ...]:
    """Points that can be the right option, in the criterion's own order; one that repeats the heading gives it away."""
    fit = tuple(
        item
        for item in listed.items
        if len(shown(item)) <= OPTION_LIMIT and not same_thing(item.text, listed.term) and "etc" not in item.text.split()
    )
    return shuffled(f"{draft.criterion.key}|{listed.term}", fit)


def _set(key: str, listed: Listed) -> str:
    items = tuple(shown(item) for item in listed.items if not item.children) or listed.texts
    return set_of(shuffled(key, items)[:SET_SIZE])


def _wrong(draft: Draft, listed: Listed) -> tuple[Option, ...]:
    others = draft.other_lists
    printed = wrong_from_lists(listed, (other for other in others if other.origin != "content"))
    return printed if len({option.text for option in printed}) >= SET_SIZE else wrong_from_lists(listed, others)


def _stands_elsewhere(draft: Draft, listed: Listed, item: GuidanceItem) -> bool:
    return any(other.holds(shown(item)) for other in draft.other_lists if other.origin == "guidance")


def _stem(draft: Draft, listed: Listed, which: str) -> str:
    if listed.gap:
        source = f"{draft.label} says" if listed.origin == "criterion" else f"The guidance for {draft.label} says"
        return f"{source}: “{listed.gap}”. {which} stands in the gap?"
    place = f"for {draft.label}" if listed.term.startswith("the list") else f"under “{listed.term}”"
    return f"{which} does the {draft.unit.label} guidance list {place}?"


def _where(listed: Listed) -> str:
    if listed.gap:
        return f"It stands in {listed.term}."
    return f"The guidance lists it under “{listed.term}”." if not listed.term.startswith("the list") else "It is listed."

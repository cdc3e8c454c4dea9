"""Choosing what the document lists: one point, a set of three, or the place where a point stands (M1-M3, quiz 2).

The stem claims no more than the document does: "which does the guidance list", never "which is a way to".
"""

import re
from collections.abc import Iterable

from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.lists import Listed
from talkthrough.question_bank.items.options import set_of, wrong_from_lists
from talkthrough.question_bank.items.question import Option, Question, QuestionKind
from talkthrough.question_bank.items.recall import recites, said_in
from talkthrough.question_bank.items.topics import is_plural
from talkthrough.question_bank.items.wording import OPTION_LIMIT, shown, shuffled
from talkthrough.question_bank.items.words import echoes
from talkthrough.question_bank.specification import GuidanceItem

SET_SIZE = 3
_QUALITY = re.compile(r"(?:[a-z]+-)?[a-z]*(?:able|ible|ic|ical|al|ive|ful|ous|bound|ant|ent|ed|less)", re.IGNORECASE)
_ASKS = re.compile(r"(?:who|what|when|where|how)\b", re.IGNORECASE)


def choices(draft: Draft) -> list[Question]:
    """Single choices, one set and one place for each list that other lists leave enough wrong options for.

    A list that serves two criteria is asked about in this way under the first.
    """
    return [
        question
        for listed in draft.lists
        if len(listed.items) > 1 and not draft.has_asked(listed)
        for question in (
            *_single_choices(draft, listed),
            *_place_choice(draft, listed),
            *(one for part in (listed, *listed.nested) for one in _set_choice(draft, part)),
        )
    ]


def _single_choices(draft: Draft, listed: Listed) -> list[Question]:
    if listed.gap or not listed.has_heading or _ASKS.match(listed.term):  # too many words fit a gap; no others a “who”
        return []
    made = [question for item in _keys(draft, listed) for question in _single_choice(draft, listed, item)]
    return made[:1]


def _single_choice(draft: Draft, listed: Listed, item: GuidanceItem) -> list[Question]:
    form = form_of(shown(item))
    if form is None:
        return []
    key = Option(shown(item), is_key=True, why=_where(listed, f"“{shown(item)}”"), span=item.span)
    stem = _stem(draft, listed, "Which one of these")
    return _choice(draft, listed, f"choice-{slug(item.text)}", stem, key, _wrong(draft, listed, form))


def _set_choice(draft: Draft, listed: Listed) -> list[Question]:
    points = _plain(listed, without_echo=True)
    if len(points) < SET_SIZE or recites(draft, listed):
        return []
    role = f"set-{listed.role}"
    wrong = tuple(
        Option(_set(draft.key(role), _plain(other)), why=f"The set you chose stands {other.place}.", span=other.span)
        for whole in draft.other_lists
        for other in (whole, *whole.nested)
        if len(_plain(other)) >= SET_SIZE
        and other.origin != "content"
        and not listed.overlaps(other)
        and are_qualities(_plain(other)) == are_qualities(points)
    )
    stem = _stem(draft, listed, "Which set")
    drawn, shortest = _set(draft.key(role), points), set_of(sorted(points, key=len)[:SET_SIZE])
    keys = (Option(text, is_key=True, why=_where(listed, "This set"), span=listed.span) for text in (drawn, shortest))
    made = (_choice(draft, listed, role, stem, key, wrong) for key in keys)
    return next((found for found in made if found), [])


def _place_choice(draft: Draft, listed: Listed) -> list[Question]:
    items = [item for item in _keys(draft, listed) if not _stands_elsewhere(draft, item)]
    if listed.origin != "guidance" or not listed.has_heading or not items:
        return []
    point = shown(items[-1])
    wrong = tuple(
        Option(other.term, why=f"“{point}” is not listed under “{other.term}”.", span=other.span)
        for other in draft.other_lists
        if other.origin == "guidance" and other.has_heading and not listed.overlaps(other)
    )
    stem = f"Under which heading does the {draft.unit.label} guidance list “{point}”?"
    key = Option(listed.term, is_key=True, why=_where(listed, f"“{point}”"), span=listed.span)
    return _choice(draft, listed, f"place-{slug(items[-1].text)}", stem, key, wrong)


def _choice(
    draft: Draft, listed: Listed, role: str, stem: str, key: Option, wrong: tuple[Option, ...]
) -> list[Question]:
    kind = QuestionKind.CHOICE
    return draft.tapped(role, kind, stem, key, wrong, source=listed.span, is_open=listed.is_open)


def _keys(draft: Draft, listed: Listed) -> tuple[GuidanceItem, ...]:
    """Points that can be the right option, in the criterion's own order; one that repeats the heading gives it away."""
    fit = tuple(
        item
        for item in listed.items
        if len(shown(item)) <= OPTION_LIMIT and not _echoes(listed, item) and "etc" not in item.text.split()
    )
    return shuffled(f"{draft.criterion.key}|{listed.term}", fit)


def _set(key: str, points: tuple[str, ...]) -> str:
    drawn = shuffled(key, points)[:SET_SIZE]
    return set_of(point for point in points if point in drawn)


def _plain(listed: Listed, *, without_echo: bool = False) -> tuple[str, ...]:
    """Points that read well in a row."""
    plain = (item for item in listed.items if not item.children and not re.search(r",|\betc\b", item.text))
    return tuple(shown(item) for item in plain if not (without_echo and _echoes(listed, item)))


def _echoes(listed: Listed, item: GuidanceItem) -> bool:
    """Whether the heading or sentence already holds a word of the point, and so gives it away."""
    return bool(echoes(shown(item), listed.gap or listed.term))


def form_of(text: str) -> str | None:
    """The form in which it is worded, so that options are alike: None for what is like nothing else ("age", "self")."""
    parts = text.split()
    if not parts or "," in text:
        return None
    if parts[0].endswith("ing") and len(parts) > 1:
        return "doing"
    if is_plural(parts[-1]):
        return "things"
    return "thing" if len(parts) > 1 else None


def are_qualities(points: Iterable[str]) -> bool:
    """Whether the points are adjectives ("specific, measurable"), which fit other gaps than things do."""
    return all(_QUALITY.fullmatch(point.strip()) for point in points)


def _wrong(draft: Draft, listed: Listed, form: str) -> tuple[Option, ...]:
    others = draft.other_lists
    for origins in (("guidance",), ("guidance", "content")):
        listed_there = wrong_from_lists(listed, (other for other in others if other.origin in origins))
        found = tuple(option for option in listed_there if form_of(option.text) == form)
        if len({option.text for option in found}) >= SET_SIZE:
            break
    return found


def _stands_elsewhere(draft: Draft, item: GuidanceItem) -> bool:
    return any(other.holds(shown(item)) for other in draft.other_lists if other.origin == "guidance")


def _stem(draft: Draft, listed: Listed, which: str) -> str:
    if listed.gap:
        return f"{said_in(draft, listed)}: “{listed.gap}”. {which} stands in the gap?"
    place = listed.place if listed.has_heading else f"for {draft.label}"
    return f"{which} does the {draft.unit.label} guidance list {place}?"


def _where(listed: Listed, what: str) -> str:
    return f"{what} stands {listed.place}."

"""Terms that the unit defines: the meaning, the term for a meaning, and situations that the unit's own words settle.

A definition is scoped to its unit (Q8): 401's resources are never asked for in a 323 quiz.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.draft import Draft, drafts
from talkthrough.question_bank.items.lists import Listed, definition_sentences, is_definition
from talkthrough.question_bank.items.options import FEWEST
from talkthrough.question_bank.items.points import published_point
from talkthrough.question_bank.items.question import Demand, Option, Question, QuestionKind
from talkthrough.question_bank.items.wording import lead, shown, tidy
from talkthrough.question_bank.items.words import echoes
from talkthrough.question_bank.specification import Guidance, GuidanceItem


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation in invented words that hold the words of a definition, or name one listed point and no other."""

    words: str
    situation: str
    under: str = ""
    not_beside: tuple[str, ...] = ()

    def fits(self, listed: Listed, item: GuidanceItem) -> bool:
        """Whether this listed point is the one that the situation shows."""
        return self.words.lower() == tidy(item.text).lower() and self.under.lower() in listed.term.lower()


def definitions(draft: Draft) -> list[Question]:
    """For each term: what it means (in words and by choice) and which term a meaning belongs to."""
    return [
        question
        for term in draft.definitions
        for question in (_meaning(draft, term), *_meaning_choice(draft, term), *_reverse(draft, term))
    ]


def applications(draft: Draft) -> list[Question]:
    """Mini-scenarios, only where the words of the definition or of the listed point settle them (M5 and M9, quiz 2)."""
    return [*_defined_situations(draft), *_listed_situations(draft)]


def _meaning(draft: Draft, term: Guidance) -> Question:
    sentences_of = definition_sentences(term)
    return draft.question(
        f"definition-{slug(term.heading or '')}",
        QuestionKind.DEFINITION,
        f"In {draft.unit.label}, what is meant by “{_term(term)}”? Answer in your own words.",
        Demand.DESCRIBE,
        source=term.span,
        expected_points=tuple(published_point(draft.criterion, text, term.span) for text in sentences_of),
        quantity=1,
        is_open=term.is_open,
        feedback=draft.next_step,
    )


def _meaning_choice(draft: Draft, term: Guidance) -> list[Question]:
    stem = f"In {draft.unit.label}, what is meant by “{_term(term)}”?"
    wrong = tuple(
        Option(_first_sentence(other), why=f"You chose the meaning of “{_term(other)}”.", span=other.span)
        for other in _other_definitions(draft, term)
    )
    key = Option(_first_sentence(term), is_key=True, why=f"That is “{_term(term)}”.", span=term.span)
    role = f"meaning-{slug(term.heading or '')}"
    return _tapped(draft, role, QuestionKind.DEFINITION, stem, key, *wrong)


def _reverse(draft: Draft, term: Guidance) -> list[Question]:
    stem = f"{draft.unit.label} says: “{_first_sentence(term)}”. Which term is this?"
    if echoes(_term(term), stem):
        return []
    key = Option(_term(term), is_key=True, why=f"That is “{_term(term)}”.", span=term.span)
    role = f"term-{slug(term.heading or '')}"
    return _tapped(draft, role, QuestionKind.REVERSE_DEFINITION, stem, key, *_other_terms(draft, term))


def _defined_situations(draft: Draft) -> list[Question]:
    made: list[Question] = []
    for term in draft.definitions:
        for scenario in (one for one in _scenarios() if one.words.lower() in (term.text or "").lower()):
            stem = f"{scenario.situation} Under the {draft.unit.label} definitions, what is this?"
            key = Option(_term(term), is_key=True, why=f"“{_first_sentence(term)}”: {_term(term)}.", span=term.span)
            role = f"situation-{slug(scenario.words)}"
            wrong = _other_terms(draft, term)
            made += _tapped(draft, role, QuestionKind.APPLICATION, stem, key, *wrong)
    return made


def _listed_situations(draft: Draft) -> list[Question]:
    made: list[Question] = []
    for listed in (one for one in draft.lists if not draft.has_asked(one)):
        for item in listed.items:
            for scenario in (one for one in _scenarios() if one.fits(listed, item)):
                stem = f"{scenario.situation} Which point {listed.place} is that?"
                wrong = tuple(
                    Option(shown(other), why=f"“{shown(other)}” is another point of the list.", span=other.span)
                    for other in listed.items
                    if other != item and other.text not in scenario.not_beside and "etc" not in other.text
                )
                key = Option(shown(item), is_key=True, why=f"That is “{shown(item)}”.", span=item.span)
                role = f"situation-{slug(item.text)}"
                made += _tapped(draft, role, QuestionKind.APPLICATION, stem, key, *wrong)
    return made


def _tapped(draft: Draft, role: str, kind: QuestionKind, stem: str, key: Option, *wrong: Option) -> list[Question]:
    """The other terms of the same criterion stand beside the key: they are what learners confuse."""
    siblings = {one.span for one in draft.definitions}
    beside = tuple(option for option in wrong if option.span in siblings)
    demand = Demand.EXPLAIN if kind is QuestionKind.APPLICATION else Demand.RECALL
    return draft.tapped(role, kind, stem, key, wrong, demand=demand, neighbours=beside, is_same=_same_text)


def _other_definitions(draft: Draft, term: Guidance) -> list[Guidance]:
    """Definitions of the unit's other terms; those of this criterion and outcome come first."""
    found = [
        one
        for other in sorted(drafts(draft.unit), key=lambda other: other.outcome != draft.outcome)
        for one in other.criterion.guidance
        if is_definition(one) and _term(one) != _term(term)
    ]
    return list({_term(one): one for one in reversed(found)}.values())[::-1]


def _other_terms(draft: Draft, term: Guidance) -> tuple[Option, ...]:
    defined = tuple(
        Option(_term(other), why=f"“{_term(other)}” means: {_first_sentence(other)}.", span=other.span)
        for other in _other_definitions(draft, term)
    )
    headings = tuple(
        Option(other.term, why=f"“{other.term}” is a list in this unit.", span=other.span)
        for other in draft.other_lists
        if other.origin == "guidance" and other.has_heading
    )
    return defined if len(defined) >= FEWEST else (*defined, *headings)


def _term(guidance: Guidance) -> str:
    return lead(guidance.heading or "")


def _first_sentence(guidance: Guidance) -> str:
    return definition_sentences(guidance)[0]


def _same_text(one: str, other: str) -> bool:
    return one.lower() == other.lower()


@cache
def _scenarios() -> tuple[Scenario, ...]:
    source = files("talkthrough.question_bank") / "data" / "scenarios.toml"
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["scenario"]
    return tuple(Scenario(**(entry | {"not_beside": tuple(entry.get("not_beside", ()))})) for entry in entries)

"""How the unit says evidence may be supplied, what may stay in the workplace, and what the unit requires.

"Named" is not "sufficient" and "not named" is not "forbidden" (assessment-practice.md section 4.3), so stems ask what
is listed for an outcome and no more. These questions hang on the first criterion of their outcome.
"""

import re
from typing import Any

from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.points import published_point
from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Option, Question, QuestionKind
from talkthrough.question_bank.items.wording import number_word, shuffled, tidy
from talkthrough.question_bank.items.words import echoes, same_thing
from talkthrough.question_bank.specification import EvidenceMethod, Note, SourceSpan

NAMED_FOR_PRACTICE = 3
_OBSERVED = re.compile(r"observed at least (?:on )?(once|one|two|three) ?(?:occasions?)?")
_TIMES = {"once": "once", "one": "once", "two": "twice", "three": "three times"}
_FEEDBACK = {
    "evidence-listed": "Listed is not the same as enough: your assessor decides.",
    "evidence-workplace": "In your portfolio, say where it is and which criteria it supports.",
}
# What a unit's notes require, as role, wording to be found (each group is one expected point), and question.
_RULES = (
    (
        "workplace-rule",
        re.compile(
            r"held in the workplace with reference made to (where it can be found) and (its relevance to [a-z ]+)"
        ),
        "Documents of your organisation may stay at work. Name the two things that your portfolio must say of each.",
    ),
    (
        "report-rule",
        re.compile(r"report will require to be backed by ([^.]+)"),
        "You may write a report on how you worked through the unit. Say what else the unit then asks for.",
    ),
    (
        "range-rule",
        re.compile(r"dealing with (a range of [a-z]+) in (various situations) (over time)"),
        "One observation is not enough on its own. Name the three things that your other evidence must cover.",
    ),
    (
        "presentation-rule",
        re.compile(
            r"presentations are used, then copies of (\w+), (\w+) and ([\w ]+) must be included, as well as ([\w ]+)"
        ),
        "You may give a presentation. Name the four things that must be handed in with it.",
    ),
)


def evidence(draft: Draft) -> list[Question]:
    """For the first criterion of an outcome what is listed there, and once for the unit what it requires."""
    if draft.criterion != draft.outcome.criteria[0]:
        return []
    asked = [*_listed(draft), *_not_in_portfolio(draft)]
    if draft.outcome == draft.unit.outcomes[0]:
        asked += [*_ways(draft), *_rules(draft)]
    if draft.outcome == next((one for one in draft.unit.outcomes if one.kind == "competence"), None):
        asked += _observation(draft)
    return asked


def _listed(draft: Draft) -> list[Question]:
    """Which evidence is listed for this outcome; wrong options are listed for other outcomes of the unit only."""
    own = draft.outcome.evidence_methods
    other = [(method, outcome.number) for outcome in draft.unit.outcomes for method in outcome.evidence_methods]
    wrong = tuple(
        Option(
            tidy(method.name),
            why=f"Your choice is listed for outcome {number}, but not for outcome {draft.outcome.number}.",
            span=method.span,
        )
        for method, number in other
        if not any(same_thing(method.name, listed.name) for listed in own)
    )
    keys = [_key(method, "It is listed for this outcome.") for method in own if not method.workplace_held]
    stem = f"{_outcome(draft)}. Which of these does {draft.unit.label} list as evidence for this outcome?"
    return _tapped(draft, "evidence-listed", stem, keys, wrong)


def _not_in_portfolio(draft: Draft) -> list[Question]:
    """Which listed document may stay at work: the starred ones, in the words of the rule that the star stands for."""
    methods = draft.outcome.evidence_methods
    starred = [_key(method, "The unit says that it may stay at work.") for method in methods if method.workplace_held]
    everywhere = [one.name for outcome in draft.unit.outcomes for one in outcome.evidence_methods if one.workplace_held]
    wrong = tuple(
        Option(tidy(method.name), why="The unit does not say that your choice may stay at work.", span=method.span)
        for method in methods
        if not method.workplace_held and not any(same_thing(method.name, name) for name in everywhere)
    )
    stem = (
        f"{_outcome(draft)}. "
        f"Which of these does {draft.unit.label} let you leave at your workplace, if you say where it is?"
    )
    return _tapped(draft, "evidence-workplace", stem, starred, wrong)


def _ways(draft: Draft) -> list[Question]:
    """The ways that a unit lists for all its outcomes at once."""
    methods = draft.unit.evidence_methods
    if len(methods) < NAMED_FOR_PRACTICE:
        return []
    points = tuple(published_point(draft.criterion, tidy(method.name), method.span) for method in methods)
    stem = (
        f"{draft.unit.label} lists {number_word(len(methods))} ways to present evidence. "
        f"Name any {number_word(NAMED_FOR_PRACTICE)}. Other ways are not wrong: ask your tutor."
    )
    return [_recalled(draft, "evidence-ways", stem, points, NAMED_FOR_PRACTICE, is_open=True)]


def _rules(draft: Draft) -> list[Question]:
    """What the unit's notes require of a portfolio, asked in the words of `_RULES`."""
    made = []
    for role, pattern, task in _RULES:
        if found := _first_note(draft, pattern):
            rule, span = found
            points = tuple(published_point(draft.criterion, text, span) for text in rule.groups())
            made.append(_recalled(draft, role, f"{draft.unit.label}. {task}", points, len(points), is_open=False))
    return made


def _observation(draft: Draft) -> list[Question]:
    found = _first_note(draft, _OBSERVED)
    if found is None:
        return []
    rule, span = found
    times = _TIMES[rule[1]]
    key = Option(times, is_key=True, why="The note at the end of the unit says so.", span=span)
    wrong = tuple(
        Option(other, why=f"The note says “{rule[0]}”.", span=span)
        for other in ("once", "twice", "three times", "four times")
        if other != times
    )
    stem = f"At least how often must you be observed at work for {draft.unit.label}?"
    more: dict[str, Any] = {"feedback": f"The unit says “{rule[0]}”.", "supports": _about(draft), "is_thin": False}
    return draft.tapped("observation", QuestionKind.REQUIREMENT, stem, key, wrong, **more)


def _tapped(draft: Draft, role: str, stem: str, keys: list[Option], wrong: tuple[Option, ...]) -> list[Question]:
    """The first key in the role's own order that neither the stem nor its length gives away."""
    feedback = _FEEDBACK[role]
    fit = (key for key in shuffled(draft.key(role), tuple(keys)) if not echoes(key.text, stem))
    more: dict[str, Any] = {"feedback": feedback, "supports": _about(draft), "is_thin": False}
    made = (draft.tapped(role, QuestionKind.EVIDENCE, stem, key, wrong, **more) for key in fit)
    return next((found for found in made if found), [])


def _about(draft: Draft) -> str:
    return f"About evidence for outcome {draft.outcome.number}."


def _key(method: EvidenceMethod, why: str) -> Option:
    return Option(tidy(method.name), is_key=True, why=why, span=method.span)


def _recalled(
    draft: Draft, role: str, stem: str, points: tuple[ExpectedPoint, ...], quantity: int, *, is_open: bool
) -> Question:
    return draft.question(
        role,
        QuestionKind.REQUIREMENT,
        stem,
        Demand.RECALL,
        source=points[0].span,
        expected_points=points,
        quantity=quantity,
        all_required=quantity == len(points),
        is_open=is_open,
        is_thin=False,
        supports="About evidence for the whole unit.",
        feedback="Your assessor decides which evidence is needed. Ask when you are not sure.",
    )


def _first_note(draft: Draft, pattern: re.Pattern[str]) -> tuple[re.Match[str], SourceSpan] | None:
    notes: tuple[Note, ...] = (*draft.unit.requirements, *draft.unit.notes, *draft.outcome.notes)
    found = ((pattern.search(note.text), note.span) for note in notes)
    return next(((match, span) for match, span in found if match), None)


def _outcome(draft: Draft) -> str:
    return f"Outcome {draft.outcome.number}: “{draft.outcome.text.rstrip('.:')}”"

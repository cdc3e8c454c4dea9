"""Which questions a round puts: to a whole group the same ones, or to each learner their own weakest."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler.recurrence import RoundRule
from talkthrough.storage import pinned, results
from talkthrough.storage import rounds as rows

WHOLE_UNIT = "all"
NEVER_ASKED = 0.5  # between criteria that go well and criteria that do not
Weakness = Mapping[str, float]


def criteria_of(unit: Unit, outcome_number: str) -> tuple[str, ...]:
    """The criteria of an outcome, or of the whole unit."""
    return tuple(
        criterion.key
        for outcome in unit.outcomes
        if outcome_number in (WHOLE_UNIT, outcome.number)
        for criterion in outcome.criteria
    )


def for_group(session: Session, cohort_id: int, rule: RoundRule, unit: Unit) -> tuple[str, ...]:
    """The questions of the next round of a rule, the same for everybody."""
    questions = _allowed(pinned.questions(session, unit), rule)
    weakness = results.weakness_of_group(session, cohort_id, unit.key) if rule.criteria == "weakest" else {}
    criteria = _criteria(rule, unit, questions, weakness)
    return pick(questions, criteria, rule.question_count, rows.times_used(session, cohort_id))


def for_each(
    session: Session, cohort_id: int, rule: RoundRule, unit: Unit, person_ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Each learner's own questions: what they are weakest at, least asked first."""
    questions = _allowed(pinned.questions(session, unit), rule)
    weakness = results.weakness_by_person(session, cohort_id, unit.key)
    asked = rows.times_asked(session, person_ids, unit.key)
    return {
        person_id: pick(
            questions,
            _criteria(rule, unit, questions, weakness.get(person_id, {})),
            rule.question_count,
            asked.get(person_id, Counter()),
        )
        for person_id in person_ids
    }


def _allowed(questions: Sequence[Question], rule: RoundRule) -> tuple[Question, ...]:
    return tuple(question for question in questions if not rule.kinds or question.kind in rule.kinds)


def _criteria(rule: RoundRule, unit: Unit, questions: Sequence[Question], weakness: Weakness) -> tuple[str, ...]:
    """The rule's criteria; for "weakest" as many as there are questions to ask, the weakest first."""
    named = tuple(c.key for c in unit.criteria) if rule.criteria == "weakest" else rule.criteria
    if rule.criteria != "weakest" and not rule.is_individual:
        return named
    with_questions = {question.criterion_key for question in questions}
    ranked = sorted((key for key in named if key in with_questions), key=lambda key: -weakness.get(key, NEVER_ASKED))
    return tuple(ranked[: rule.question_count])


def pick(
    questions: Sequence[Question], criteria: Sequence[str], count: int, used: Mapping[str, int]
) -> tuple[str, ...]:
    """Least used first, criteria in turn, and a tapped question to begin with: one tap gets a tired learner started."""
    wanted = [question for question in questions if question.criterion_key in set(criteria)]
    per_criterion: dict[str, int] = {}
    turns = []
    for question in sorted(wanted, key=lambda question: (used.get(question.key, 0), question.demand, question.key)):
        turn = per_criterion[question.criterion_key] = per_criterion.get(question.criterion_key, 0) + 1
        turns.append((used.get(question.key, 0), turn, criteria.index(question.criterion_key), question))
    chosen = [question for *_, question in sorted(turns, key=lambda entry: entry[:3])[:count]]
    return tuple(question.key for question in sorted(chosen, key=lambda question: not question.is_tapped))

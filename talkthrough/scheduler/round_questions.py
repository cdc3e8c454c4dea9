"""Which questions a round puts: to a whole group the same ones, or to each learner their own weakest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import fmean

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler.forgetting import DEFAULT
from talkthrough.scheduler.learning_day import learning_day
from talkthrough.scheduler.memory import RETENTION
from talkthrough.scheduler.recurrence import RoundRule
from talkthrough.storage import pinned, results
from talkthrough.storage import rounds as rows

WHOLE_UNIT = "all"
NEVER_ASKED = 1 - RETENTION  # after what is remembered less well than we aim at, before what is remembered better
Weakness = Mapping[str, float]


def criteria_of(unit: Unit, outcome_number: str) -> tuple[str, ...]:
    """The criteria of an outcome, or of the whole unit."""
    return tuple(
        criterion.key
        for outcome in unit.outcomes
        if outcome_number in (WHOLE_UNIT, outcome.number)
        for criterion in outcome.criteria
    )


def for_group(session: Session, cohort_id: int, rule: RoundRule, unit: Unit, now: datetime) -> tuple[str, ...]:
    """The questions of the next round of a rule, the same for everybody."""
    questions = _allowed(pinned.questions(session, unit), rule)
    weakness: Weakness = {}
    if rule.criteria == "weakest":
        weakness = _mean(weakness_by_person(session, cohort_id, unit.key, learning_day(now, rule.time_zone)).values())
    criteria = _criteria(rule, unit, questions, weakness)
    return pick(questions, criteria, rule.question_count, rows.times_used(session, cohort_id))


def for_each(
    session: Session, cohort_id: int, rule: RoundRule, unit: Unit, person_ids: Sequence[int], now: datetime
) -> dict[int, tuple[str, ...]]:
    """Each learner's own questions: what they are weakest at, least asked first."""
    questions = _allowed(pinned.questions(session, unit), rule)
    weakness = weakness_by_person(session, cohort_id, unit.key, learning_day(now, rule.time_zone))
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


def weakness_by_person(session: Session, cohort_id: int, unit_key: str, today: int) -> dict[int, dict[str, float]]:
    """For each learner and criterion that was asked, the chance that a point of it will not be recalled tomorrow.

    Tomorrow, because on the day itself everything counts as remembered, what was missed as well. By the memory model's
    usual parameters: learners are compared here.
    """
    chances: dict[int, dict[str, list[float]]] = {}
    for each in results.memories_of(session, cohort_id, unit_key):
        recall = DEFAULT.recall(each.stability, max(today - each.last_day, 0) + 1)
        chances.setdefault(each.person_id, {}).setdefault(each.criterion_key, []).append(1 - recall)
    return {person: {key: fmean(some) for key, some in own.items()} for person, own in chances.items()}


def _mean(of_learners: Iterable[Weakness]) -> Weakness:
    """The mean over the learners, by criterion."""
    shares: dict[str, list[float]] = {}
    for own in of_learners:
        for criterion, share in own.items():
            shares.setdefault(criterion, []).append(share)
    return {criterion: fmean(each) for criterion, each in shares.items()}


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

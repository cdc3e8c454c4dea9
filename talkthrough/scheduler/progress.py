"""The use case of progress: what was seen, is remembered now and on the date, and came up in discussions."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from talkthrough.question_bank import discussion as policy
from talkthrough.question_bank.specification import AssessmentCriterion, Unit
from talkthrough.scheduler.learning import forecasts
from talkthrough.scheduler.learning_day import date_of
from talkthrough.scheduler.memory_rows import logged_answers
from talkthrough.scheduler.prediction import Scored, calibration
from talkthrough.scheduler.sitting import Situation, situation
from talkthrough.scheduler.standing import Standing, standing
from talkthrough.storage import answer_log, discussions, refits
from talkthrough.storage.records.progress import CriterionProgress, OutcomeProgress, Progress
from talkthrough.storage.tables import Person


def progress_of(session: Session, person: Person, unit: Unit, now: datetime) -> Progress:
    """Where the person stands in a unit today."""
    here = situation(session, person, unit, now)
    mentioned = _mentioned_criteria(session, person.id or 0, unit)
    outcomes = []
    for outcome in unit.outcomes:
        if outcome.criteria:
            whole = _standing(here, outcome.criteria)
            outcomes.append(
                OutcomeProgress(
                    number=outcome.number,
                    title=outcome.text,
                    seen=whole.seen,
                    total=whole.total,
                    strong=whole.strong,
                    weak=whole.weak,
                    recall_now=whole.recall_now,
                    expected=whole.expected,
                    mentioned_in_discussions=sum(each.key in mentioned for each in outcome.criteria),
                    criteria=tuple(_criterion(here, each, mentioned) for each in outcome.criteria),
                )
            )
    exam_day = here.exam_day if here.is_before_exam else None
    return Progress(
        unit.label,
        unit.title,
        tuple(outcomes),
        expected_recall=_standing(here, unit.criteria).expected,
        assessment_date=date_of(exam_day) if exam_day is not None else None,
    )


def calibration_of(session: Session, person: Person) -> list[tuple[float, float, int]]:
    """How good this learner's forecasts were: mean forecast, share recalled and number of answers, by tenths."""
    lines = answer_log.log_of(session, person.id or 0)
    scored: list[Scored] = []
    for last_answer_id, parameters in refits.eras(session, person.id or 0):  # as it was forecast at the time
        told = [line for line in lines if last_answer_id is None or line.answer_id <= last_answer_id]
        scored += forecasts(logged_answers(told), parameters)[len(scored) :]
    return calibration(scored)


def _criterion(here: Situation, criterion: AssessmentCriterion, mentioned: frozenset[str]) -> CriterionProgress:
    found = _standing(here, (criterion,))
    return CriterionProgress(
        criterion.number,
        criterion.text,
        found.seen,
        found.total,
        found.recall_now,
        found.expected,
        is_mentioned=criterion.key in mentioned,
    )


def _standing(here: Situation, criteria: Sequence[AssessmentCriterion]) -> Standing:
    """The standing of all memories that questions on these criteria ask for."""
    wanted = {criterion.key for criterion in criteria}
    states = here.states_of(question for question in here.questions if question.criterion_key in wanted)
    return standing(
        list(states.values()),
        today=here.today,
        exam_day=here.exam_day,
        calibrated=here.learner.recalibration,
        forgetting=here.learner.forgetting,
    )


def _mentioned_criteria(session: Session, person_id: int, unit: Unit) -> frozenset[str]:
    found: set[str] = set()
    for row in discussions.of_person(session, person_id):
        if row.unit_key == unit.key and row.id is not None:
            turns = discussions.transcript(session, row.id)
            standings = policy.standings(discussions.plan_of(row), turns)
            found |= {standing.criterion_key for standing in standings if standing.mentioned}
    return frozenset(found)

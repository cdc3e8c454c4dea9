"""Rounds and specifications: what tutors ask for, checked against their roles."""

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.scheduler import rounds
from talkthrough.storage import bank, people
from talkthrough.storage.tables import Cohort, Role


def _teaches(desk: Desk, cohort_id: int) -> Cohort | None:
    mine = {cohort.id: cohort for cohort in _cohorts(desk)}
    return mine.get(cohort_id)


def _cohorts(desk: Desk) -> tuple[Cohort, ...]:
    return people.cohorts_with(desk.session, desk.person_id, Role.TUTOR)


def find_cohorts(desk: Desk, _effect: f.FindCohorts) -> r.Event:
    """The tutor's own cohorts."""
    choices = (
        r.CohortChoice(cohort.id or 0, cohort.name, len(people.learners_of(desk.session, cohort.id or 0)))
        for cohort in _cohorts(desk)
    )
    return r.CohortsFound(tuple(choices))


def preview_round(desk: Desk, effect: f.PreviewRound) -> r.Event:
    """What the round would be; nothing is scheduled yet."""
    cohort, entry = _teaches(desk, effect.cohort_id), bank.unit_version(desk.session, effect.version_id)
    if cohort is None or entry is None:
        return r.NotAllowed()
    moment = rounds.moment_in(effect.when, desk.now, cohort.time_zone)
    if moment is None:
        return r.RoundPreviewed(problem="I could not read that as a time to come. Type it like this: 25/11/2026 18:00.")
    keys = rounds.pick_questions(desk.session, entry.unit, effect.outcome_number, effect.question_count)
    if not keys:
        return r.RoundPreviewed(problem="There are no questions for that part of the unit. Choose another part.")
    return r.RoundPreviewed(
        cohort.name,
        len(people.learners_of(desk.session, cohort.id or 0)),
        entry.unit.label,
        _outcome_name(effect.outcome_number),
        len(keys),
        rounds.moment_in_words(moment, cohort.time_zone),
    )


def _outcome_name(number: str) -> str:
    return "the whole unit" if number == rounds.WHOLE_UNIT else f"outcome {number}"


def schedule_round(desk: Desk, effect: f.ScheduleRound) -> r.Event:
    """Put the round into the calendar."""
    cohort, entry = _teaches(desk, effect.cohort_id), bank.unit_version(desk.session, effect.version_id)
    moment = rounds.moment_in(effect.when, desk.now, cohort.time_zone) if cohort else None
    if cohort is None or entry is None or moment is None:
        return r.NotAllowed()
    rounds.schedule_once(
        desk.session,
        cohort,
        desk.person_id,
        unit_key=entry.unit.key,
        outcome_number=effect.outcome_number,
        question_count=effect.question_count,
        moment=moment,
        now=desk.now,
    )
    return r.RoundScheduled(rounds.moment_in_words(moment, cohort.time_zone), cohort.name)


def find_rounds(desk: Desk, _effect: f.FindRounds) -> r.Event:
    """The tutor's planned and opened rounds."""
    planned, opened = [], []
    for cohort in _cohorts(desk):
        planned += rounds.planned_lines(desk.session, cohort)
        opened += [
            r.RoundResult(tally.name, tally.opened, tally.answered, tally.asked, tally.people_started, tally.people)
            for tally in rounds.tallies(desk.session, cohort)
        ]
    return r.RoundsFound(tuple(planned), tuple(opened))

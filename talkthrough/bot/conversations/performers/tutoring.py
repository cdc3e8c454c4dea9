"""Rounds and specifications: what tutors ask for, checked against their roles."""

from pydantic import TypeAdapter

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.question_bank.specification import Specification, Unit
from talkthrough.scheduler import rounds
from talkthrough.storage import bank, people
from talkthrough.storage.tables import Attachment, Cohort, Role

READINGS = TypeAdapter(Specification)
FIRST_CRITERIA = 3
MOST_FINDINGS = 6


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


def show_specification(desk: Desk, effect: f.ShowSpecification) -> r.Event:
    """What was understood of a document, before anything enters the bank."""
    specification = effect.file.specification
    if specification is None:
        return r.SpecificationRead(effect.file_name, problem=effect.file.problem)
    return r.SpecificationRead(
        effect.file_name,
        (_keep(desk, effect.file_name, effect.file.content), _keep(desk, "reading", READINGS.dump_json(specification))),
        tuple(_unit_line(unit) for unit in specification.units),
        _findings(specification),
        tuple(f"{c.number}  {c.text}" for unit in specification.units[:1] for c in unit.criteria[:FIRST_CRITERIA]),
    )


def _keep(desk: Desk, name: str, content: bytes) -> int:
    row = Attachment(file_name=name, media_type="application/octet-stream", content=content)
    desk.session.add(row)
    desk.session.flush()
    return row.id or 0


def _unit_line(unit: Unit) -> str:
    counts = ", ".join(f"outcome {outcome.number}: {len(outcome.criteria)}" for outcome in unit.outcomes)
    return f"{unit.label}: {unit.title}. {len(unit.criteria)} criteria ({counts})" if counts else f"{unit.label}: blank"


def _findings(specification: Specification) -> tuple[str, ...]:
    found = [f"line {finding.line}: {finding.message}" for finding in specification.findings]
    more = len(found) - MOST_FINDINGS
    return (*found[:MOST_FINDINGS], f"and {more} more") if more > 0 else tuple(found)


def add_specification(desk: Desk, effect: f.AddSpecification) -> r.Event:
    """The tutor confirmed: the units enter the bank. Or cancelled: the file is dropped."""
    kept, reading = (desk.session.get(Attachment, attachment_id) for attachment_id in effect.attachment_ids)
    if kept is None or reading is None:
        return r.SpecificationAdded()
    added: tuple[bank.BankUnit, ...] = ()
    if effect.confirmed and not bank.is_loaded(desk.session, kept.content):
        added = bank.add_specification(
            desk.session,
            READINGS.validate_json(reading.content),
            file_name=effect.file_name,
            content=kept.content,
            by=desk.person_id,
            now=desk.now,
        )
    desk.session.delete(kept)
    desk.session.delete(reading)
    return r.SpecificationAdded(tuple(entry.unit.label for entry in added))

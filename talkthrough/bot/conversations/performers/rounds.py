"""Rounds: previewed, kept, changed and looked at, each checked against the tutor's own cohorts."""

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations import round_effects as rf
from talkthrough.bot.conversations import round_events as re_
from talkthrough.bot.conversations.announcing import RoundWording
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.ordering import Production, order, report_production
from talkthrough.scheduler import round_closing, round_questions, rounds
from talkthrough.scheduler.planned_events import calendar_for
from talkthrough.scheduler.recurrence import Closing, RoundRule, describe, next_slot
from talkthrough.scheduler.round_line import parse_line
from talkthrough.scheduler.round_report import files_of_round, hardest_questions
from talkthrough.storage import cohorts, people
from talkthrough.storage import rounds as rows
from talkthrough.storage.bank import unit_version
from talkthrough.storage.tables import Cohort, Role, Round, Schedule

JUST_MISSED = timedelta(minutes=10)  # a round for "now" still opens when the preview was read at leisure
DEFAULT_DAYS_OPEN = 2
WORDING = RoundWording()


def teaches(desk: Desk, cohort_id: int) -> Cohort | None:
    """The cohort, if the person is its tutor."""
    return next((row for row in own_cohorts(desk) if row.id == cohort_id), None)


def own_cohorts(desk: Desk) -> tuple[Cohort, ...]:
    """The cohorts that the person teaches."""
    return people.cohorts_with(desk.session, desk.person_id, Role.TUTOR)


def find_cohorts(desk: Desk, _effect: f.FindCohorts) -> r.Event:
    """The tutor's own cohorts."""
    choices = (
        r.CohortChoice(cohort.id or 0, cohort.name, len(people.learners_of(desk.session, cohort.id or 0)))
        for cohort in own_cohorts(desk)
    )
    return r.CohortsFound(tuple(choices))


# --- from a wizard or a line to a rule --------------------------------------------------------------------------------


def build_rule(desk: Desk, effect: rf.BuildRule) -> r.Event:
    """The wizard's rule, with sensible defaults for what it did not ask."""
    cohort, entry = teaches(desk, effect.cohort_id), unit_version(desk.session, effect.version_id)
    if cohort is None or entry is None:
        return r.NotAllowed()
    moment = rounds.moment_in(effect.when, desk.now, cohort.time_zone)
    if moment is None:
        return re_.RulePreviewed(
            problem="I could not read that as a time to come. Type it like this: 25/11/2026 18:00."
        )
    local = moment.astimezone(ZoneInfo(cohort.time_zone))
    is_weakest = effect.outcome_number == "weakest"
    rule = RoundRule(
        first_date=local.date(),
        local_time=local.time().replace(tzinfo=None),
        time_zone=cohort.time_zone,
        unit_key=entry.unit.key,
        criteria="weakest" if is_weakest else round_questions.criteria_of(entry.unit, effect.outcome_number),
        question_count=effect.question_count,
        closing=Closing(local.time().replace(tzinfo=None), DEFAULT_DAYS_OPEN),
    )
    return preview_rule(desk, rf.PreviewRule(effect.cohort_id, rule))


def read_line(desk: Desk, effect: rf.ReadLine) -> r.Event:
    """A tutor's line: the group is the one that it names, the schedule's own, or the only one there is."""
    schedule = own_schedule(desk, effect.schedule_id) if effect.schedule_id is not None else None
    wanted = schedule.cohort_id if schedule else effect.cohort_id
    line, found = cohort_in(effect.line, own_cohorts(desk), wanted)
    if not found:
        return re_.RulePreviewed(problem="You have no group yet. Make one with /groups.")
    if len(found) > 1:
        return re_.RulePreviewed(line=effect.line, choices=tuple((row.id or 0, row.name) for row in found))
    (cohort,) = found
    today = desk.now.astimezone(ZoneInfo(cohort.time_zone)).date()
    units = [entry.unit for entry in cohorts.units_of(desk.session, cohort)]
    try:
        rule = parse_line(line, today=today, time_zone=cohort.time_zone, units=units)
    except ValueError as problem:
        return re_.RulePreviewed(problem=str(problem))
    return preview_rule(desk, rf.PreviewRule(cohort.id or 0, rule, effect.schedule_id))


def cohort_in(line: str, mine: tuple[Cohort, ...], wanted: int | None) -> tuple[str, tuple[Cohort, ...]]:
    """The line without the group's name, and the groups that it may mean. "unit 401" is no group called "401"."""
    for row in sorted(mine, key=lambda row: -len(row.name)):
        named = re.search(rf"(?<!\w)(?<!unit )(?:for )?{re.escape(row.name)}(?!\w)", line, re.IGNORECASE)
        if named:
            return f"{line[: named.start()]} {line[named.end() :]}", (row,)
    return line, tuple(row for row in mine if wanted in (None, row.id))


def preview_rule(desk: Desk, effect: rf.PreviewRule) -> r.Event:
    """What the rule would do; nothing is scheduled yet."""
    cohort, rule = teaches(desk, effect.cohort_id), effect.rule
    entry = cohorts.unit_of(desk.session, cohort, rule.unit_key) if cohort else None
    if cohort is None or entry is None:
        return r.NotAllowed()
    slot = next_slot(rounds.in_term(rule, cohort), desk.now - JUST_MISSED)
    if slot is None:
        return re_.RulePreviewed(problem="That time has passed, or falls into the holidays. Please choose another one.")
    keys = round_questions.for_group(desk.session, effect.cohort_id, rule, entry.unit, desk.now)
    if not keys:
        return re_.RulePreviewed(problem="There are no questions for that part of the unit. Choose another part.")
    return re_.RulePreviewed(
        effect.cohort_id,
        rule,
        effect.schedule_id,
        cohort.name,
        len(people.learners_of(desk.session, effect.cohort_id)),
        entry.unit.label,
        _part(entry.unit.criteria, rule),
        len(keys),
        describe(rule),
        rounds.moment_in_words(slot.opens_at, cohort.time_zone),
        is_other=not cohorts.has_unit(cohort, rule.unit_key),
    )


def _part(criteria: tuple[Any, ...], rule: RoundRule) -> str:
    if rule.criteria == "weakest":
        return "what the group is weakest at"
    if len(rule.criteria) == len(criteria):
        return "the whole unit"
    numbers = [criterion.number for criterion in criteria if criterion.key in rule.criteria]
    return f"criteria {', '.join(numbers)}"


def keep_rule(desk: Desk, effect: rf.KeepRule) -> r.Event:
    """Put the rule into the calendar, or change a schedule to it."""
    cohort = teaches(desk, effect.cohort_id)
    if cohort is None:
        return r.NotAllowed()
    first = next_slot(rounds.in_term(effect.rule, cohort), desk.now - JUST_MISSED)
    if first is None:
        return re_.RulePreviewed(problem="That time has passed. Please choose another one.")
    schedule = own_schedule(desk, effect.schedule_id) if effect.schedule_id is not None else None
    if schedule is not None:
        rounds.change_rule(desk.session, schedule, effect.rule, desk.now)
    else:
        rounds.schedule(desk.session, cohort, desk.person_id, effect.rule, desk.now, first=first.opens_at)
    return re_.RoundScheduled(rounds.moment_in_words(first.opens_at, cohort.time_zone), cohort.name)


# --- what is planned --------------------------------------------------------------------------------------------------


def own_schedule(desk: Desk, schedule_id: int) -> Schedule | None:
    """The schedule, if it is for a cohort of this tutor."""
    row = desk.session.get(Schedule, schedule_id)
    return row if row and teaches(desk, row.cohort_id) else None


def find_rounds(desk: Desk, _effect: rf.FindRounds) -> r.Event:
    """The tutor's planned and opened rounds."""
    mine = own_cohorts(desk)
    planned = (each for cohort in mine for each in rounds.planned(desk.session, cohort))
    opened = (each for cohort in mine for each in rounds.tallies(desk.session, cohort))
    return re_.RoundsFound(tuple(planned), tuple(opened))


def show_schedule(desk: Desk, effect: rf.ShowSchedule, done: str = "") -> r.Event:
    """A schedule with its next round."""
    row = own_schedule(desk, effect.schedule_id)
    if row is None:
        return re_.NoSuchRound()
    if row.state not in (rows.ACTIVE, rows.PAUSED):
        return re_.ScheduleShown(effect.schedule_id, "", is_paused=False, done=done or "It has ended.")
    rule = rounds.rule_of(row)
    slot = rounds.upcoming(desk.session, row, desk.now)
    return re_.ScheduleShown(
        effect.schedule_id,
        f"{rounds.unit_label(desk.session, rule.unit_key)}: {describe(rule)}",
        is_paused=row.state == rows.PAUSED,
        next_day=slot.local_date.isoformat() if slot else "",
        next_words=rounds.moment_in_words(slot.opens_at, rule.time_zone) if slot else "",
        done=done,
    )


def change_schedule(desk: Desk, effect: rf.ChangeSchedule) -> r.Event:
    """Pause, resume, skip one, cancel, or run now."""
    row = own_schedule(desk, effect.schedule_id)
    if row is None:
        return re_.NoSuchRound()
    match effect.what:
        case "pause":
            rounds.pause(row)
            done = "Paused. No round opens until you let it go on."
        case "resume":
            rounds.resume(desk.session, row, desk.now)
            done = "It goes on."
        case "cancel":
            rounds.cancel(row)
            done = "Cancelled. Rounds that were sent stay."
        case "skip":
            done = _skip(desk, row, effect.day)
        case "run":
            done = _run(desk, row)
    return show_schedule(desk, rf.ShowSchedule(effect.schedule_id), done)


def _skip(desk: Desk, row: Schedule, day: str) -> str:
    skipped = date.fromisoformat(day)
    rounds.skip(desk.session, row, skipped, desk.now)
    return f"The round of {skipped:%-d %B} is left out."


def _run(desk: Desk, row: Schedule) -> str:
    opened = rounds.run_now(desk.session, row, desk.now, WORDING)
    return "The round goes out now." if opened else "It was sent already, or there is nothing to ask."


# --- what came of rounds ----------------------------------------------------------------------------------------------


def own_round(desk: Desk, round_id: int) -> tuple[Round, Cohort] | None:
    """A round and its cohort, if this tutor teaches it."""
    row = desk.session.get(Round, round_id, with_for_update=True)
    cohort = teaches(desk, row.cohort_id) if row else None
    return (row, cohort) if row and cohort else None


def show_results(desk: Desk, effect: rf.ShowResults) -> r.Event:
    """The tally, and the questions that went least well. No names here."""
    found = own_round(desk, effect.round_id)
    if found is None:
        return re_.NoSuchRound()
    row, cohort = found
    hard = (
        re_.HardQuestionShown(each.stem, each.criterion, round(100 * each.score), each.wrong, each.flags)
        for each in hardest_questions(desk.session, row)
    )
    label = rounds.unit_label(desk.session, rounds.rule_of(desk.session.get_one(Schedule, row.schedule_id)).unit_key)
    waiting = len(rows.not_finished(desk.session, effect.round_id))
    return re_.ResultsShown(rounds.tally_of(desk.session, row, cohort), label, tuple(hard), waiting)


def show_waiting(desk: Desk, effect: rf.ShowWaiting) -> r.Event:
    """Who has not answered; that the tutor looked is noted."""
    found = own_round(desk, effect.round_id)
    if found is None:
        return re_.NoSuchRound()
    row, _ = found
    waiting = rows.not_finished(desk.session, effect.round_id)
    _note(desk, [person.id or 0 for person in waiting], f"looked up who has not answered round {row.id}")
    return re_.WaitingShown(
        effect.round_id,
        tuple(person.display_name for person in waiting if person.unreachable_since is None),
        tuple(person.display_name for person in waiting if person.unreachable_since is not None),
        can_nudge=bool(waiting) and row.closed_at is None,
    )


def _note(desk: Desk, person_ids: list[int], what: str) -> None:
    people.note_access_to_all(desk.session, desk.person_id, person_ids, what, desk.now)


def nudge_waiting(desk: Desk, effect: rf.NudgeWaiting) -> r.Event:
    """A private reminder to who has not answered, within their hours and their day."""
    found = own_round(desk, effect.round_id)
    if found is None or found[0].closed_at is not None:
        return re_.NoSuchRound()
    return re_.Nudged(effect.round_id, *round_closing.nudge(desk.session, found[0], desk.now, WORDING))


def close_round(desk: Desk, effect: rf.CloseRound) -> r.Event:
    """Close a round by hand and show how it went."""
    found = own_round(desk, effect.round_id)
    if found is None:
        return re_.NoSuchRound()
    round_closing.close(desk.session, found[0], desk.now, WORDING)
    return show_results(desk, rf.ShowResults(effect.round_id))


def order_heat_map(desk: Desk, effect: rf.SendHeatMap) -> r.Event:
    """Order the heat map of a round as files."""
    return order(desk, effect) if own_round(desk, effect.round_id) else re_.NoSuchRound()


def make_heat_map(desk: Desk, effect: rf.SendHeatMap) -> Production | r.Event:
    """The heat map as files; every learner in it can read that the tutor took it."""
    found = own_round(desk, effect.round_id)
    report = files_of_round(desk.session, *found) if found else None
    if found is None or report is None:
        return re_.NoSuchRound()
    return report_production(report, f"took the results of round {found[0].id}")


def send_calendar(desk: Desk, _effect: rf.SendCalendar) -> None:
    """What is planned for the person, as a file for their calendar."""
    content = calendar_for(desk.session, desk.person, desk.now)
    desk.send_file("talkthrough.ics", "text/calendar", content.encode(), "Open this to see it in your calendar.")


PERFORMERS: dict[type, Performer] = {
    f.FindCohorts: find_cohorts,
    rf.BuildRule: build_rule,
    rf.ReadLine: read_line,
    rf.PreviewRule: preview_rule,
    rf.KeepRule: keep_rule,
    rf.FindRounds: find_rounds,
    rf.ShowSchedule: show_schedule,
    rf.ChangeSchedule: change_schedule,
    rf.ShowResults: show_results,
    rf.ShowWaiting: show_waiting,
    rf.NudgeWaiting: nudge_waiting,
    rf.CloseRound: close_round,
    rf.SendHeatMap: order_heat_map,
    rf.SendCalendar: send_calendar,
}

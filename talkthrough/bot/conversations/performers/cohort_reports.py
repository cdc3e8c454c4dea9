"""What a tutor takes home about a group: the weeks, and for each unit the heat map and the gaps."""

from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import cohort_events as v
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.ordering import Production, order, report_production
from talkthrough.bot.conversations.performers.rounds import teaches
from talkthrough.scheduler.round_report import files_of_cohort, gaps_of
from talkthrough.scheduler.weekly_report import files_of_weeks, picture_of_weeks, weekly_report
from talkthrough.storage import cohorts, people, pinned
from talkthrough.storage.bank import BankUnit
from talkthrough.storage.records import weekly
from talkthrough.storage.tables import Cohort

WEEKS_IN_WORDS = 4
MOST_LINES = 12


def show_weeks(desk: Desk, effect: c.ShowWeeks) -> r.Event:
    """The last weeks in words; what is wanted beside them is ordered, and the words come with it."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    if effect.handing != "nothing":
        return order(desk, effect)
    learners = [each.id or 0 for each in people.learners_of(desk.session, effect.cohort_id)]
    people.note_access_to_all(desk.session, desk.person_id, learners, f"looked at the report of {row.name}", desk.now)
    return _in_words(desk, row, weekly_report(desk.session, row, desk.now))


def make_weeks(desk: Desk, effect: c.ShowWeeks) -> Production | r.Event:
    """The last weeks as files or as a picture."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    report = weekly_report(desk.session, row, desk.now)
    made = files_of_weeks if effect.handing == "files" else picture_of_weeks
    return report_production(made(desk.session, row, report), _taken(row), _in_words(desk, row, report))


def _taken(row: Cohort) -> str:
    return f"took the report of {row.name}"


def _in_words(desk: Desk, row: Cohort, report: weekly.WeeklyReport) -> v.WeeksShown:
    return v.WeeksShown(
        row.id or 0,
        row.name,
        report.subtitle,
        weekly.in_words(report)[:WEEKS_IN_WORDS],
        report.quiet[:MOST_LINES],
        max(len(report.quiet) - MOST_LINES, 0),
        tuple((entry.version_id, entry.unit.label) for entry in cohorts.units_of(desk.session, row)),
        pinned.in_words(pinned.units_behind(desk.session, row)),
    )


def order_unit_report(desk: Desk, effect: c.SendUnitReport) -> r.Event:
    """Order the heat map of one of the group's units, and what has not been asked or discussed."""
    return order(desk, effect) if _unit(desk, effect) else r.NotAllowed()


def make_unit_report(desk: Desk, effect: c.SendUnitReport) -> Production | r.Event:
    """The heat map of one of the group's units as files, and what has not been asked or discussed."""
    wanted = _unit(desk, effect)
    if wanted is None:
        return r.NotAllowed()
    row, entry = wanted
    found, behind = gaps_of(desk.session, row, entry.unit), pinned.behind(desk.session, entry)
    said = v.GapsShown(
        effect.cohort_id,
        entry.unit.label,
        _first(found.without_question),
        _first(found.never_asked),
        _first(found.never_discussed),
        pinned.in_words((behind,)) if behind else (),
    )
    return report_production(files_of_cohort(desk.session, row, entry), _taken(row), said)


def _unit(desk: Desk, effect: c.SendUnitReport) -> tuple[Cohort, BankUnit] | None:
    row = teaches(desk, effect.cohort_id)
    units = cohorts.units_of(desk.session, row) if row else ()
    entry = next((each for each in units if each.version_id == effect.version_id), None)
    return (row, entry) if row and entry else None


def _first(lines: tuple[str, ...]) -> v.Gap:
    return lines[:MOST_LINES], max(len(lines) - MOST_LINES, 0)


PERFORMERS: dict[type, Performer] = {
    c.ShowWeeks: show_weeks,
    c.SendUnitReport: order_unit_report,
}

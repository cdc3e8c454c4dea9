"""What a tutor takes home about a group: the weeks, and for each unit the heat map and the gaps."""

from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import cohort_events as v
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.rounds import teaches
from talkthrough.scheduler.round_report import Report, files_of_cohort, gaps_of
from talkthrough.scheduler.weekly_report import files_of_weeks, picture_of_weeks, weekly_report
from talkthrough.storage import cohorts, people, pinned
from talkthrough.storage.records import weekly
from talkthrough.storage.tables import Cohort

WEEKS_IN_WORDS = 4
MOST_LINES = 12


def show_weeks(desk: Desk, effect: c.ShowWeeks) -> r.Event:
    """The last weeks in words, with what is wanted beside them."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    report = weekly_report(desk.session, row, desk.now)
    if effect.handing == "nothing":
        learners = [each.id or 0 for each in people.learners_of(desk.session, effect.cohort_id)]
        people.note_access_to_all(
            desk.session, desk.person_id, learners, f"looked at the report of {row.name}", desk.now
        )
    else:
        made = files_of_weeks if effect.handing == "files" else picture_of_weeks
        _hand_over(desk, row, made(desk.session, row, report))
    return _in_words(desk, row, report)


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


def _hand_over(desk: Desk, row: Cohort, report: Report) -> None:
    """Send the files; everybody whose data they hold can read who took them."""
    what = f"took the report of {row.name}"
    people.note_access_to_all(desk.session, desk.person_id, report.person_ids, what, desk.now)
    for file in report.files:
        desk.send_file(file.name, file.media_type, file.content, file.caption)


def send_unit(desk: Desk, effect: c.SendUnitReport) -> r.Event:
    """The heat map of one of the group's units as files, and what has not been asked or discussed."""
    row = teaches(desk, effect.cohort_id)
    units = cohorts.units_of(desk.session, row) if row else ()
    entry = next((each for each in units if each.version_id == effect.version_id), None)
    if row is None or entry is None:
        return r.NotAllowed()
    _hand_over(desk, row, files_of_cohort(desk.session, row, entry))
    behind = pinned.behind(desk.session, entry)
    found = gaps_of(desk.session, row, entry.unit)
    return v.GapsShown(
        effect.cohort_id,
        entry.unit.label,
        _first(found.without_question),
        _first(found.never_asked),
        _first(found.never_discussed),
        pinned.in_words((behind,)) if behind else (),
    )


def _first(lines: tuple[str, ...]) -> v.Gap:
    return lines[:MOST_LINES], max(len(lines) - MOST_LINES, 0)


PERFORMERS: dict[type, Performer] = {
    c.ShowWeeks: show_weeks,
    c.SendUnitReport: send_unit,
}

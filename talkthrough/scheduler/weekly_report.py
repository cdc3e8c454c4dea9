"""The weekly report of a cohort: who practised, how it went, what was discussed, week by week in the cohort's zone."""

from datetime import datetime
from statistics import fmean

from sqlmodel import Session

from talkthrough.scheduler.forgetting import DEFAULT
from talkthrough.scheduler.learning_day import date_of, learning_day, start_of
from talkthrough.scheduler.round_report import WORKBOOK, Make, Report, file_name
from talkthrough.storage import activity, cohorts, people
from talkthrough.storage.records import weekly
from talkthrough.storage.records.model import RenderedFile
from talkthrough.storage.tables import Cohort, Person

WEEK = 7
WEEKS = 8
MOST_WEEKS = 52


def weekly_report(session: Session, cohort: Cohort, now: datetime, weeks: int = WEEKS) -> weekly.WeeklyReport:
    """The last weeks up to now, not before the cohort was made. Weeks start on Monday at 04:00, as learning days do."""
    mondays = _mondays(cohort, now, weeks)
    span = activity.Span(tuple(start_of(day, cohort.time_zone) for day in (*mondays, mondays[-1] + WEEK)))
    cohort_id, units = cohort.id or 0, [entry.unit.key for entry in cohorts.units_of(session, cohort)]
    learners = people.learners_of(session, cohort_id)
    practice = activity.practice(session, cohort_id, units, span)
    held = activity.discussions_held(session, cohort_id, units, span)
    asked = activity.round_questions(session, cohort_id, span)
    found = []
    for place, monday in enumerate(mondays):
        own = [each for each in practice if each.week == place]
        discussed = [person_id for week, person_id in held if week == place]
        questions, answered = asked.get(place, (0, 0))
        found.append(
            weekly.Week(
                date_of(monday),
                practised=len({*discussed, *(each.person_id for each in own)}),
                learners=len(learners),
                answers=sum(each.answers for each in own),
                complete=sum(each.complete for each in own),
                discussions=len(discussed),
                round_answered=answered,
                round_asked=questions,
            )
        )
    remembered = _remembered(session, cohort, units, now)
    return weekly.WeeklyReport(
        f"{cohort.name}: week by week", tuple(found), _learners(learners, practice, len(mondays)), remembered
    )


def _mondays(cohort: Cohort, now: datetime, weeks: int) -> range:
    """The learning days on which the weeks start."""
    first, this = (
        day - date_of(day).weekday() for day in (learning_day(at, cohort.time_zone) for at in (cohort.created_at, now))
    )
    return range(max(min(first, this), this - WEEK * (min(weeks, MOST_WEEKS) - 1)), this + 1, WEEK)


def _learners(
    learners: tuple[Person, ...], practice: tuple[activity.Practice, ...], weeks: int
) -> tuple[weekly.Learner, ...]:
    counts = {(each.person_id, each.week): each.answers for each in practice}
    found = [
        weekly.Learner(each.display_name, tuple(counts.get((each.id or 0, week), 0) for week in range(weeks)))
        for each in learners
    ]
    return tuple(sorted(found, key=lambda each: (sum(each.answers[-2:]), sum(each.answers), each.name)))


def _remembered(session: Session, cohort: Cohort, units: list[str], now: datetime) -> float | None:
    """The mean chance of recall today, by the memory model's usual parameters and not each learner's own."""
    today = learning_day(now, cohort.time_zone)
    cards = activity.memories(session, cohort.id or 0, units)
    return fmean(DEFAULT.recall(stability, max(today - last, 0)) for stability, last in cards) if cards else None


def picture_of_weeks(session: Session, cohort: Cohort, report: weekly.WeeklyReport) -> Report:
    """The report as a picture alone, and whose data it holds."""
    ids = tuple(each.id for each in people.learners_of(session, cohort.id or 0) if each.id is not None)
    caption = f"{report.title}. {report.subtitle}"
    stem = _stem(cohort)
    return Report((lambda: RenderedFile(f"{stem}.png", "image/png", weekly.as_picture(report), caption),), ids)


def _stem(cohort: Cohort) -> str:
    return file_name(f"{cohort.name} weeks")


def files_of_weeks(session: Session, cohort: Cohort, report: weekly.WeeklyReport) -> Report:
    """The report as picture, page, table and workbook."""
    stem, picture = _stem(cohort), picture_of_weeks(session, cohort, report)
    makes: tuple[Make, ...] = (
        *picture.makes,
        lambda: RenderedFile(f"{stem}.html", "text/html", weekly.as_html(report)),
        lambda: RenderedFile(f"{stem}.csv", "text/csv", weekly.as_csv(report)),
        lambda: RenderedFile(f"{stem}.xlsx", WORKBOOK, weekly.as_xlsx(report)),
    )
    return Report(makes, picture.person_ids)

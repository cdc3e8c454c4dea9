"""`talkthrough report ...`: heat maps, gaps and calendars as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from talkthrough.bot.commands.working import AsJson, Group, Work, group_named, round_numbered, show, steps, working

if TYPE_CHECKING:
    from talkthrough.scheduler.round_report import Report

report = typer.Typer(help="Results as files: heat maps, gaps, calendars.", no_args_is_help=True)
Folder = Annotated[Path, typer.Option(help="Where the files go.")]


@report.command("group")
def group(name: Group, out: Folder = Path(), as_json: AsJson = False) -> None:
    """The heat map of every unit that a group was asked about, as files. Learners can read that you took it."""
    from talkthrough.scheduler.round_report import files_of_cohort
    from talkthrough.storage import cohorts, results

    with working() as work:
        row = group_named(work, name)
        every = cohorts.units_of(work.session, row)
        units = [entry for entry in every if results.of_cohort(work.session, row.id or 0, entry.unit.key)]
        written: list[str] = []
        for entry in steps(units, "Heat maps", as_json=as_json):
            written += _write(work, files_of_cohort(work.session, row, entry), out, f"took the report of {row.name}")
        show([{"file": path} for path in written], as_json=as_json)


@report.command()
def weeks(
    name: Group,
    last: Annotated[int, typer.Option("--weeks", min=1, max=52, help="How many weeks.")] = 8,
    out: Annotated[Path | None, typer.Option(help="Write picture, page, table and workbook here.")] = None,
    as_json: AsJson = False,
) -> None:
    """What a group did week by week: who practised, answers, discussions, rounds. Learners can read that you looked."""
    from dataclasses import asdict

    from talkthrough.scheduler.weekly_report import files_of_weeks, weekly_report
    from talkthrough.storage import people

    with working() as work:
        row = group_named(work, name)
        found = weekly_report(work.session, row, work.now, last)
        if out is not None:
            _write(work, files_of_weeks(work.session, row, found), out, f"took the report of {row.name}")
        else:
            ids = [each.id or 0 for each in people.learners_of(work.session, row.id or 0)]
            what = f"looked at the report of {row.name}"
            people.note_access_to_all(work.session, work.person.id or 0, ids, what, work.now)
        if as_json:
            show([asdict(found)], as_json=True)
            return
        typer.echo(found.subtitle)
        show([asdict(week) for week in found.weeks], as_json=False)
        show([{"learner": each.name, "answers by week": each.answers} for each in found.learners], as_json=False)


@report.command("round")
def round_(
    number: Annotated[int, typer.Argument(help="The number of the round.")],
    out: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """The heat map of one round."""
    from talkthrough.errors import UserError
    from talkthrough.scheduler.round_report import files_of_round
    from talkthrough.storage.tables import Cohort

    with working() as work:
        row = round_numbered(work, number)
        found = files_of_round(work.session, row, work.session.get_one(Cohort, row.cohort_id))
        if found is None:
            raise UserError(f"The unit of round {number} is not in the bank any more.")
        written = _write(work, found, out, f"took the results of round {number}")
        show([{"file": path} for path in written], as_json=as_json)


def _write(work: Work, found: "Report", out: Path, what: str) -> list[str]:
    from talkthrough.storage import people

    people.note_access_to_all(work.session, work.person.id or 0, found.person_ids, what, work.now)
    out.mkdir(parents=True, exist_ok=True)
    files = [make() for make in found.makes]
    for file in files:
        (out / file.name).write_bytes(file.content)
    return [str(out / file.name) for file in files]


@report.command()
def gaps(name: Group, as_json: AsJson = False) -> None:
    """Criteria without a question, never asked, never discussed."""
    from dataclasses import asdict

    from talkthrough.scheduler.round_report import gaps_of
    from talkthrough.storage import cohorts, pinned

    with working() as work:
        row = group_named(work, name)
        units = cohorts.units_of(work.session, row)
        behind = {each.used.version_id: pinned.in_words((each,))[0] for each in pinned.units_behind(work.session, row)}
        show(
            [
                {
                    "unit": entry.unit.label,
                    **asdict(gaps_of(work.session, row, entry.unit)),
                    "version": behind.get(entry.version_id),
                }
                for entry in units
            ],
            as_json=as_json,
        )


@report.command()
def calendar(name: Group, out: Folder = Path(), as_json: AsJson = False) -> None:
    """The rounds of a group as an iCalendar file."""
    from talkthrough.scheduler.calendar import calendar as written
    from talkthrough.scheduler.planned_events import events_of_cohort
    from talkthrough.scheduler.round_report import file_name

    with working() as work:
        row = group_named(work, name)
        events = list(events_of_cohort(work.session, row, work.now))
        text = written(events, time_zone=row.time_zone, name=row.name, made_at=work.now)
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"{file_name(row.name)}.ics"
        path.write_bytes(text.encode())
        show([{"file": path, "events": len(events)}], as_json=as_json)

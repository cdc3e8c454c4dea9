"""`talkthrough round ...`: plan, change and look at quiz rounds. A running bot sends what is planned here."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from talkthrough.bot.commands.working import AsJson, Group, Work, group_named, round_numbered, show, working

if TYPE_CHECKING:
    from talkthrough.scheduler.recurrence import RoundRule
    from talkthrough.storage.tables import Cohort, Schedule

round_ = typer.Typer(help="Quiz rounds: plan, pause, skip, run, close, results.", no_args_is_help=True)
ScheduleId = Annotated[int, typer.Argument(help="The number of the plan, as `round list` prints it.")]
RoundId = Annotated[int, typer.Argument(help="The number of the round, as `round list` prints it.")]
Line = Annotated[str, typer.Argument(help='For example "Thursdays 18:00 unit 401 five questions close Sunday 20:00".')]


def _plan(work: Work, row: "Schedule") -> dict[str, Any]:
    from talkthrough.scheduler import rounds
    from talkthrough.scheduler.recurrence import describe

    rule = rounds.rule_of(row)
    return {
        "plan": row.id,
        "unit": rounds.unit_label(work.session, rule.unit_key),
        "rule": describe(rule),
        "state": row.state,
        "next": row.next_at,
    }


@round_.command("list")
def list_(name: Group, as_json: AsJson = False) -> None:
    """What is planned for a group, and its latest rounds."""
    from dataclasses import asdict

    from talkthrough.scheduler import rounds
    from talkthrough.storage import rounds as rows

    with working() as work:
        row = group_named(work, name)
        plans = [_plan(work, schedule) for schedule in rows.standing_schedules(work.session, row.id or 0)]
        opened = [asdict(tally) for tally in rounds.tallies(work.session, row)]
        if as_json:
            show([{"planned": plans, "rounds": opened}], as_json=True)
            return
        show(plans, as_json=False)
        show(opened, as_json=False)


@round_.command()
def add(
    name: Group,
    line: Line,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Plan rounds with one line."""
    from dataclasses import asdict

    from talkthrough.errors import UserError
    from talkthrough.scheduler import rounds

    with working() as work:
        row = group_named(work, name)
        rule = _rule(work, row, line)
        if preview:
            show([asdict(rule)], as_json=as_json)
        else:
            schedule = rounds.schedule(work.session, row, work.person.id or 0, rule, work.now)
            if schedule.next_at is None:
                raise UserError("That time is over, or outside the group's term. Choose another one.")
            show([_plan(work, schedule)], as_json=as_json)


def _rule(work: Work, row: "Cohort", line: str) -> "RoundRule":
    from zoneinfo import ZoneInfo

    from talkthrough.errors import UserError
    from talkthrough.scheduler.round_line import parse_line
    from talkthrough.storage import cohorts

    today = work.now.astimezone(ZoneInfo(row.time_zone)).date()
    units = [entry.unit for entry in cohorts.units_of(work.session, row)]
    try:
        return parse_line(line, today=today, time_zone=row.time_zone, units=units)
    except ValueError as problem:
        raise UserError(str(problem)) from None


def _schedule(work: Work, number: int) -> "Schedule":
    from talkthrough.errors import UserError
    from talkthrough.storage.tables import Schedule

    row = work.session.get(Schedule, number)
    if row is None:
        raise UserError(f"There is no plan {number}. `talkthrough round list GROUP` prints the numbers.")
    return row


@round_.command()
def edit(plan: ScheduleId, line: Line, as_json: AsJson = False) -> None:
    """Give a plan another line."""
    from talkthrough.scheduler import rounds
    from talkthrough.storage.tables import Cohort

    with working() as work:
        row = _schedule(work, plan)
        rule = _rule(work, work.session.get_one(Cohort, row.cohort_id), line)
        rounds.change_rule(work.session, row, rule, work.now)
        show([_plan(work, row)], as_json=as_json)


@round_.command()
def pause(plan: ScheduleId, as_json: AsJson = False) -> None:
    """Open no rounds until it is resumed."""
    from talkthrough.scheduler import rounds

    with working() as work:
        row = _schedule(work, plan)
        rounds.pause(row)
        show([_plan(work, row)], as_json=as_json)


@round_.command()
def resume(plan: ScheduleId, as_json: AsJson = False) -> None:
    """Go on with the next slot."""
    from talkthrough.scheduler import rounds

    with working() as work:
        row = _schedule(work, plan)
        rounds.resume(work.session, row, work.now)
        show([_plan(work, row)], as_json=as_json)


@round_.command()
def skip(plan: ScheduleId, as_json: AsJson = False) -> None:
    """Leave out the next round of a plan."""
    from talkthrough.scheduler import rounds

    with working() as work:
        row = _schedule(work, plan)
        slot = rounds.upcoming(work.session, row, work.now)
        if slot is not None:
            rounds.skip(work.session, row, slot.local_date, work.now)
        show([_plan(work, row) | {"skipped": slot.local_date if slot else None}], as_json=as_json)


@round_.command()
def cancel(plan: ScheduleId, as_json: AsJson = False) -> None:
    """End a plan. Rounds that were sent stay."""
    from talkthrough.scheduler import rounds

    with working() as work:
        row = _schedule(work, plan)
        rounds.cancel(row)
        show([_plan(work, row)], as_json=as_json)


@round_.command()
def run(plan: ScheduleId, as_json: AsJson = False) -> None:
    """Send a round of a plan now, beside its slots: the bot opens it within a second, or when it starts."""
    from talkthrough.scheduler import rounds

    with working() as work:
        once = rounds.run_soon(work.session, _schedule(work, plan), work.person.id or 0, work.now)
        show([_plan(work, once)], as_json=as_json)


@round_.command()
def close(number: RoundId, as_json: AsJson = False) -> None:
    """Close a round: the bot tells everybody within a second, or when it starts."""
    with working() as work:
        row = round_numbered(work, number)
        if row.closed_at is None:
            row.closes_at = work.now
        show([{"round": row.id, "closes_at": row.closes_at}], as_json=as_json)


@round_.command()
def nudge(number: RoundId, as_json: AsJson = False) -> None:
    """Remind who has not answered, within their hours and their day: the bot does it within a second."""
    from datetime import timedelta

    with working() as work:
        row = round_numbered(work, number)
        if row.closed_at is None:
            row.reminded_at = work.now - timedelta(days=1)
        show([{"round": row.id, "is_open": row.closed_at is None}], as_json=as_json)


@round_.command()
def results(number: RoundId, as_json: AsJson = False) -> None:
    """How a round went: the tally, and the hardest questions with the answers given instead."""
    from dataclasses import asdict

    from talkthrough.scheduler import rounds
    from talkthrough.scheduler.round_report import hardest_questions
    from talkthrough.storage.tables import Cohort

    with working() as work:
        row = round_numbered(work, number)
        tally = asdict(rounds.tally_of(work.session, row, work.session.get_one(Cohort, row.cohort_id)))
        hard = [asdict(each) for each in hardest_questions(work.session, row)]
        if as_json:
            show([tally | {"hardest": hard}], as_json=True)
            return
        show([tally], as_json=False)
        show(hard, as_json=False)


@round_.command()
def waiting(number: RoundId, as_json: AsJson = False) -> None:
    """Who has not answered everything. They can read that you looked."""
    from talkthrough.storage import people
    from talkthrough.storage import rounds as rows

    with working() as work:
        found = rows.not_finished(work.session, round_numbered(work, number).id or 0)
        what = f"looked up who has not answered round {number}"
        people.note_access_to_all(work.session, work.person.id or 0, [each.id or 0 for each in found], what, work.now)
        show(
            [{"name": each.display_name, "unreachable_since": each.unreachable_since} for each in found],
            as_json=as_json,
        )

"""`talkthrough cohort ...`: everything that a tutor sets up for a group in the chat."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from talkthrough.bot.commands.working import AsJson, Group, Work, day_in, group_named, show, unit_called, working

if TYPE_CHECKING:
    from talkthrough.bot.conversations.performers.desk import Desk
    from talkthrough.storage.cohorts import Member
    from talkthrough.storage.tables import Cohort

cohort = typer.Typer(help="Groups: units, dates, links, people, how long data is kept.", no_args_is_help=True)
Role = Annotated[str, typer.Option(help="learner, tutor, assessor, quality assurer or safeguarding lead.")]
PersonId = Annotated[int, typer.Argument(help="The person's number, as `cohort people` prints it.")]


def _row(work: Work, row: "Cohort") -> dict[str, Any]:
    from talkthrough.storage import cohorts, pinned

    own, members = cohorts.settings_of(row), cohorts.register(work.session, row.id or 0)
    learners = [each for each in members if each.role.value == "learner" and each.person_id]
    return {
        "name": row.name,
        "units": [entry.unit.label for entry in cohorts.units_of(work.session, row)],
        "version_before": [each.used.unit.label for each in pinned.units_behind(work.session, row)],
        "assessment_date": row.assessment_date,
        "learners": len(learners),
        "started": sum(each.has_started for each in learners),
        "to_join": sum(each.person_id is None for each in members),
        "time_zone": row.time_zone,
        "keep_days": own.retention_days,
        "has_under_18": own.has_under_18,
    }


@cohort.command("list")
def list_(as_json: AsJson = False) -> None:
    """The groups, with who has started."""
    from talkthrough.storage import cohorts

    with working() as work:
        show([_row(work, row) for row in cohorts.every_cohort(work.session)], as_json=as_json)


@cohort.command()
def add(
    name: Group,
    unit: Annotated[
        list[str] | None, typer.Option(help="A unit by number, reference or title. May be repeated.")
    ] = None,
    date: Annotated[str, typer.Option(help="The assessment date.")] = "",
    zone: Annotated[str, typer.Option(help="The IANA time zone.")] = "Europe/London",
    as_json: AsJson = False,
) -> None:
    """Make a group."""
    from talkthrough.errors import UserError
    from talkthrough.storage import cohorts, people

    with working() as work:
        if people.cohort_named(work.session, name):
            raise UserError(f'There is a group "{name}" already. Choose another name.')
        row = people.create_cohort(work.session, name, [], _zone(zone), work.now)
        for words in unit or []:
            cohorts.toggle_unit(row, unit_called(work, words))
        row.assessment_date = day_in(date) if date else None
        show([_row(work, row)], as_json=as_json)


def _zone(text: str) -> str:
    from zoneinfo import available_timezones

    from talkthrough.errors import UserError

    if text not in available_timezones():
        raise UserError(f'"{text}" is not a time zone. Write it like Europe/London.')
    return text


@cohort.command("set")
def set_(
    name: Group,
    date: Annotated[str, typer.Option(help="The assessment date.")] = "",
    add_unit: Annotated[list[str] | None, typer.Option(help="Add a unit, in its version of today.")] = None,
    move_unit: Annotated[list[str] | None, typer.Option(help="Use the bank's version of a unit.")] = None,
    drop_unit: Annotated[list[str] | None, typer.Option(help="Take a unit out.")] = None,
    contact: Annotated[str, typer.Option(help="Whom learners can talk to.")] = "",
    term: Annotated[tuple[str, str] | None, typer.Option(help="First and last day of the term.")] = None,
    holiday: Annotated[
        tuple[str, str] | None, typer.Option(help="First and last day without recurring rounds.")
    ] = None,
    clear_holidays: Annotated[bool, typer.Option("--clear-holidays", help="Take all holidays out first.")] = False,
    zone: Annotated[str, typer.Option(help="The IANA time zone; rounds keep their hour on the clock.")] = "",
    keep_days: Annotated[int | None, typer.Option(help="Days after the assessment; 0: until erased by hand.")] = None,
    under_18: Annotated[bool | None, typer.Option(help="Whether some learners are under 18.")] = None,
    as_json: AsJson = False,
) -> None:
    """Change a group."""
    from talkthrough.scheduler import rounds
    from talkthrough.storage import cohorts, pinned
    from talkthrough.storage import rounds as rows

    with working() as work:
        row = group_named(work, name)
        has = {entry.unit.key for entry in cohorts.units_of(work.session, row)}
        for words, wanted in [*((each, True) for each in add_unit or []), *((each, False) for each in drop_unit or [])]:
            entry = unit_called(work, words)
            if (entry.unit.key in has) != wanted:
                cohorts.toggle_unit(row, entry)
        for words in move_unit or []:
            pinned.move(work.session, row, unit_called(work, words).version_id)
        row.assessment_date = day_in(date) if date else row.assessment_date
        own = cohorts.settings_of(row)
        kept = () if clear_holidays else own.holidays
        cohorts.change_settings(
            row,
            safeguarding_contact=contact or own.safeguarding_contact,
            term_start=day_in(term[0]) if term else own.term_start,
            term_end=day_in(term[1]) if term else own.term_end,
            holidays=(*kept, (day_in(holiday[0]), day_in(holiday[1]))) if holiday else kept,
            retention_days=own.retention_days if keep_days is None else keep_days or None,
        )
        if under_18 is not None:
            cohorts.set_young(work.session, row, work.now, has_under_18=under_18)
        if zone:
            rounds.change_zone(work.session, row, _zone(zone), work.now)
        for schedule in rows.standing_schedules(work.session, row.id or 0):
            rounds.plan_next(work.session, schedule, work.now)
        show([_row(work, row)], as_json=as_json)


@cohort.command()
def invite(
    name: Group,
    role: Role = "learner",
    bot: Annotated[str, typer.Option(help="The bot's user name, for the link.")] = "",
    qr: Annotated[Path | None, typer.Option(help="Write the QR picture (PNG) here.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a link: for a group of learners, or for one member of staff."""
    from talkthrough.bot.conversations.performers.joining import link_to, qr_picture
    from talkthrough.errors import UserError
    from talkthrough.storage import cohorts
    from talkthrough.storage.tables import Role as Roles

    if role not in [each.value for each in Roles]:
        raise UserError(f"Choose a role: {', '.join(Roles)}.")
    if qr and not bot:
        raise UserError("The QR picture holds a link. Give the bot's user name with --bot.")
    with working() as work:
        row = cohorts.invite_everybody(work.session, group_named(work, name), Roles(role), work.now)
        link = link_to(bot, row.code) if bot else None
        if qr and link:
            qr.write_bytes(qr_picture(link))
        found = {"role": role, "code": row.code, "link": link, "places": row.uses_left, "until": row.expires_at}
        show([found], as_json=as_json)


@cohort.command()
def revoke(name: Group, as_json: AsJson = False) -> None:
    """Stop every open link of a group."""
    from talkthrough.storage import cohorts

    with working() as work:
        stopped = cohorts.revoke_invitations(work.session, group_named(work, name).id or 0, work.now)
        show([{"stopped": stopped}], as_json=as_json)


@cohort.command()
def names(
    name: Group, file: Annotated[Path, typer.Argument(help="A CSV file with one name a line.")], as_json: AsJson = False
) -> None:
    """Give each name on a list a code of its own, and the assessor that its column "assessor" names."""
    from talkthrough.errors import UserError
    from talkthrough.storage import expected

    with working() as work:
        row = group_named(work, name)
        try:
            made = expected.expect(work.session, row, expected.listed_in(file.read_bytes()), work.now)
        except (OSError, ValueError) as problem:
            raise UserError(str(problem)) from None
        show([{"name": each, "code": invitation.code} for each, invitation in made], as_json=as_json)


@cohort.command()
def people(name: Group, as_json: AsJson = False) -> None:
    """The register of a group. Learners can read that it was looked at."""
    from talkthrough.storage import cohorts
    from talkthrough.storage import people as persons

    with working() as work:
        row = group_named(work, name)
        members = cohorts.register(work.session, row.id or 0)
        learners = [each.person_id for each in members if each.person_id and each.role.value == "learner"]
        what = f"looked at the register of {row.name}"
        persons.note_access_to_all(work.session, work.person.id or 0, learners, what, work.now)
        show([_member(each) for each in members], as_json=as_json)


def _member(each: "Member") -> dict[str, Any]:
    return {
        "person": each.person_id,
        "name": each.name,
        "role": each.role.value,
        "started": each.has_started,
        "code": each.code,
        "own_date": each.assessment_date,
        "assessor": each.assessor,
        "unreachable": each.is_unreachable,
    }


@cohort.command()
def remove(name: Group, person: PersonId, as_json: AsJson = False) -> None:
    """Take a person out of a group. What they have done stays theirs."""
    from talkthrough.bot.conversations.announcing import has_left
    from talkthrough.scheduler.unasked import tell
    from talkthrough.storage import cohorts
    from talkthrough.storage.people import by_id

    with working() as work:
        row = group_named(work, name)
        done = cohorts.remove(work.session, row.id or 0, person)
        if done:
            tell(work.session, by_id(work.session, person), has_left(row), work.now)
        show([{"removed": done}], as_json=as_json)


@cohort.command()
def move(
    name: Group, person: PersonId, to: Annotated[str, typer.Argument(help="The other group.")], as_json: AsJson = False
) -> None:
    """Move a learner to another group, with everything they have done."""
    from talkthrough.bot.conversations.announcing import RoundWording, was_moved
    from talkthrough.scheduler.round_joining import join_open_rounds
    from talkthrough.scheduler.unasked import tell
    from talkthrough.storage import cohorts
    from talkthrough.storage.people import by_id

    with working() as work:
        here, there = group_named(work, name), group_named(work, to)
        done = cohorts.move(work.session, person, here.id or 0, there.id or 0, work.now)
        if done:
            learner = by_id(work.session, person)
            tell(work.session, learner, was_moved(there), work.now)
            join_open_rounds(work.session, learner, work.now, RoundWording())
        show([{"moved": done}], as_json=as_json)


@cohort.command("set-discussion")
def set_discussion(
    name: Group,
    unit: Annotated[str, typer.Option(help="The unit, by number, reference or title.")],
    outcome: Annotated[str, typer.Option(help="The number of the learning outcome.")],
    due: Annotated[str, typer.Option(help="Until when: a date, or 1w, 2w, 4w.")],
    person: Annotated[int | None, typer.Option(help="One learner, by number; else the whole group.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Set a practice discussion in the name of the group's first tutor. The bot tells the learners."""
    from talkthrough.bot.conversations.performers.assigning import assign
    from talkthrough.bot.conversations.plan_results import AssignmentMade
    from talkthrough.bot.conversations.record_effects import Assign
    from talkthrough.errors import UserError

    with working() as work:
        row = group_named(work, name)
        wanted = Assign(row.id or 0, person, unit_called(work, unit).version_id, outcome, due, is_preview=preview)
        made = assign(_desk(work, row), wanted)
        problem = made.problem if isinstance(made, AssignmentMade) else "That cannot be set."
        if problem or not isinstance(made, AssignmentMade):
            raise UserError(problem)
        show(
            [{"unit": made.unit_label, "learners": made.learners, "until": made.due, "set": not preview}],
            as_json=as_json,
        )


def _desk(work: Work, row: "Cohort") -> "Desk":
    """The place of the group's first tutor, for what tutors do in the chat."""
    from talkthrough.bot.conversations.performers.desk import Desk
    from talkthrough.bot.settings import Settings
    from talkthrough.errors import UserError
    from talkthrough.storage import readers
    from talkthrough.storage.audit import signing_key
    from talkthrough.storage.tables import Role as Roles

    tutors = readers.with_role(work.session, row.id or 0, Roles.TUTOR)
    if not tutors:
        raise UserError("This group has no tutor yet. Invite one: talkthrough cohort invite GROUP --role tutor")
    settings = Settings.load()
    key = signing_key(settings.data_dir)
    return Desk(work.session, tutors[0], tutors[0].telegram_id, work.now, settings, key)


@cohort.command()
def own_date(
    name: Group,
    person: PersonId,
    date: Annotated[str, typer.Argument(help='The date, or "none" for the group\'s.')],
    as_json: AsJson = False,
) -> None:
    """Give one learner another assessment date than the group's."""
    from talkthrough.storage import cohorts

    with working() as work:
        day = None if date == "none" else day_in(date)
        done = cohorts.set_own_date(work.session, group_named(work, name).id or 0, person, day)
        show([{"set": done, "date": day}], as_json=as_json)


@cohort.command()
def assessor(
    name: Group,
    person: PersonId,
    who: Annotated[str, typer.Argument(help='The assessor\'s number, or "none".')],
    as_json: AsJson = False,
) -> None:
    """Say whose caseload a learner is in. Assessors of the group then see only their own learners."""
    from talkthrough.errors import UserError
    from talkthrough.storage import caseloads

    with working() as work:
        cohort_id = group_named(work, name).id or 0
        if who != "none" and not who.isdigit():
            raise UserError('Give the assessor\'s number, as `cohort people` prints it, or "none".')
        if not caseloads.name_assessor(work.session, cohort_id, person, int(who) if who != "none" else None):
            raise UserError(f"The group {name} has no learner {person}, or no assessor {who}.")
        without = caseloads.without_assessor(work.session, cohort_id)
        show([{"learner": person, "assessor": who, "learners_without_assessor": without}], as_json=as_json)


@cohort.command()
def retention(
    name: Group,
    delete: Annotated[bool, typer.Option("--delete", help="Delete it; without this it is only counted.")] = False,
    as_json: AsJson = False,
) -> None:
    """What has passed the time that the group's data is kept for."""
    from talkthrough.scheduler.expiry import delete_expired
    from talkthrough.storage.retention import expired

    with working() as work:
        row = group_named(work, name)
        found = (delete_expired if delete else expired)(work.session, row, work.now)
        counts = {"learners": len(found.learners), "answers": len(found.answers), "discussions": len(found.discussions)}
        show([{"kept_until": found.due, **counts, "deleted": delete}], as_json=as_json)

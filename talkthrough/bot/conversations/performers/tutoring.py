"""Released logs and specifications: what tutors and assessors ask for, checked against their roles."""

from pydantic import TypeAdapter

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.discussing import send_log
from talkthrough.question_bank.specification import Specification, Unit
from talkthrough.storage import bank, discussions, people
from talkthrough.storage.tables import Attachment

READINGS = TypeAdapter(Specification)
FIRST_CRITERIA = 3
MOST_FINDINGS = 6


def find_released_logs(desk: Desk, _effect: f.FindReleasedLogs) -> r.Event:
    """The logs that learners released to this reader."""
    logs = []
    for row in discussions.released_to(desk.session, desk.person_id):
        learner = people.by_id(desk.session, row.person_id)
        plan = discussions.plan_of(row)
        day = f"{row.closed_at or row.planned_at:%-d %b}"
        logs.append(r.ReleasedLog(row.id or 0, learner.display_name, plan.unit_label, row.outcome_number, day))
    return r.ReleasedLogsFound(tuple(logs))


def open_released_log(desk: Desk, effect: f.OpenReleasedLog) -> r.Event:
    """Send a released log as files, and note who read it."""
    released = {row.id: row for row in discussions.released_to(desk.session, desk.person_id)}
    row = released.get(effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    people.note_access(desk.session, desk.person_id, row.person_id, f"opened the log of discussion {row.id}", desk.now)
    send_log(desk, row)
    return r.FilesMade("the discussion log")


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

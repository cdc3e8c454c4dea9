"""Who is expected in a group: a tutor's list of names, a personal code for each, and whose caseload they will be in."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from talkthrough.storage import caseloads, cohorts
from talkthrough.storage.cohorts import Member
from talkthrough.storage.tables import Cohort, Invitation, Role

MOST_NAMES, LONGEST_NAME = 500, 80
MOST_NAMED = 10  # in a message
NAME_HEADS, ASSESSOR_HEADS = {"name", "learner", "full name"}, {"assessor"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a tutor's list: a learner, and their assessor where it names one."""

    name: str
    assessor: str = ""


def listed_in(content: bytes) -> tuple[Listed, ...]:
    """The learners of a CSV file: its first column, or the one headed "name"; beside it one headed "assessor".

    ValueError in a sentence, also where a name stands twice: it could mean one learner or two.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("That file is not plain text. Save the list as CSV (UTF-8) and send it again.") from None
    rows = [row for row in csv.reader(text.splitlines()) if any(cell.strip() for cell in row)]
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    column, assessors = _place(heads, NAME_HEADS), _place(heads, ASSESSOR_HEADS)
    lines = rows[column is not None or assessors is not None :]
    listed = [Listed(_cell(line, column or 0), _cell(line, assessors)) for line in lines]
    found = tuple(each for each in listed if each.name)
    if not found or len(found) > MOST_NAMES:
        raise ValueError(
            f"I look for 1 to {MOST_NAMES} names, one a line. I found {len(found)}. Please check the file."
        )
    twice = [name for name, times in Counter(each.name for each in found).items() if times > 1]
    if twice:
        named = ", ".join(twice[:MOST_NAMED])
        raise ValueError(
            f"Twice in the list: {named}. If these are different people, add a surname or a letter. "
            "If not, take one line out. Then send the list again. Nothing was kept."
        )
    return found


def _place(heads: Sequence[str], wanted: set[str]) -> int | None:
    return next((place for place, head in enumerate(heads) if head in wanted), None)


def _cell(line: Sequence[str], place: int | None) -> str:
    return line[place].strip()[:LONGEST_NAME] if place is not None and place < len(line) else ""


def expect(
    session: Session, row: Cohort, listed: Sequence[Listed], now: datetime
) -> tuple[tuple[str, Invitation], ...]:
    """A code for each new name of a list, and the assessors it names for new and known learners.

    Doing it twice changes nothing. ValueError, before anything is kept, for an assessor who is not in the group.
    """
    register = cohorts.register(session, row.id or 0)
    assessors = _assessors(listed, register)
    made = []
    for each in listed:
        known = [member for member in register if member.name == each.name and member.role is Role.LEARNER]
        if not known:
            invitation = cohorts.invite(session, row.id or 0, Role.LEARNER, now, uses=1, name=each.name)
            invitation.assessor_id = assessors.get(each.assessor)
            made.append((each.name, invitation))
        elif each.assessor and len(known) == 1:
            _name(session, row, known[0], assessors[each.assessor])
    session.flush()
    return tuple(made)


def _assessors(listed: Sequence[Listed], register: Sequence[Member]) -> dict[str, int]:
    """The listed assessors' numbers, by the name that the list calls them."""
    here = [(member.name.casefold(), member.person_id) for member in register if member.role is Role.ASSESSOR]
    found = {}
    for wanted in dict.fromkeys(each.assessor for each in listed if each.assessor):
        fitting = [person_id for name, person_id in here if name == wanted.casefold() and person_id is not None]
        if len(fitting) != 1:
            problem = "more than one assessor" if fitting else "no assessor"
            raise ValueError(f'This group has {problem} called "{wanted}". Invite them first, or change the list.')
        found[wanted] = fitting[0]
    return found


def _name(session: Session, row: Cohort, member: Member, assessor_id: int) -> None:
    if member.person_id is not None:
        caseloads.name_assessor(session, row.id or 0, member.person_id, assessor_id)
    else:
        session.get_one(Invitation, member.code).assessor_id = assessor_id

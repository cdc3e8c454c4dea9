"""What happens before the bot listens: migrate, load the sample specifications, and let people into the local chat."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select

import talkthrough
from talkthrough.errors import UserError
from talkthrough.question_bank.reading import read_bytes
from talkthrough.storage import bank, cohorts, people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Cohort, Person, Role

LOCAL_COHORT = "Practice group"
LOCAL_PEOPLE = {
    "Learner 1": (1001, Role.LEARNER),
    "Learner 2": (1002, Role.LEARNER),
    "Tutor": (2001, Role.TUTOR),
    "Assessor": (3001, Role.ASSESSOR),
}
NO_QUIET_HOURS = {"quiet_from": "00:00", "quiet_until": "00:00"}  # nobody sleeps beside a chat page that they try out


def samples_folder() -> Path | None:
    """Where the sample specifications are: inside the package when installed, beside it in a checkout."""
    package = Path(talkthrough.__file__).parent
    return next((folder for folder in (package / "samples", package.parent / "samples") if folder.is_dir()), None)


def load_samples(database: Database, folder: Path | None) -> int:
    """Load what is new in the folder; returns how many documents came in. Loading twice changes nothing."""
    files = sorted(folder.iterdir()) if folder else []
    with database.transaction() as session:
        return sum(_load(session, file) for file in files if file.is_file())


def _load(session: Session, file: Path) -> bool:
    content = file.read_bytes()
    if bank.is_loaded(session, content):
        return False
    specification = read_bytes(content, file.name)
    bank.add_specification(session, specification, file_name=file.name, content=content, by=None, now=datetime.now(UTC))
    return True


def refuse_the_others(session: Session, *, is_local: bool) -> None:
    """Made-up people of the local chat and people from Telegram never meet in one database."""
    local_ids = [telegram_id for telegram_id, _ in LOCAL_PEOPLE.values()]
    ours = col(Person.telegram_id).in_(local_ids)
    strangers = select(Person.id).where(~ours if is_local else ours, Person.telegram_id > 0)
    if session.exec(strangers).first() is None:
        return
    if is_local:
        raise UserError("This database belongs to a bot on Telegram. Set TALKTHROUGH_TOKEN, or use another database.")
    raise UserError(
        "This data was made by the local chat. Give the bot a folder of its own, for example "
        "TALKTHROUGH_DATA_DIR=$HOME/talkthrough-bot"
    )


def admit_local_people(session: Session) -> None:
    """The people of the chat page, in one group that begins with every unit. What its tutor changes then stays."""
    now = datetime.now(UTC)
    cohort = people.cohort_named(session, LOCAL_COHORT) or _local_cohort(session, now)
    assert cohort.id is not None
    for name, (telegram_id, role) in LOCAL_PEOPLE.items():
        person = people.known(session, telegram_id)
        if person is None:
            person = people.person_for(session, telegram_id, name, now)
            people.change_settings(person, reminders=NO_QUIET_HOURS)
        assert person.id is not None
        people.enrol(session, cohort.id, person.id, role, now)


def _local_cohort(session: Session, now: datetime) -> Cohort:
    cohort = people.create_cohort(session, LOCAL_COHORT, [], "Europe/London", now)
    for entry in bank.units(session):
        if not entry.is_blank:
            cohorts.toggle_unit(cohort, entry)
    return cohort

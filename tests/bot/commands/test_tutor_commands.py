"""What tutors do in the chat, from a script: every command answers in JSON, and says in a sentence what is wrong."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from talkthrough.bot.cli import app
from talkthrough.bot.settings import Settings
from talkthrough.bot.starting import load_samples, samples_folder
from talkthrough.errors import UserError
from talkthrough.storage import people
from talkthrough.storage.database import Database
from talkthrough.storage.migrations import migrate
from talkthrough.storage.tables import Role


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    url = Settings.load(data_dir=folder).database
    migrate(url)
    database = Database(url)
    load_samples(database, samples_folder())
    database.close()
    return folder


@pytest.fixture
def tt(loaded: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command and returns what it printed as JSON."""
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(loaded))

    def run(*words: str):
        done = CliRunner().invoke(app, [*words, "--json"], catch_exceptions=True)
        if done.exception:
            raise done.exception
        return json.loads(done.stdout)

    return run


def test_a_term_is_set_up_from_a_script(tt, tmp_path: Path) -> None:
    (group,) = tt("cohort", "add", "Script", "--unit", "401", "--date", "2099-03-14")
    assert group["units"] == ["Unit 401"]
    names = tmp_path / "names.csv"
    names.write_text("Ada\nBob\n")
    assert [row["name"] for row in tt("cohort", "names", "Script", str(names))] == ["Ada", "Bob"]
    assert tt("cohort", "names", "Script", str(names)) == []
    picture = tmp_path / "join.png"
    (link,) = tt("cohort", "invite", "Script", "--bot", "x_bot", "--qr", str(picture))
    assert link["link"] == f"https://t.me/x_bot?start={link['code']}"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert tt("cohort", "revoke", "Script") == [{"stopped": 3}]
    (changed,) = tt("cohort", "set", "Script", "--drop-unit", "401", "--add-unit", "323", "--keep-days", "90")
    assert (changed["units"], changed["keep_days"]) == (["Unit 323"], 90)


def test_a_table_that_the_terminal_is_too_narrow_for_comes_as_lines(
    tt, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("First group with a long name", "Second group with a long name"):
        tt("cohort", "add", name, "--unit", "401", "--date", "2099-03-14")
    monkeypatch.setenv("COLUMNS", "80")
    out = CliRunner().invoke(app, ["cohort", "list"]).stdout
    assert "name: First group with a long name\n" in out
    assert "assessment date: 2099-03-14\n" in out
    assert "…" not in out


def test_rounds_are_planned_changed_and_exported_from_a_script(tt, tmp_path: Path) -> None:
    tt("cohort", "add", "Rounds", "--unit", "401")
    (plan,) = tt("round", "add", "Rounds", "Thursdays 18:00 five questions close Sunday 20:00")
    number = str(plan["plan"])
    (skipped,) = tt("round", "skip", number)
    assert skipped["next"] > plan["next"]
    assert tt("round", "pause", number)[0]["state"] == "paused"
    assert tt("round", "resume", number)[0]["state"] == "active"
    assert "Fridays" in tt("round", "edit", number, "Fridays 12:00 three questions")[0]["rule"]
    assert tt("round", "list", "Rounds")[0]["planned"][0]["plan"] == plan["plan"]
    (file,) = tt("report", "calendar", "Rounds", "--out", str(tmp_path))
    events = Calendar.from_ical(Path(file["file"]).read_bytes()).walk("VEVENT")
    assert len(events) == file["events"] > 40
    assert tt("round", "cancel", number)[0]["state"] == "cancelled"
    (gaps,) = tt("report", "gaps", "Rounds")
    assert len(gaps["never_asked"]) == 28


def test_the_weeks_come_as_rows_or_as_files_from_a_script(tt, tmp_path: Path) -> None:
    tt("cohort", "add", "Weeks", "--unit", "401")
    (found,) = tt("report", "weeks", "Weeks", "--out", str(tmp_path))
    assert [week["answers"] for week in found["weeks"]] == [0]
    assert sorted(each.suffix for each in tmp_path.iterdir()) == [".csv", ".html", ".png", ".xlsx"]


def test_a_round_run_from_a_script_is_due_for_the_bot_at_once(tt) -> None:
    tt("cohort", "add", "Now", "--unit", "401")
    (plan,) = tt("round", "add", "Now", "Thursdays 18:00 five questions")
    (once,) = tt("round", "run", str(plan["plan"]))
    assert once["plan"] != plan["plan"]
    assert once["next"] < plan["next"]


@pytest.mark.parametrize(
    "words",
    [
        ("round", "add", "Nobody", "Thursdays 18:00"),
        ("round", "pause", "999"),
        ("round", "results", "999"),
        ("report", "round", "999"),
        ("cohort", "add", "X", "--unit", "no such unit"),
        ("cohort", "add", "Y", "--date", "soon"),
        ("cohort", "add", "Z", "--zone", "Mars/Base"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(tt, words: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match=r"[.:]"):
        tt(*words)


def test_a_caseload_is_named_from_a_script(tt, loaded: Path) -> None:
    tt("cohort", "add", "Caseload", "--unit", "401")
    database = Database(Settings.load(data_dir=loaded).database)
    now = datetime.now(UTC)
    with database.transaction() as session:
        row = people.cohort_named(session, "Caseload")
        ann, kim = (people.person_for(session, 70 + place, name, now) for place, name in enumerate(("Ann", "Kim")))
        people.enrol(session, row.id, ann.id, Role.ASSESSOR, now)
        people.enrol(session, row.id, kim.id, Role.LEARNER, now)
    database.close()
    (named,) = tt("cohort", "assessor", "Caseload", str(kim.id), str(ann.id))
    assert named["learners_without_assessor"] == 0
    assert {each["name"]: each["assessor"] for each in tt("cohort", "people", "Caseload")} == {"Kim": "Ann", "Ann": ""}
    with pytest.raises(UserError, match="has no learner"):
        tt("cohort", "assessor", "Caseload", str(ann.id), str(kim.id))
    tt("cohort", "assessor", "Caseload", str(kim.id), "none")
    assert {each["assessor"] for each in tt("cohort", "people", "Caseload")} == {""}

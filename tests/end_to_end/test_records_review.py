"""The other side of a released log: filters, files, reviews beside it, countersigning, samples, bundles, checks."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from talkthrough.bot.cli import app
from talkthrough.storage import audit, people
from talkthrough.storage.records.verification import verify_file
from talkthrough.storage.tables import AccessLog, Cohort, Role, StoredReview
from tests.end_to_end.acts import forge
from tests.end_to_end.conftest import House, Phone
from tests.end_to_end.test_records_draft import record_of

STORY = "Last Tuesday I moved two people to the tills because the queue was 20 minutes"


async def released(learner: Phone, unit: str = "Unit 401", outcome: str = "3: be able") -> None:
    for label in ("Discuss", unit, outcome, "Mock", "I have read this. Start"):
        await learner.tap(label)
    await learner.say(STORY)
    for label in ("Stop", "Release to my assessor", "Yes, release it"):
        await learner.tap(label)
    await learner.say("/menu")


async def opened(house: House) -> None:
    await house.enter(house.learner, house.assessor)
    await released(house.learner)
    await house.assessor.say("/logs")
    await house.assessor.tap("Learner 1")


async def review_of(house: House, **changes: object) -> bytes:
    """The form, filled in as its page does it (the page itself runs in tests/storage/records/test_review.py)."""
    await house.assessor.tap("Review form")
    about = house.assessor.file(".html").decode().partition('id="about">')[2].partition("</script>")[0]
    filled = {
        **json.loads(about),
        "reviewer": "A. Assessor",
        "dated": f"{datetime.now(ZoneInfo('Europe/London')):%Y-%m-%d}",
        "transcript_is_true": True,
        "authenticity": "I asked about turn 4.",
        "decisions": [{"number": "3.6", "decision": "Action needed", "reason": "Turn 4 has no <target> yet"}],
        "feedback": "A clear example.",
        "next_action": "Bring the report.",
    }
    return json.dumps(filled | changes).encode()


async def sent_back(phone: Phone, content: bytes, name: str = "review.json") -> list[str]:
    phone.house.local.world.send_file(phone.person, "document", content, name=name)
    return await phone.hear()


async def test_a_filled_review_is_checked_signed_stored_beside_the_log_and_read_by_the_learner(
    house: House, data_dir: Path
) -> None:
    await opened(house)
    copy, thanks = await sent_back(house.assessor, await review_of(house))
    assert copy.endswith(".json]")
    assert "kept beside the log of Learner 1" in thanks
    assert verify_file(house.assessor.file(".json"), audit.signing_key(data_dir).public).signature == "valid"
    (arrived,) = await house.learner.hear()
    assert "Unit 401, outcome 3" in arrived
    (read,) = await house.learner.tap("Read it")
    assert "Action needed" in read
    assert "Turn 4 has no <target> yet" in read
    await house.assessor.tap("Back to the log")
    await house.assessor.tap("Open the log")
    assert "Action needed" not in json.dumps(record_of(house.assessor.file(".html")))


async def test_a_review_is_read_with_how_it_was_confirmed_and_what_is_undecided(house: House) -> None:
    await opened(house)
    undecided = {"number": "3.1", "decision": "", "reason": "Nothing yet."}
    decided = {"number": "3.6", "decision": "Action needed", "reason": "Turn 4"}
    await sent_back(house.assessor, await review_of(house, decisions=[undecided, decided]))
    await house.learner.hear()
    (read,) = await house.learner.tap("Read it")
    assert "How I know that these are the learner's own words: I asked about turn 4." in read
    assert "3.1  No decision yet. Nothing yet.\n3.6  Action needed: Turn 4" in read


async def test_the_empty_form_sent_back_is_not_taken_for_a_review_or_a_file_to_check(house: House) -> None:
    await opened(house)
    await house.assessor.tap("Review form")
    (said,) = await sent_back(house.assessor, house.assessor.file(".html"), "review.html")
    assert said.startswith("This is the form, not your review.")
    with house.application.pipeline.database.transaction() as session:
        assert session.exec(select(StoredReview)).all() == []


async def test_a_log_that_was_taken_back_says_so_to_its_reader_and_nothing_to_others(house: House) -> None:
    await opened(house)
    _, data = house.assessor.button("Open the log")
    await house.enter(house.other_learner)
    await house.learner.say("/discuss")
    await forge(house.learner, "dis:withdraw:1")
    for tapped in (data, "logs:1", "logs:sign:1"):
        (said,) = await forge(house.assessor, tapped)
        assert said.startswith("The learner has taken this log back.")
    (said,) = await forge(house.assessor, "logs:99")
    assert said.startswith("You cannot open this log.")
    assert "taken" not in "".join(await forge(house.other_learner, "logs:1"))


async def test_the_same_review_sent_twice_is_stored_once(house: House) -> None:
    await opened(house)
    review = await review_of(house)
    await sent_back(house.assessor, review)
    await sent_back(house.assessor, review)
    with house.application.pipeline.database.transaction() as session:
        assert len(session.exec(select(StoredReview)).all()) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"discussion": 99}, "not released to you"),
        ({"head": "0" * 64}, "another discussion"),
        ({"reviewer": ""}, "no name"),
        ({"dated": "2031-01-01"}, "dated in the future"),
        ({"decisions": [{"number": "3.6", "decision": "Brilliant", "reason": "x"}]}, "not one of your decision words"),
    ],
)
async def test_a_review_that_does_not_fit_is_refused_with_a_sentence(
    house: House, changes: dict[str, object], sentence: str
) -> None:
    await opened(house)
    (said,) = await sent_back(house.assessor, await review_of(house, **changes))
    assert sentence in said


async def test_an_assessor_countersigns_that_the_transcript_is_true_once(house: House) -> None:
    await opened(house)
    (declaration,) = await house.assessor.tap("Transcript is true")
    assert "true record" in declaration
    _, data = house.assessor.button("Yes, it is true")
    await house.assessor.tap_twice("Yes, it is true")
    await forge(house.assessor, data)
    with house.application.pipeline.database.transaction() as session:
        (review,) = session.exec(select(StoredReview)).all()
    assert json.loads(review.body)["transcript_is_true"]
    (card,) = await house.assessor.tap("Back to the log")
    assert "You confirmed that the transcript is true" in card
    assert "Transcript is true" not in house.assessor.buttons()


async def test_a_tutor_reads_and_cannot_review(house: House) -> None:
    await opened(house)
    await house.enter(house.tutor)
    await house.tutor.say("/logs")
    await house.tutor.tap("Learner 1")
    assert "Review form" not in house.tutor.buttons()
    for data in ("logs:send:1:form", "logs:sign:1"):
        (said,) = await forge(house.tutor, data)
        assert "not there" in said
    (refused,) = await sent_back(house.tutor, await review_of(house))
    assert "not released to you as an assessor" in refused


async def test_logs_are_filtered_by_unit_and_by_learner(house: House) -> None:
    await house.enter(house.learner, house.other_learner, house.assessor)
    await released(house.learner)
    await released(house.other_learner, "Unit 323", "2: be able")
    await house.assessor.say("/logs")
    await house.assessor.tap("By unit")
    await house.assessor.tap("Unit 323")
    labels = house.assessor.buttons()
    assert any(label.startswith("Learner 2") for label in labels)
    assert not any(label.startswith("Learner 1") for label in labels)
    await house.assessor.tap("By learner")
    await house.assessor.tap("Learner 1")
    assert not any(label.startswith("Learner 2") for label in house.assessor.buttons())


async def test_more_logs_than_fit_come_in_pages(house: House) -> None:
    await house.enter(house.learner, house.assessor)
    for _ in range(9):
        await released(house.learner)
    await house.assessor.say("/logs")
    assert sum(label.startswith("Learner 1") for label in house.assessor.buttons()) == 8
    await house.assessor.tap("Older")
    assert sum(label.startswith("Learner 1") for label in house.assessor.buttons()) == 1


async def test_a_quality_assurer_reads_only_and_gets_a_stable_sampling_list(house: House) -> None:
    quality = await quality_assurer(house)
    await house.enter(house.learner, house.other_learner, quality)
    await released(house.learner)
    await released(house.other_learner, "Unit 323", "2: be able")
    await quality.say("/logs")
    await quality.tap("Learner 1")
    assert {"Review form", "Transcript is true"}.isdisjoint(quality.buttons())
    await quality.say("/logs")
    lists = []
    for _ in range(2):
        await quality.tap("Sampling list")
        await quality.tap("10 %")
        lists.append(quality.file(".csv"))
    rows = list(csv.DictReader(io.StringIO(lists[0].decode("utf-8-sig"))))
    assert lists[0] == lists[1]
    assert {row["learner"] for row in rows} <= {"Learner 1", "Learner 2"}
    assert len(rows) == 1
    assert {row["status"] for row in rows} == {"PRACTICE - NOT ASSESSED"}


async def quality_assurer(house: House) -> Phone:
    """The tutor's phone, with the role of a quality assurer beside that of a tutor."""
    now = datetime.now(UTC)
    with house.application.pipeline.database.transaction() as session:
        person = people.person_for(session, house.tutor.person, "Tutor", now)
        cohort = session.exec(select(Cohort)).one()
        people.enrol(session, cohort.id or 0, person.id or 0, Role.QUALITY_ASSURER, now)
    return house.tutor


async def test_a_cohort_bundle_has_every_released_log_and_nothing_else(house: House) -> None:
    await house.enter(house.learner, house.other_learner, house.assessor)
    await released(house.learner)
    await released(house.other_learner, "Unit 323", "2: be able")
    await house.other_learner.say("/discuss")
    await house.other_learner.tap("My discussions")
    await forge(house.other_learner, "dis:withdraw:2")
    await house.assessor.say("/logs")
    await house.assessor.tap("Take all")
    await house.assessor.tap("Practice group")
    names = zipfile.ZipFile(io.BytesIO(house.assessor.file(".zip"))).namelist()
    assert {name.rsplit(".")[-1] for name in names} == {"html", "pdf", "json", "csv"}
    assert all("Learner-1" in name or name == "list-of-files.csv" for name in names)


async def test_a_bundle_holds_the_reviews_as_they_were_signed_and_as_a_table(
    house: House, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(house)
    await sent_back(house.assessor, await review_of(house))
    signed = house.assessor.file(".json")
    await house.assessor.say("/logs")
    for label in ("Take all", "Practice group"):
        await house.assessor.tap(label)
    in_chat = zipfile.ZipFile(io.BytesIO(house.assessor.file(".zip")))
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(data_dir))
    done = CliRunner().invoke(app, ["records", "bundle", "Practice group", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    (part,) = (tmp_path / "out").iterdir()
    for archive in (in_chat, zipfile.ZipFile(part)):
        (review,) = [name for name in archive.namelist() if "_signed-review_" in name]
        assert archive.read(review) == signed
        assert verify_file(archive.read(review)).holds
        (table,) = [name for name in archive.namelist() if "_reviews_" in name]
        (row,) = csv.DictReader(io.StringIO(archive.read(table).decode("utf-8-sig")))
        assert (row["criterion"], row["decision"], row["feedback"]) == ("3.6", "Action needed", "A clear example.")


async def test_the_command_line_bundles_with_the_sound_of_voice_messages(
    house: House, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "3: be able", "Mock", "I have read this. Start"):
        await house.learner.tap(label)
    house.local.world.send_file(1001, "voice", b"OggS sound", name="voice.ogg", mime_type="audio/ogg")
    await house.learner.hear()
    for label in ("Stop", "Release to my assessor", "Yes, release it"):
        await house.learner.tap(label)
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(data_dir))
    done = CliRunner().invoke(app, ["records", "bundle", "Practice group", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    (part,) = (tmp_path / "out").iterdir()
    archive = zipfile.ZipFile(part)
    (sound,) = [name for name in archive.namelist() if name.endswith(".ogg")]
    assert archive.read(sound) == b"OggS sound"
    refused = CliRunner().invoke(app, ["records", "bundle", "Practice group", str(tmp_path), "--for", "1001"])
    assert "no tutor" in str(refused.exception)


async def test_any_exported_file_is_checked_by_its_registered_hash(
    house: House, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(house)
    await house.assessor.tap("All files")
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(data_dir))
    for ending in (".pdf", ".docx", ".csv"):
        file = tmp_path / f"log{ending}"
        file.write_bytes(house.assessor.file(ending))
        known = CliRunner().invoke(app, ["verify", str(file)])
        assert "Nothing was altered" in known.output
        assert "taken by Assessor" in known.output
        file.write_bytes(file.read_bytes() + b" ")
        assert CliRunner().invoke(app, ["verify", str(file)]).exit_code == 2
    (said,) = await sent_back(house.assessor, house.assessor.file(".pdf"), "log.pdf")
    assert "has not been changed" in said
    (said,) = await sent_back(house.assessor, house.assessor.file(".pdf") + b" ", "log.pdf")
    assert "did not hand out this file" in said


async def test_the_text_to_paste_is_a_copyable_message_that_is_registered_like_a_file(
    house: House, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await opened(house)
    pasted, how = await house.assessor.tap("Text to paste")
    assert "copy it" in how
    assert pasted.startswith("PRACTICE - NOT ASSESSED\n")
    assert f'"{STORY}"' in pasted
    (message,) = [message for message in house.assessor.messages if message.get("text") == pasted]
    assert [entity["type"] for entity in message["entities"]] == ["pre"]
    await house.learner.say("/discuss")
    for label in ("My discussions", "Unit 401"):
        await house.learner.tap(label)
    own, _ = await house.learner.tap("Text to paste")
    assert "export 2" in own
    (tmp_path / "pasted.txt").write_text(pasted, encoding="utf-8")
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(data_dir))
    assert "taken by Assessor" in CliRunner().invoke(app, ["verify", str(tmp_path / "pasted.txt")]).output


async def test_the_next_export_says_what_changed_since_the_one_before(house: House) -> None:
    await house.enter(house.learner, house.assessor)
    for label in ("Discuss", "Unit 401", "3: be able", "Mock", "I have read this. Start"):
        await house.learner.tap(label)
    await house.learner.say(STORY)
    for label in ("Stop", "Save the log"):
        await house.learner.tap(label)
    assert record_of(house.learner.file(".html"))["export"]["since"] is None
    for label in ("Release to my assessor", "Yes, release it"):
        await house.learner.tap(label)
    await house.assessor.say("/logs")
    for label in ("Learner 1", "Open the log"):
        await house.assessor.tap(label)
    export = record_of(house.assessor.file(".html"))["export"]
    assert export["since"].startswith("export 1, made ")
    (change,) = export["changes"]
    assert change.startswith("released by the learner ")
    assert verify_file(house.assessor.file(".html")).holds


async def test_what_readers_take_is_noted_for_the_learner(house: House) -> None:
    await opened(house)
    await house.assessor.tap("Open the log")
    with house.application.pipeline.database.transaction() as session:
        noted = [entry.what for entry in session.exec(select(AccessLog)).all()]
    assert noted == ["opened the log of discussion 1", "took the page of discussion 1"]

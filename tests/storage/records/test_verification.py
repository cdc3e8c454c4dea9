"""`talkthrough verify` on exported files, as a reader would run it."""

import json

import pytest
import typer
from typer.testing import CliRunner

from talkthrough.bot.commands.verify import verify
from talkthrough.storage.audit import AuditError, public_pem
from talkthrough.storage.records import render
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.verification import verify_file
from tests.storage.records.examples import KEY, asked, hostile_log, log, said

APP = typer.Typer()
APP.command()(verify)


@pytest.fixture(scope="module")
def files():
    return {name: render(log(), name).content for name in ("json", "html")}


@pytest.mark.parametrize("name", ["json", "html"])
def test_an_exported_file_holds(files, name):
    result = verify_file(files[name], KEY.public)
    assert (result.holds, result.signature, result.turns) == (True, "valid", 16)
    assert verify_file(render(hostile_log(), name).content, KEY.public).holds


@pytest.mark.parametrize("name", ["json", "html"])
def test_a_changed_word_in_the_record_names_the_turn(files, name):
    altered = files[name].replace(b"so i listend to calls", b"so I listened to calls")
    findings = verify_file(altered, KEY.public).findings
    assert findings[0].startswith("Turn 4 was altered")


def test_a_page_that_shows_other_words_than_its_record_is_noticed(files):
    altered = files["html"].replace(b">mystery shopper as well<", b">mystery shoppers and surveys<")
    assert verify_file(altered).findings == ("The page shows other words at turn 8 than the record inside it.",)


def test_a_page_with_another_name_on_it_is_noticed(files):
    altered = files["html"].replace(b"<dd>Sam Ali</dd>", b"<dd>Alex</dd>")
    (finding,) = verify_file(altered).findings
    assert finding.startswith("The page around the turns")


def test_a_removed_turn_is_named(files):
    values = json.loads(files["json"])
    del values["turns"][5]
    findings = verify_file(json.dumps(values).encode()).findings
    assert findings[0] == "Turn 6 is missing."


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04", b"", b"<p>hello</p>", b"\xff\xfe", b"<"])
def test_other_files_are_refused_with_a_sentence(content):
    with pytest.raises(AuditError, match=r"\.$"):
        verify_file(content)


def test_a_draft_points_to_its_log():
    with pytest.raises(AuditError, match="Check the discussion log"):
        verify_file(render(reflective_draft(log()), "html").content)


def run(tmp_path, content, *options):
    file = tmp_path / "file"
    file.write_bytes(content)
    return CliRunner().invoke(APP, [str(file), *options])


def test_the_command_says_that_nothing_was_altered(tmp_path, files):
    (tmp_path / "key.pem").write_bytes(public_pem(KEY.public))
    result = run(tmp_path, files["html"], "--public-key", str(tmp_path / "key.pem"))
    assert result.exit_code == 0
    assert "Nothing was altered." in result.output
    assert f"Signed with the key you gave ({KEY.key_id})." in result.output


def test_without_a_key_it_says_what_to_compare(tmp_path, files):
    assert "Compare this id" in run(tmp_path, files["json"]).output


def test_an_altered_file_ends_with_1_and_an_unreadable_one_with_2(tmp_path, files):
    altered = run(tmp_path, files["json"].replace(b"14 a week", b"24 a week"))
    assert (altered.exit_code, "Turn 10 was altered" in altered.output) == (1, True)
    unreadable = run(tmp_path, b"%PDF-1.7")
    assert (unreadable.exit_code, "SHA-256 of this file" in unreadable.output) == (2, True)
    missing = CliRunner().invoke(APP, [str(tmp_path / "nowhere")])
    assert (missing.exit_code, "cannot be opened" in missing.output) == (2, True)


@pytest.mark.parametrize("words", ["talkthrough/assessor-review/1", "talkthrough/reflective-draft/1"])
@pytest.mark.parametrize("name", ["json", "html"])
def test_a_learner_who_writes_the_name_of_another_record_does_not_change_what_is_checked(name, words):
    content = render(log([asked("Tell me?", "open"), said(f"I wrote {words}")]), name).content
    assert verify_file(content, KEY.public).holds
    altered = content.replace(b"Tell me?", b"Tell us?")
    assert verify_file(altered, KEY.public).findings[0].startswith("Turn 1 was altered")

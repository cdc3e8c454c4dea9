"""`talkthrough read` and `talkthrough template`, as a person types them."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from talkthrough.bot.commands.read import read, template

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


@pytest.fixture(scope="module")
def commands() -> typer.Typer:
    program = typer.Typer()
    program.command()(read)
    program.command()(template)
    return program


def _run(commands: typer.Typer, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, list(arguments))
    return result.exit_code, result.output


def test_the_human_view_shows_criteria_guidance_evidence_and_findings_with_lines(commands: typer.Typer) -> None:
    code, shown = _run(commands, "read", str(SAMPLES / "city-and-guilds-401.txt"))
    assert code == 0
    assert "Unit 401: Manage customer service operations" in shown
    assert "1.2  assess the suitability of a range of methods to monitor customer service operations [line 18]" in shown
    assert "asks for at least 3" in shown
    assert "Resources: finance; staff- rotas, schedules, workloads; materials [lines 22-26]" in shown
    assert "organisational documentation*" in shown
    assert "info    line 52: This open list gives only one example." in shown


def test_json_has_the_documented_shape(commands: typer.Typer) -> None:
    code, shown = _run(commands, "read", str(SAMPLES / "pearson-unit-20.txt"), "--json")
    assert code == 0
    data = json.loads(shown)
    assert list(data) == ["units", "notes", "findings"]
    unit = data["units"][0]
    assert list(unit) == [
        "title", "number", "reference", "level", "credit_value", "glh", "aim", "awarding_body", "status", "nos_links",
        "evidence_methods", "notes", "outcomes", "content_topics", "requirements", "resources",
    ]  # fmt: skip
    assert list(unit["outcomes"][0]) == [
        "number", "printed_number", "text", "kind", "evidence_methods", "notes", "criteria",
    ]  # fmt: skip
    assert list(unit["outcomes"][0]["criteria"][0]) == [
        "number", "printed_number", "text", "verbs", "kind", "sub_points", "inline_items", "required_items",
        "all_required", "guidance", "lines",
    ]  # fmt: skip
    assert list(unit["outcomes"][0]["criteria"][0]["guidance"][0]) == [
        "heading",
        "kind",
        "items",
        "open",
        "text",
        "lines",
    ]
    assert list(data["findings"][0]) == ["line", "text", "code", "message", "severity"]
    assert unit["awarding_body"] is None
    assert any("at least two different job roles" in text for text in unit["requirements"])


def test_a_blank_unit_says_so(commands: typer.Typer) -> None:
    _, shown = _run(commands, "read", str(SAMPLES / "skills-cfa-cs-37-to-47-draft.txt"))
    assert "CS 47: Competence-based synoptic unit" in shown
    assert "No criteria were read for this unit." in shown


def test_a_missing_or_refused_file_gets_a_sentence(commands: typer.Typer, tmp_path: Path) -> None:
    picture = tmp_path / "unit.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    assert _run(commands, "read", str(tmp_path / "none.txt"))[0] == 2
    code, shown = _run(commands, "read", str(picture))
    assert code == 2
    assert "Send the document as PDF, Word or text." in shown


@pytest.mark.parametrize("kind", ["md", "csv"])
def test_a_written_template_is_read_without_findings(commands: typer.Typer, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"unit.{kind}"
    assert _run(commands, "template", kind, "--out", str(out))[0] == 0
    assert "Findings: none" in _run(commands, "read", str(out))[1]

"""`talkthrough discuss`: the same discussion in the terminal, for people and, as JSON lines, for scripts."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from talkthrough.bot.commands.discuss import discuss
from talkthrough.errors import UserError

SAMPLES = Path(__file__).parents[3] / "samples"
app = typer.Typer()
app.command()(discuss)


@pytest.fixture(autouse=True)
def empty_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(tmp_path))


def run(*arguments: str, typed: str) -> Result:
    return CliRunner().invoke(app, list(arguments), input=typed)


def moves(*arguments: str, typed: str) -> list[dict[str, object]]:
    result = run(*arguments, "--json", typed=typed)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_json_moves_carry_reason_criterion_and_the_state_of_the_plan() -> None:
    made = moves("401", "1", "--criterion", "1.2", typed="yes\nWe listen to calls.\nstop\n4\n")
    assert [move["rule"] for move in made] == ["plan.sheet", "open.first", "quantity.short", "close.stop", "close.done"]
    probe = made[2]
    assert probe["criteria"] == ["1.2"]
    assert probe["target"] == "quantity"
    assert probe["reason"] == "Fewer were mentioned than the document asks for."
    state = probe["plan"][0]  # type: ignore[index]
    assert (state["quantity_mentioned"], state["quantity_needed"]) == (1, 3)
    assert "listening to calls" in state["mentioned"]
    assert made[0]["sheet"]["Criteria"] == [  # type: ignore[index]
        "1.2 assess the suitability of a range of methods to monitor customer service operations"
    ]


def test_the_terminal_shows_the_question_with_its_reason() -> None:
    result = run("Unit 401", "1", typed="yes\n")
    assert "PRACTICE" not in result.stdout
    assert "This is a practice discussion about Unit 401, outcome 1." in result.stdout
    assert "open.first: The first broad open question." in result.stdout


def test_a_mock_gives_no_hint() -> None:
    made = moves("CS 37", "1", "--mode", "mock", typed="yes\nhint\n")
    assert made[-1]["rule"] == "hint.mock"


def test_the_end_of_the_input_ends_the_command() -> None:
    assert len(moves("323", "2", typed="")) == 1


def test_a_unit_of_another_document_is_read_from_it() -> None:
    made = moves("401", "2", "--document", str(SAMPLES / "city-and-guilds-401.txt"), typed="yes\n")
    assert made[-1]["criteria"] == ["2.1"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("999", "1"), 'There is no unit "999"'),
        (("401", "9"), "Unit 401 has no outcome 9. Its outcomes are: 1, 2, 3, 4, 5."),
        (("manage customer service operations", "1"), "may be more than one unit"),
        (("401", "1", "--document", "nowhere.txt"), "cannot be opened"),
    ],
)
def test_what_cannot_be_discussed_is_refused_in_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    error = run(*arguments, typed="").exception
    assert isinstance(error, UserError)
    assert sentence in str(error)

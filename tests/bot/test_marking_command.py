"""`talkthrough mark` and `talkthrough bench marking`, as a person runs them."""

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from talkthrough.bot.commands.marking import bench_marking, mark_file
from talkthrough.errors import UserError
from tests.question_bank.marking.questions import ANSWERS, MONITORING

app = typer.Typer()
app.command("mark")(mark_file)
app.command("bench")(bench_marking)


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.csv"
    file.write_text('id,answer\n1,"calls, shoppers, kpis"\n=2,we do not use mystery shoppers\n', encoding="utf-8")
    return file


def test_a_row_for_every_answer_and_point(answers: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("mark", "--unit", "401", "--criterion", "1.2", "--answers", answers))))
    assert [row["point"] for row in rows[:9]] == list(MONITORING)
    found = {(row["id"], row["point"]): row["label"] for row in rows}
    assert found["1", "listening to calls"] == "covered"
    assert found["1", "sales figures"] == "not mentioned"
    assert found["'=2", "use of mystery shoppers"] == "contradicted"


def test_json_has_the_whole_mark(answers: Path) -> None:
    printed = json.loads(run("mark", "--unit", "M/506/2898", "--criterion", "1.2", "--answers", answers, "--json"))
    first = printed["answers"][0]
    assert first["mentioned"] == 3
    assert first["needed"] == 3
    assert first["points"][0]["words"]["text"] == "calls"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--unit", "999", "--criterion", "1.2"), "no such unit"),
        (("--unit", "customer service operations", "--criterion", "1.2"), "More than one unit fits"),
        (("--unit", "401", "--criterion", "9.9"), "has no criterion 9.9"),
        (("--unit", "401", "--criterion", "1.3"), "lists no points"),
    ],
)
def test_what_cannot_be_marked_is_said_in_a_sentence(answers: Path, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        run("mark", *arguments, "--answers", answers)


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("name,text\na,b\n", encoding="utf-8")
    with pytest.raises(UserError, match="column names id and answer"):
        run("mark", "--unit", "401", "--criterion", "1.2", "--answers", file)


def test_the_bench_prints_figures_with_intervals() -> None:
    printed = run("bench", ANSWERS)
    assert "With hand-written phrasings" in printed
    assert "Sure yes is right" in printed
    assert "other criteria only" in printed

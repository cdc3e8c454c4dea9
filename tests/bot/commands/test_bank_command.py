"""`talkthrough bank export`, `import` and `review`, as a person types them."""

import csv
import io
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from talkthrough.bot.commands.bank import bank
from talkthrough.errors import UserError
from talkthrough.storage.database import Database
from talkthrough.storage.tables import StoredQuestion


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bank")


@pytest.fixture(autouse=True)
def data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKTHROUGH_DATA_DIR", str(folder))
    monkeypatch.delenv("TALKTHROUGH_DATABASE_URL", raising=False)


def run(*arguments: object) -> str:
    result = CliRunner().invoke(bank, list(map(str, arguments)))
    if isinstance(result.exception, UserError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def exported(path: Path, unit: str = "401") -> list[dict[str, str]]:
    run("export", "--unit", unit, "--out", path)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def write(path: Path, table: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return path


def stored(folder: Path, key: str) -> StoredQuestion:
    database = Database(f"sqlite:///{folder / 'talkthrough.db'}")
    try:
        with database.transaction() as session:
            return session.exec(select(StoredQuestion).where(StoredQuestion.key == key)).one()
    finally:
        database.close()


def test_what_is_exported_and_imported_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "401.csv"
    table = exported(path)
    assert f"0 changed, 0 new, {len(table)} as they were" in run("import", path)


def test_an_edited_wording_comes_in_under_the_same_key(tmp_path: Path, folder: Path) -> None:
    table = exported(tmp_path / "a.csv", "323")
    table[0]["question"] = "Which of these does the list name?"
    file = write(tmp_path / "b.csv", table)
    assert "Nothing was imported (--dry-run)" in run("import", file, "--dry-run")
    assert stored(folder, table[0]["key"]).version == 1
    assert "1 changed" in run("import", file)
    assert stored(folder, table[0]["key"]).version == 2


def test_one_bad_line_and_nothing_is_imported(tmp_path: Path, folder: Path) -> None:
    table = exported(tmp_path / "a.csv", "CS 37")
    table[0]["question"], table[1]["criterion"] = "Changed", "9.9"
    with pytest.raises(UserError, match=r"Nothing was imported\.\nLine 3: CS 37 has no criterion 9\.9"):
        run("import", write(tmp_path / "b.csv", table))
    assert stored(folder, table[0]["key"]).version == 1


def test_an_ambiguous_unit_lists_the_candidates(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="M/506/2898"):
        run("export", "--unit", "Manage customer service operations", "--out", tmp_path / "x.csv")


def test_every_format_is_written(tmp_path: Path) -> None:
    for form in ("apkg", "xml", "gift"):
        path = tmp_path / f"x.{form}"
        assert "questions are in" in run("export", "--unit", "401", "--format", form, "--out", path)
        assert path.stat().st_size > 1000


def test_the_review_prints_flaws_by_rule_and_what_is_held_back() -> None:
    shown = run("review", "--unit", "323")
    assert "second-true-option" in shown
    assert "Unit 323: " in shown
    assert "held back" in shown

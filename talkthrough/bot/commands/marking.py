"""`talkthrough mark` and `talkthrough bench marking`: mark a file of answers; measure the marker on labelled ones."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from talkthrough.question_bank.items.question import Question
    from talkthrough.question_bank.marking.benchmark import Interval, Judged
    from talkthrough.question_bank.marking.model import Mark
    from talkthrough.question_bank.specification import AssessmentCriterion, Unit

COLUMNS = ("id", "point", "label", "confidence", "words")
SEED = 20261122  # so that a printed interval can be reproduced
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def mark_file(
    unit: Annotated[str, typer.Option(help="The unit, by number, reference or title: 401, M/506/2898.")],
    criterion: Annotated[str, typer.Option(help="The assessment criterion: 1.2.")],
    answers: Annotated[Path, typer.Option(help="A CSV file with the columns id and answer.")],
    document: Annotated[
        Path | None, typer.Option(help="The specification to mark against. Without it: the sample documents.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the marks as JSON.")] = False,
) -> None:
    """Mark a CSV file of answers: a row per answer and expected point, with the words that show it."""
    from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for

    found = _unit(unit, document)
    question = _question(found, _criterion(found, criterion))
    ways = phrasings_for(question, found.key)
    marks = [(key, mark(question, answer, ways, default_calibration())) for key, answer in _answers(answers)]
    if as_json:
        _print_json(question, marks)
    else:
        _print_csv(question, marks)


def bench_marking(
    file: Annotated[Path, typer.Argument(help="Labelled answers: criterion, question, answer, point_id, label ...")],
) -> None:
    """Measure the marker on labelled answers: precision, recall and F1 per category, bands, and a reliability table."""
    from talkthrough.errors import UserError
    from talkthrough.question_bank.marking import benchmark, default_calibration

    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            pairs = benchmark.read_pairs(lines)
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise UserError(f"{file} could not be measured. {error}") from error
    shipped = default_calibration()
    folds = benchmark.leave_one_criterion_out(pairs, shipped)
    for written, heading in ((True, "With hand-written phrasings"), (False, "From the published words only")):
        _report(heading, benchmark.judge(pairs, lambda _: shipped, written=written))
        if len(folds) > 1:
            held_out = benchmark.judge(pairs, folds.__getitem__, written=written)
            typer.echo(f"Calibration fitted on the other criteria only: {_overall(held_out)}\n")


def _unit(words: str, document: Path | None) -> "Unit":
    from talkthrough.errors import UserError
    from talkthrough.question_bank.specification import units_called

    units = list(_units(document))
    named = units_called(words, units)
    if len(named) == 1:
        return named[0]
    listed = "; ".join(f"{unit.label}, {unit.title} ({unit.reference or unit.key})" for unit in named or units)
    trouble = "There is no such unit." if not named else "More than one unit fits."
    raise UserError(f"{trouble} Choose one by its reference: {listed}.")


def _units(document: Path | None) -> "Iterator[Unit]":
    import talkthrough
    from talkthrough.errors import UserError
    from talkthrough.question_bank.identity import with_first_keys
    from talkthrough.question_bank.reading import UnreadableDocument, read_bytes

    package = Path(talkthrough.__file__).parent
    folders = (package / "samples", package.parent / "samples")  # installed, and in a checkout
    files = [document] if document else sorted(file for folder in folders for file in folder.glob("*.*"))
    for file in files:
        try:
            specification = read_bytes(file.read_bytes(), file.name)
        except (OSError, UnreadableDocument) as error:
            raise UserError(f"{file} could not be read. {error}") from error
        yield from (unit if unit.key else with_first_keys(unit) for unit in specification.units)


def _criterion(unit: "Unit", number: str) -> "AssessmentCriterion":
    from talkthrough.errors import UserError

    found = [
        each for each in unit.criteria if number.lower() in {each.number.lower(), (each.printed_number or "").lower()}
    ]
    if not found:
        raise UserError(f"{unit.label} has no criterion {number}. It has {', '.join(c.number for c in unit.criteria)}.")
    return found[0]


def _question(unit: "Unit", criterion: "AssessmentCriterion") -> "Question":
    """One question that expects all published points of the criterion, worded as the bank words its recall question."""
    from talkthrough.errors import UserError
    from talkthrough.question_bank.items import expected_points, questions_for
    from talkthrough.question_bank.items.question import Demand, Question, QuestionKind

    points = tuple(point for point in expected_points(criterion, unit) if point.is_published)
    if not points:
        raise UserError(f"The document lists no points for {criterion.number}, so there is nothing to look for.")
    recall = (
        each.stem
        for each in questions_for(unit)
        if each.criterion_key == criterion.key and each.kind is QuestionKind.RECALL_LIST
    )
    names_points = any(point.text.lower() in criterion.text.lower() for point in points)
    return Question(
        criterion.key, QuestionKind.RECALL_LIST, next(recall, criterion.text), criterion.key, criterion.number,
        criterion.span, Demand.RECALL, expected_points=points, quantity=criterion.required_items,
        all_required=criterion.all_required, is_open=any(each.is_open for each in criterion.guidance),
        supports="" if names_points else criterion.text,
    )  # fmt: skip


def _answers(file: Path) -> list[tuple[str, str]]:
    import csv

    from talkthrough.errors import UserError

    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{file} could not be read. Save it as CSV in UTF-8 and try again.") from error
    if any("id" not in row or "answer" not in row for row in rows):
        raise UserError(f"{file} needs a first line with the column names id and answer.")
    return [(row["id"] or "", row["answer"] or "") for row in rows]


def _print_csv(question: "Question", marks: "Sequence[tuple[str, Mark]]") -> None:
    """Cells that a spreadsheet would run as a formula get an apostrophe in front."""
    import csv
    import sys

    texts = {point.key: point.text for point in question.expected_points}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for key, found in marks:
        for point in found.points:
            words = point.words.text if point.words else ""
            row = (key, texts[point.point_key], point.state.value, f"{point.confidence:.2f}", words)
            writer.writerow([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row])


def _print_json(question: "Question", marks: "Sequence[tuple[str, Mark]]") -> None:
    from dataclasses import asdict
    from json import dumps

    texts = {point.key: point.text for point in question.expected_points}
    rows = [
        {"id": key, "mentioned": found.mentioned, **asdict(found)}
        | {"points": [{"point": texts[each.point_key], **asdict(each)} for each in found.points]}
        for key, found in marks
    ]
    typer.echo(dumps({"criterion": question.criterion_number, "answers": rows}, indent=2, ensure_ascii=False))


def _report(heading: str, judged: "Sequence[Judged]") -> None:
    from rich.console import Console
    from rich.table import Table

    from talkthrough.question_bank.marking.benchmark import guards, precision_recall_f1, reliability

    console = Console()
    console.print(f"[bold]{heading}[/bold]: {_overall(judged)}")
    table = Table("Category", "Pairs", "Precision", "Recall", "F1")
    for category in sorted({each.pair.category for each in judged}):
        some = [each for each in judged if each.pair.category == category]
        table.add_row(category, str(len(some)), *(f"{figure:.2f}" for figure in precision_recall_f1(some)))
    console.print(table)
    for name, share, total in guards(judged):
        console.print(f"{name}: {_interval(share)} of {total}")
    for low, high, said, seen, count in reliability(judged):
        console.print(f"Confidence {low:.1f} to {high:.1f}: says {said:.2f}, mentioned {seen:.2f} ({count} pairs)")
    console.print()


def _overall(judged: "Sequence[Judged]") -> str:
    from random import Random

    from talkthrough.question_bank.marking.benchmark import bootstrap

    figures = bootstrap(judged, Random(SEED).randrange)  # noqa: S311 - resampling, not secrecy
    names = ("precision", "recall", "F1")
    return ", ".join(f"{name} {_interval(each)}" for name, each in zip(names, figures, strict=True))


def _interval(figure: "Interval") -> str:
    share, low, high = figure
    return f"{share:.3f} (95% {low:.2f} to {high:.2f})"

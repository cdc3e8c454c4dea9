"""`talkthrough bench memory FILE`: how well the memory model forecasts a review log, beside the library's own way."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from talkthrough.scheduler.prediction import Quality


def memory(
    file: Annotated[Path, typer.Argument(help="A review log: card_id, review_rating, review_time, review_duration.")],
    time_zone: Annotated[str, typer.Option(help="Where the learner lives, as an IANA name.")] = "Europe/London",
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Forecast every answer of a review log and print log loss, RMSE(bins), AUC and how honest the forecasts are."""
    from dataclasses import asdict
    from json import dumps
    from zoneinfo import ZoneInfoNotFoundError

    from talkthrough.scheduler import prediction
    from talkthrough.scheduler.review_log import read_log

    try:
        with file.open(encoding="utf-8", newline="") as lines:
            log = read_log(lines, time_zone)
        scored = {name: prediction.evaluate(log, model) for name, model in prediction.models().items()}
        figures = {name: prediction.quality(each) for name, each in scored.items()}
    except (OSError, ZoneInfoNotFoundError, ValueError) as error:
        typer.echo(f"{file} could not be measured. {error}", err=True)
        raise typer.Exit(1) from error
    ours = prediction.calibration(list(scored.values())[-1])
    if as_json:
        rows = {name: asdict(quality) for name, quality in figures.items()}
        typer.echo(dumps({"models": rows, "calibration": ours}, indent=2))
    else:
        _print(figures, prediction.calibration_sentences(ours))


def _print(figures: "dict[str, Quality]", sentences: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Model", "Answers", "Log loss", "RMSE(bins)", "AUC")
    for name, quality in figures.items():
        shown = (f"{figure:.4f}" for figure in (quality.log_loss, quality.rmse_bins, quality.auc))
        table.add_row(name, str(quality.answers), *shown)
    console = Console()
    console.print(table)
    for sentence in sentences:
        console.print(sentence)

import os
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from talkthrough.bot.commands.memory import memory
from talkthrough.scheduler.prediction import Average, Scored, calibration, evaluate, models, quality
from talkthrough.scheduler.review_log import read_log

HEAD = "card_id,review_rating,review_time,review_duration\n"
LOG = HEAD + "".join(
    f"{card},{1 if (card + day) % 4 == 0 else 3},2026-03-{day:02}T18:00:00+00:00,{4000 + 100 * day}\n"
    for day in range(1, 29, 3)
    for card in range(8)
)
SHARED = Path(os.environ.get("TALKTHROUGH_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))
REAL_LOG = SHARED / "scheduling" / "review-log-mit.csv"


def scored(*pairs: tuple[float, bool]) -> list[Scored]:
    return [Scored(forecast, was_recalled, (1.0, 1.0, 0.0)) for forecast, was_recalled in pairs]


def test_figures_of_forecasts_that_can_be_worked_out_by_hand():
    figures = quality(scored((0.9, True), (0.6, True), (0.6, False), (0.2, False)))
    assert figures.answers == 4
    assert figures.auc == pytest.approx(3.5 / 4)
    assert figures.log_loss == pytest.approx(0.4390, abs=1e-4)
    assert figures.rmse_bins == pytest.approx(abs(2 - 2.3) / 4)


def test_only_answers_on_a_later_day_are_scored():
    same_day = HEAD + "a,3,2026-07-01T10:00:00+00:00,\na,3,2026-07-01T11:00:00+00:00,\n"
    assert evaluate(read_log(same_day.splitlines(), "UTC"), Average()) == []
    with pytest.raises(ValueError, match="nothing to score"):
        quality([])


def test_every_model_forecasts_probabilities_for_the_same_answers():
    log = read_log(LOG.splitlines(), "UTC")
    by_model = {name: evaluate(log, model) for name, model in models().items()}
    assert {len(each) for each in by_model.values()} == {72}
    assert all(0 <= each.forecast <= 1 for forecasts in by_model.values() for each in forecasts)


def test_the_calibration_table_sets_forecast_beside_what_happened():
    table = calibration(scored(*[(0.81, True)] * 8, *[(0.81, False)] * 2, (0.3, True)))
    assert table == [(pytest.approx(0.81), 0.8, 10)]


@pytest.mark.shared
@pytest.mark.skipif(not REAL_LOG.exists(), reason="needs ../shared/scheduling/review-log-mit.csv")
def test_recalibration_wins_on_a_real_log_and_learning_days_beat_the_library_as_shipped():
    with REAL_LOG.open(encoding="utf-8", newline="") as lines:
        log = read_log(lines, "America/New_York")
    figures = {name: quality(evaluate(log, model)) for name, model in models().items()}
    shipped, plain, ours = list(figures.values())[-3:]
    assert ours.log_loss < plain.log_loss - 0.01 < shipped.log_loss
    assert ours.rmse_bins < 0.75 * plain.rmse_bins
    assert ours.auc > plain.auc


def test_the_command_prints_a_table_or_json_or_a_sentence(tmp_path):
    app = typer.Typer()
    app.command()(memory)
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    table = CliRunner().invoke(app, [str(file)])
    assert table.exit_code == 0
    assert "recalibrated" in table.output
    assert '"auc"' in CliRunner().invoke(app, [str(file), "--json"]).output
    missing = CliRunner().invoke(app, [str(tmp_path / "none.csv")])
    assert missing.exit_code == 1
    assert "could not be measured" in missing.output
    nowhere = CliRunner().invoke(app, [str(file), "--time-zone", "Europe/Atlantis"])
    assert nowhere.exit_code == 1
    assert "Atlantis" in nowhere.output

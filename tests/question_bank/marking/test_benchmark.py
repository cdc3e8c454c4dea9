"""The figures of the marker, and the arithmetic behind them. The floors here are the targets of the project."""

import io
import random

import pytest

from talkthrough.question_bank.marking import benchmark, default_calibration
from talkthrough.question_bank.marking.benchmark import Judged, Pair
from talkthrough.question_bank.marking.model import PointMark, PointState
from tests.question_bank.marking.questions import ANSWERS, HELD_BACK, PAIRS


def judged(label: str, band: str) -> Judged:
    return Judged(
        Pair("C", "q", f"{label} {band}", "p", "point", label, "list"),
        PointMark("p", PointState.COVERED, band, 0.9, None, ""),  # type: ignore[arg-type]
    )


def pairs(path: object) -> tuple[Pair, ...]:
    with open(str(path), encoding="utf-8") as file:  # noqa: PTH123
        return benchmark.read_pairs(file)


def test_precision_recall_and_f1_leave_partial_pairs_out() -> None:
    some = [judged("covered", "sure yes"), judged("covered", "unsure"), judged("absent", "sure yes"),
            judged("partial", "sure yes"), judged("absent", "sure no")]  # fmt: skip
    assert benchmark.precision_recall_f1(some) == (0.5, 0.5, 0.5)


def test_wilson_agrees_with_a_published_example() -> None:
    share, low, high = benchmark.wilson(81, 263)  # Newcombe 1998, table I: 0.2553 to 0.3662
    assert share == pytest.approx(0.308, abs=0.001)
    assert (low, high) == (pytest.approx(0.2553, abs=0.0005), pytest.approx(0.3662, abs=0.0005))


def test_the_bootstrap_interval_holds_the_figure() -> None:
    some = [judged("covered", "sure yes")] * 3 + [judged("absent", "sure yes"), judged("covered", "sure no")]
    for share, low, high in benchmark.bootstrap(some, random.Random(1).randrange):
        assert low <= share <= high


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="no column called criterion"):
        benchmark.read_pairs(io.StringIO("id,answer\n1,calls\n"))


@pytest.mark.shared
@pytest.mark.parametrize(("written", "least"), [(True, 0.88), (False, 0.75)])
def test_the_labelled_pairs_with_each_criterion_held_out(written: bool, least: float) -> None:
    if not PAIRS.is_file():
        pytest.skip("the founders' labelled pairs are not here")
    labelled = pairs(PAIRS)
    folds = benchmark.leave_one_criterion_out(labelled, default_calibration())
    found = benchmark.judge(labelled, folds.__getitem__, written=written)
    precision, _, f1 = benchmark.precision_recall_f1(found)
    assert precision >= 0.88
    assert f1 >= least
    figures = {name: share for name, (share, _, _), _ in benchmark.guards(found)}
    assert figures["Copied question credited"] == 0
    assert figures["Contradicted credited"] == 0
    assert figures["Near misses rejected"] >= (0.85 if written else 0.8)
    assert figures["Unsure"] <= 0.20


@pytest.mark.parametrize("file", [ANSWERS, *HELD_BACK])
def test_our_own_answers_do_not_get_worse(file: object) -> None:
    found = benchmark.judge(pairs(file), lambda _: default_calibration(), written=True)
    precision, _, f1 = benchmark.precision_recall_f1(found)
    figures = {name: share for name, (share, _, _), _ in benchmark.guards(found)}
    assert precision >= 0.95
    assert f1 >= 0.86
    assert figures["Contradicted credited"] == 0
    assert figures["Copied question credited"] == 0

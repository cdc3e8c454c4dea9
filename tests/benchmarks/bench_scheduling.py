"""`python -m tests.benchmarks.bench_scheduling [learners]`: the figures of revision, beside the usual ways to schedule.

Fixed seeds. Ends with 1 when a figure is missed. Recall is the mean over simulated learners, in percent, on the
morning of the assessment; the log is ../shared/scheduling/review-log-mit.csv where it is there.
"""

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from statistics import fmean, median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.scheduler import memory, recalibration
from talkthrough.scheduler.prediction import evaluate, models, quality
from talkthrough.scheduler.refit import refit
from talkthrough.scheduler.review_log import read_log
from talkthrough.scheduler.session import CardView, QuestionView, compose
from tests.benchmarks.fsrs7 import Fsrs7
from tests.benchmarks.simulation import FASTER, POLICIES, Case, recall_on_the_day

FSRS7 = Fsrs7()
SHARED = Path(os.environ.get("TALKTHROUGH_SHARED", Path(__file__).resolve().parents[2] / ".." / "shared"))
LOG = SHARED / "scheduling" / "review-log-mit.csv"
GOALS = {
    Case(100, 30): 98.4,
    Case(200, 30): 94.0,
    Case(300, 30): 84.0,
    Case(100, 14): None,
    Case(300, 60): 93.8,
    Case(400, 90): None,
    Case(200, 30, spread=0.5, skipped=0.3): 84.5,
    Case(300, 60, spread=0.5, skipped=0.3): 87.5,
    Case(200, 30, truth=FASTER): None,
    Case(300, 60, truth=FASTER): None,
}
MARGIN = 0.3
OTHERWISE = tuple(
    Case(items, days, truth=FSRS7) for items, days in ((100, 30), (200, 30), (300, 30), (100, 14), (300, 60), (400, 90))
)
GAIN_OTHERWISE = 3.0


def main(learners: int) -> int:
    """Prints every table; returns the number of figures missed."""
    console = Console(width=150)
    parts = (
        lambda to: recall_table(to, learners),
        lambda to: otherwise_table(to, learners),
        speed_table,
        prediction_table,
    )
    return sum(part(console) for part in parts)


def recall_table(console: Console, learners: int) -> int:
    """Recall on the day, by case and way to schedule; unseen items of ours."""
    table = Table("Items / days / a day", *POLICIES, "goal", "unseen", title=f"Recall on the day, {learners} learners")
    missed = 0
    with ProcessPoolExecutor() as pool:
        for case, goal in GOALS.items():
            recalls, unseen = _simulated(pool, case, learners)
            ours = recalls["composer"]
            kept = ours >= (goal or 0) and ours >= max(recalls.values()) - MARGIN and not unseen
            missed += not kept
            shown = (f"{recalled:.1f}" for recalled in recalls.values())
            table.add_row(_name(case), *shown, f"{goal or '-'}{'' if kept else ' MISSED'}", str(unseen))
    console.print(table)
    return missed


def otherwise_table(console: Console, learners: int) -> int:
    """The same for learners who remember as FSRS-7 says: what is gained over new items first, on average."""
    table = Table(
        "Items / days / a day", *POLICIES, title=f"Recall on the day, FSRS-7 as the truth, {learners} learners"
    )
    gains, behind = [], 0
    with ProcessPoolExecutor() as pool:
        for case in OTHERWISE:
            recalls, _ = _simulated(pool, case, learners)
            gains.append(recalls["composer"] - recalls["new first"])
            behind += recalls["composer"] < max(recalls.values()) - MARGIN
            table.add_row(_name(case), *(f"{recalled:.1f}" for recalled in recalls.values()))
    console.print(table)
    missed = fmean(gains) < GAIN_OTHERWISE
    goal = f"goal {GAIN_OTHERWISE:.1f}{' MISSED' if missed else ''}"
    console.print(f"Over new items first: {fmean(gains):+.1f} on average ({goal}). Cells behind another way: {behind}.")
    return missed + behind


def speed_table(console: Console) -> int:
    """Time to compose and to take in an answer."""
    rows = [
        ("compose 20 of 400", _composing(400), 20_000.0),
        ("compose 20 of 2,000", _composing(2000), 100_000.0),
        ("one answer, recalibration included", _answering(), 60.0),
    ]
    return _figures(console, "Speed (microseconds, median)", rows)


def prediction_table(console: Console) -> int:
    """How well a real log is forecast; recalibration must win."""
    if not LOG.exists():
        console.print("No review log beside the checkout: prediction not measured.")
        return 0
    with LOG.open(encoding="utf-8", newline="") as lines:
        log = read_log(lines, "America/New_York")
    figures = {name: quality(evaluate(log, model)) for name, model in models().items()}
    table = Table("Model", "answers", "log loss", "RMSE(bins)", "AUC", title=LOG.name)
    for name, each in figures.items():
        table.add_row(name, str(each.answers), f"{each.log_loss:.4f}", f"{each.rmse_bins:.4f}", f"{each.auc:.4f}")
    console.print(table)
    fitted = refit(log)
    console.print(
        f"Fitted to this learner on four fifths: {'taken, it wins on the last fifth' if fitted else 'not taken'}."
    )
    plain, ours = list(figures.values())[-2:]
    return not (ours.log_loss < plain.log_loss and ours.rmse_bins < plain.rmse_bins and ours.auc > plain.auc)


def _simulated(pool: ProcessPoolExecutor, case: Case, learners: int) -> tuple[dict[str, float], int]:
    """Mean recall by way to schedule, and how many items our own never asked."""
    results = {name: list(pool.map(_one, [(case, name, seed) for seed in range(learners)])) for name in POLICIES}
    recalls = {name: fmean(recalled for recalled, _ in result) for name, result in results.items()}
    return recalls, sum(never for _, never in results["composer"])


def _one(job: tuple[Case, str, int]) -> tuple[float, int]:
    case, name, seed = job
    return recall_on_the_day(case, POLICIES[name], seed)


def _name(case: Case) -> str:
    notes = [f"spread {case.spread}, {case.skipped:.0%} skipped"] if case.skipped else []
    notes += ["forgets faster than the model"] if case.truth is FASTER else []
    return " ".join([f"{case.items} / {case.days} / {case.a_day}", *notes])


def _figures(console: Console, title: str, rows: Iterable[tuple[str, float, float]]) -> int:
    table, missed = Table("Figure", "measured", "goal", title=title), 0
    for name, measured, goal in rows:
        missed += measured > goal
        table.add_row(name, f"{measured:,.0f}", f"{goal:,.0f}{' MISSED' if measured > goal else ''}")
    console.print(table)
    return missed


def _composing(items: int) -> float:
    source = Random(items)
    kinds = list(QuestionKind)
    questions = [
        QuestionView(str(item), kinds[item % len(kinds)], str(item % 40), (str(item),), 1) for item in range(items)
    ]
    cards = [
        CardView(
            str(item), memory.MemoryState(source.uniform(0.2, 60), source.uniform(1, 10), source.randrange(60, 100))
        )
        for item in range(items * 4 // 5)
    ]
    return _median_time(lambda: compose(cards, questions, today=100, exam_day=100 + items // 4, budget=20), 15)


def _answering() -> float:
    state = memory.MemoryState(9.0, 5.0, 100)

    def answer() -> None:
        chance = memory.recall(state, 109)
        recalibration.forecast(recalibration.START, chance, 0.3)
        recalibration.update(recalibration.START, chance, was_recalled=True, slowness=0.3)
        memory.review(state, 3, 109)

    return _median_time(answer, 2000)


def _median_time(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        started = perf_counter()
        work()
        taken.append((perf_counter() - started) * 1e6)
    return median(taken)


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)))

"""Measures of discussions: how long the next move takes with 60 turns of history, and how long one turn is listened to.

Run with `python -m tests.benchmarks.bench_discussion`; prints a table and exits with 1 where a limit is passed.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from talkthrough.question_bank.discussion import Plan, hear, next_move, plan_discussion
from talkthrough.question_bank.identity import with_first_keys
from talkthrough.question_bank.items.points import expected_points
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark
from talkthrough.question_bank.reading import read_text
from talkthrough.question_bank.specification import Unit
from tests.question_bank.discussion.stage import Stage

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "city-and-guilds-401.txt"
TURNS, REPEATS = 60, 300
NEXT_MOVE_LIMIT, HEAR_LIMIT = 0.020, 0.100
ANSWERS = (
    "We listen to calls and look at the complaints book every week, because that shows what goes wrong.",
    "Last week I moved two people from the desk to the phones. In the end the queue went down.",
    "say it another way",
    "The targets come from head office. They are quick to read but they do not say why something happened.",
    "I don't know",
    "Overall I think mystery shoppers are suitable for us, although they cost a lot.",
)


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Median and 99th percentile of one call."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def unit_401() -> Unit:
    """The published unit, with keys."""
    return with_first_keys(read_text(SAMPLE.read_text(encoding="utf-8")).units[0])


def marker(unit: Unit) -> Callable[[Question, str], Mark]:
    """The shipped marker for the unit's questions."""
    calibration = default_calibration()
    return lambda question, text: mark(question, text, phrasings_for(question, unit.key), calibration)


def long_discussion(plan: Plan, read: Callable[[Question, str], Mark]) -> Stage:
    """A discussion with 60 turns of history that is still going on: its first exchanges, over and over."""
    stage = Stage(replace(plan, max_learner_turns=100, minutes=600), read=read)
    stage.begin()
    for answer in ANSWERS:
        stage.say(answer)
    last = stage.turns.pop()
    body = (stage.turns * TURNS)[: TURNS - 1]
    stage.turns = [replace(turn, number=place) for place, turn in enumerate([*body, last], start=1)]
    stage.hear(ANSWERS[0])
    return stage


def main() -> int:
    """Print the figures; 1 when a limit is passed."""
    unit = unit_401()
    read = marker(unit)
    outcomes = ("1", "3")
    worst = {"next move": 0.0, "hear": 0.0}
    for outcome in outcomes:
        plan = plan_discussion(unit, outcome, points=expected_points)
        stage = long_discussion(plan, read)
        measured = {
            "next move": seconds(lambda stage=stage: next_move(stage.plan, stage.turns)),  # type: ignore[misc]
            "hear": seconds(lambda plan=plan, stage=stage: hear(plan, stage.turns, ANSWERS[0], read), 60),  # type: ignore[misc]
        }
        for name, (median, slowest) in measured.items():
            worst[name] = max(worst[name], slowest)
            line = f"outcome {outcome} {name:10} median {median * 1000:6.2f} ms   p99 {slowest * 1000:6.2f} ms"
            rule = next_move(stage.plan, stage.turns).rule
            sys.stdout.write(f"{line}   ({len(stage.turns)} turns, then {rule})\n")
    return int(worst["next move"] > NEXT_MOVE_LIMIT or worst["hear"] > HEAR_LIMIT)


if __name__ == "__main__":
    sys.exit(main())

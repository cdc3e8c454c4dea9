"""Measures of the item models: items per unit and kind, flaws per rule, and what a test-wise learner could guess.

Run with `python -m tests.benchmarks.bench_items`; prints a table and exits with 1 where a limit is passed.
"""

import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable

from talkthrough.question_bank.item_review import key_position_bias, review
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import Option, Question
from talkthrough.question_bank.items.words import lemmas, words
from talkthrough.question_bank.specification import Unit
from tests.question_bank.items.units import sample_units

ABOVE_CHANCE_LIMIT, REVIEW_LIMIT = 0.05, 0.020

Guess = Callable[[Question, Option], float]


def longest(question: Question, option: Option) -> float:
    """The longest option is right."""
    return len(option.text)


def shortest(question: Question, option: Option) -> float:
    """The shortest option is right."""
    return -len(option.text)


def echo(question: Question, option: Option) -> float:
    """The option that shares most words with the stem is right."""
    return len(set(words(option.text)) & set(words(question.stem))) + len(lemmas(option.text) & lemmas(question.stem))


def odd_one_out(question: Question, option: Option) -> float:
    """The option whose length differs most from the others is right."""
    others = [len(other.text) for other in question.options if other is not option]
    return abs(len(option.text) - sum(others) / len(others))


def shared_words(question: Question, option: Option) -> float:
    """The option that shares most words with the other options is right."""
    return sum(
        len(set(words(option.text)) & set(words(other.text))) for other in question.options if other is not option
    )


def position(place: int) -> Guess:
    """The option in this place is right."""
    return lambda question, option: float(question.options.index(option) == place)


def together(question: Question, option: Option) -> float:
    """All the hints, each as a share of its best option."""
    return sum(_share(guess, question, option) for guess in (longest, echo, odd_one_out, shared_words))


HEURISTICS: dict[str, Guess] = {
    "longest option": longest,
    "shortest option": shortest,
    "echo of the stem": echo,
    "odd one out": odd_one_out,
    "most shared words": shared_words,
    "second place": position(1),
    "third place": position(2),
    "all hints together": together,
}


def _share(guess: Guess, question: Question, option: Option) -> float:
    best = max(guess(question, other) for other in question.options)
    return guess(question, option) / best if best > 0 else 0.0


def score(guess: Guess, questions: Iterable[Question]) -> tuple[float, float, float]:
    """Share of right guesses (ties are shared out), what blind chance gives, and half the 95% interval."""
    right = [_chance_of_key(guess, question) for question in questions]
    chance = [1 / len(question.options) for question in questions]
    mean = sum(right) / len(right)
    spread = math.sqrt(sum((value - mean) ** 2 for value in right) / max(len(right) - 1, 1))
    return mean, sum(chance) / len(chance), 1.96 * spread / math.sqrt(len(right))


def _chance_of_key(guess: Guess, question: Question) -> float:
    scores = [guess(question, option) for option in question.options]
    best = [option for option, value in zip(question.options, scores, strict=True) if value == max(scores)]
    return sum(option.is_key for option in best) / len(best)


def main() -> int:
    """Print the measures; 1 where a limit is passed."""
    units = sample_units()
    made = {unit: questions_for(unit) for unit in units}
    started = time.perf_counter()
    flaws = {question.key: review(question, unit, units) for unit, asked in made.items() for question in asked}
    each = (time.perf_counter() - started) / len(flaws)
    _print_items(made)
    _print_flaws(flaws, each)
    published = [question for asked in made.values() for question in asked if not flaws[question.key]]
    return _print_guesses([question for question in published if question.is_tapped]) or int(each > REVIEW_LIMIT)


def _print_items(made: dict[Unit, tuple[Question, ...]]) -> None:
    for unit, asked in made.items():
        kinds = Counter(question.kind.value for question in asked)
        per = Counter(question.criterion_key for question in asked)
        none = [criterion.number for criterion in unit.criteria if not per[criterion.key]]
        fewest = min((per[criterion.key] for criterion in unit.criteria), default=0)
        listed = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        counts = f"{len(unit.criteria):3} criteria {len(asked):4} items, fewest {fewest}, none {none}"
        print(f"{unit.label:10} {counts}: {listed}")


def _print_flaws(flaws: dict[str, tuple[object, ...]], each: float) -> None:
    held = sum(bool(found) for found in flaws.values())
    rules = Counter(flaw.rule for found in flaws.values() for flaw in found)  # type: ignore[attr-defined]
    print(f"reviewed {len(flaws)} items at {each * 1000:.2f} ms each; held back {held} ({held / len(flaws):.1%})")
    for rule, count in rules.most_common():
        print(f"  {rule}: {count}")


def _print_guesses(tapped: list[Question]) -> int:
    worst = 0.0
    for name, guess in HEURISTICS.items():
        mean, chance, half = score(guess, tapped)
        worst = max(worst, mean - chance)
        print(f"test-wise, {name:20} {mean:.1%} ± {half:.1%} of {len(tapped)} (chance {chance:.1%})")
    print(f"key position bias: {key_position_bias(tapped) or 'none'}")
    return int(worst > ABOVE_CHANCE_LIMIT)


if __name__ == "__main__":
    sys.exit(main())

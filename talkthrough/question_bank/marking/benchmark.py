"""What the marker is worth on labelled answers: precision, recall, F1, bands and reliability, with 95% intervals.

A labelled file has the columns criterion, question, answer, point_id, expected_point, label, category, perhaps unit.
Labels: covered, absent, contradicted, partial. Partial pairs are left out of F1; "unsure" counts as not covered.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Question, QuestionKind
from talkthrough.question_bank.marking.calibration import Calibration, fitted_curve
from talkthrough.question_bank.marking.marker import mark, point_scores
from talkthrough.question_bank.marking.model import PointMark
from talkthrough.question_bank.marking.phrasings import Phrasings, phrasings_for
from talkthrough.question_bank.specification import SourceSpan

RESAMPLES = 1000
COLUMNS = ("criterion", "question", "answer", "point_id", "expected_point", "label", "category")
Interval = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """One labelled pair of an answer and an expected point."""

    criterion: str
    question: str
    answer: str
    point_key: str
    point: str
    label: str
    category: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and what the marker made of it."""

    pair: Pair
    found: PointMark

    @property
    def says_covered(self) -> bool:
        """Whether the marker is sure that the point was mentioned."""
        return self.found.band == "sure yes"

    @property
    def is_covered(self) -> bool:
        """Whether the person who labelled it says that the point was mentioned."""
        return self.pair.label == "covered"


def read_pairs(file: TextIO) -> tuple[Pair, ...]:
    """The labelled pairs of a CSV file; a missing column is named in the error."""
    reader = csv.DictReader(file)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"The file has no column called {missing[0]}. It needs: {', '.join(COLUMNS)}.")
    return tuple(_pair(row) for row in reader)


def _pair(row: Mapping[str, str]) -> Pair:
    criterion, question, answer, point_key, point, label, category = (row[name] for name in COLUMNS)
    return Pair(criterion, question, answer, point_key, point, label.strip(), category, row.get("unit") or "")


def questions(pairs: Iterable[Pair]) -> Mapping[str, Question]:
    """One question per criterion, expecting every point that the file names for it."""
    points: dict[str, dict[str, ExpectedPoint]] = defaultdict(dict)
    stems = {}
    for pair in pairs:
        points[pair.criterion][pair.point_key] = ExpectedPoint(pair.point_key, pair.point)
        stems[pair.criterion] = pair.question
    return {
        criterion: Question(
            criterion, QuestionKind.RECALL_LIST, stem, criterion, criterion, SourceSpan(1, 1), Demand.RECALL,
            expected_points=tuple(points[criterion].values()),
        )
        for criterion, stem in stems.items()
    }  # fmt: skip


def prepared(pairs: Sequence[Pair], *, written: bool) -> Mapping[str, tuple[Question, Phrasings]]:
    """Per criterion its question and phrasings; without `written` only those made from the published words."""
    units = {pair.criterion: pair.unit for pair in pairs}
    result = {}
    for criterion, question in questions(pairs).items():
        ways = phrasings_for(question, units[criterion])
        if not written:
            ways = Phrasings(tuple(replace(each, said=(), unlike=(), confirmed=()) for each in ways.points))
        result[criterion] = (question, ways)
    return result


def judge(pairs: Sequence[Pair], calibration: Callable[[str], Calibration], *, written: bool) -> tuple[Judged, ...]:
    """Every pair marked; `calibration` gives the calibration to use for a criterion."""
    ready = prepared(pairs, written=written)
    found: dict[tuple[str, str], dict[str, PointMark]] = {}
    for criterion, answer in dict.fromkeys((pair.criterion, pair.answer) for pair in pairs):
        question, ways = ready[criterion]
        marks = mark(question, answer, ways, calibration(criterion)).points
        found[criterion, answer] = {each.point_key: each for each in marks}
    return tuple(Judged(pair, found[pair.criterion, pair.answer][pair.point_key]) for pair in pairs)


def leave_one_criterion_out(pairs: Sequence[Pair], shipped: Calibration) -> Mapping[str, Calibration]:
    """Per criterion a calibration fitted on all other criteria only; the bands' edges are those of `shipped`."""
    scored = {written: _scored(pairs, written=written) for written in (True, False)}
    criteria = sorted({pair.criterion for pair in pairs})
    return {held_out: _fitted(scored, shipped, held_out) for held_out in criteria}


def fit(pairs: Sequence[Pair], shipped: Calibration) -> Calibration:
    """A calibration fitted on labelled pairs, with and without written phrasings. Partial pairs are left out."""
    return _fitted({written: _scored(pairs, written=written) for written in (True, False)}, shipped, "")


Scored = Sequence[tuple[str, float, bool]]


def _scored(pairs: Sequence[Pair], *, written: bool) -> Scored:
    """(criterion, match score, was mentioned) of every pair that is not partial."""
    ready = prepared(pairs, written=written)
    scores: dict[tuple[str, str], dict[str, float]] = {}
    for criterion, answer in dict.fromkeys((pair.criterion, pair.answer) for pair in pairs):
        found = point_scores(ready[criterion][0], answer, ready[criterion][1])
        scores[criterion, answer] = {key: score for key, (score, _) in found.items()}
    return [
        (pair.criterion, scores[pair.criterion, pair.answer][pair.point_key], pair.label == "covered")
        for pair in pairs
        if pair.label != "partial"
    ]


def _fitted(scored: Mapping[bool, Scored], shipped: Calibration, held_out: str) -> Calibration:
    curves = [
        fitted_curve((score, mentioned) for criterion, score, mentioned in scored[written] if criterion != held_out)
        for written in (True, False)
    ]
    (slope, intercept), (unwritten_slope, unwritten_intercept) = curves
    return replace(
        shipped, slope=slope, intercept=intercept, unwritten_slope=unwritten_slope,
        unwritten_intercept=unwritten_intercept, fitted_on=f"all but {held_out}" if held_out else "",
    )  # fmt: skip


def wilson(right: int, total: int) -> Interval:
    """(share, low, high): the share with its 95% interval (Wilson 1927)."""
    if not total:
        return (math.nan, math.nan, math.nan)
    z, share = 1.96, right / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return (share, max(0.0, centre - half), min(1.0, centre + half))


def precision_recall_f1(judged: Iterable[Judged]) -> tuple[float, float, float]:
    """Over covered against absent and contradicted pairs; 0 where nothing was credited."""
    counted = [each for each in judged if each.pair.label != "partial"]
    both = sum(each.says_covered and each.is_covered for each in counted)
    credited = sum(each.says_covered for each in counted)
    covered = sum(each.is_covered for each in counted)
    precision = both / credited if credited else 0.0
    recall = both / covered if covered else 0.0
    return precision, recall, 2 * both / (credited + covered) if credited + covered else 0.0


def bootstrap(judged: Sequence[Judged], chance: Callable[[int], int]) -> tuple[Interval, Interval, Interval]:
    """Precision, recall and F1 with 95% intervals by resampling answers (pairs of one answer stay together).

    `chance(n)` draws a number from 0 to n - 1.
    """
    answers: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        answers[each.pair.answer].append(each)
    groups = list(answers.values())
    samples = [
        precision_recall_f1(each for _ in groups for each in groups[chance(len(groups))]) for _ in range(RESAMPLES)
    ]
    values = []
    for place, value in enumerate(precision_recall_f1(judged)):
        ordered = sorted(sample[place] for sample in samples)
        values.append((value, ordered[int(0.025 * RESAMPLES)], ordered[int(0.975 * RESAMPLES)]))
    return (values[0], values[1], values[2])


def guards(judged: Sequence[Judged]) -> list[tuple[str, Interval, int]]:
    """(what, share with interval, out of how many): the bands, and what must never be credited."""
    counted = [each for each in judged if each.pair.label != "partial"]
    bands: dict[str, list[Judged]] = defaultdict(list)
    for each in counted:
        bands[each.found.band].append(each)
    near = [each for each in counted if each.pair.category == "near_miss"]
    tests = [
        ("Sure yes is right", bands["sure yes"], lambda each: each.is_covered),
        ("Sure no is right", bands["sure no"], lambda each: not each.is_covered),
        ("Unsure", judged, lambda each: each.found.band == "unsure"),
        ("Contradicted credited", _labelled(counted, "contradicted"), lambda each: each.says_covered),
        ("Contradicted noticed", _labelled(counted, "contradicted"), lambda each: each.found.state == "contradicted"),
        ("Copied question credited", _in_category(counted, "question_copy"), lambda each: each.says_covered),
        ("Near misses rejected", near, lambda each: each.says_covered == each.is_covered),
    ]  # fmt: skip
    return [(name, wilson(sum(map(test, some)), len(some)), len(some)) for name, some, test in tests if some]


def _labelled(judged: Iterable[Judged], label: str) -> list[Judged]:
    return [each for each in judged if each.pair.label == label]


def _in_category(judged: Iterable[Judged], category: str) -> list[Judged]:
    return [each for each in judged if each.pair.category == category]


def reliability(judged: Sequence[Judged], bins: int = 5) -> list[tuple[float, float, float, float, int]]:
    """Per bin of confidence: (from, to, mean confidence, share that was mentioned, pairs). Empty bins are left out."""
    rows = []
    for place in range(bins):
        low, high = place / bins, (place + 1) / bins
        some = [
            each
            for each in judged
            if each.pair.label != "partial"
            and low <= each.found.confidence
            and (each.found.confidence < high or place == bins - 1)
        ]
        if some:
            said = sum(each.found.confidence for each in some) / len(some)
            rows.append((low, high, said, sum(each.is_covered for each in some) / len(some), len(some)))
    return rows

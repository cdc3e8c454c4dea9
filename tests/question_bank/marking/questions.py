"""Questions for the marker's tests."""

import os
from pathlib import Path

from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Question, QuestionKind
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark, PointMark
from talkthrough.question_bank.specification import SourceSpan

SHARED = Path(os.environ.get("TALKTHROUGH_SHARED", Path(__file__).resolve().parents[3] / ".." / "shared"))
PAIRS = SHARED / "marking" / "coverage-pairs.csv"
ANSWERS = Path(__file__).resolve().parents[2] / "benchmarks" / "marking-answers.csv"
HELD_BACK = tuple(sorted(ANSWERS.parent.glob("marking-held-back*.csv")))
SECOND_AUTHOR = tuple(sorted(ANSWERS.parent.glob("marking-second-author-*.csv")))
SAMPLES = Path(__file__).resolve().parents[3] / "samples"
UNIT_401, UNIT_323 = "m-506-2898", "l-506-2150"

MONITORING = (
    "listening to calls",
    "reviewing written communication",
    "getting direct feedback from customers",
    "use of mystery shoppers",
    "direct observation of practice",
    "sales figures",
    "returns/complaints figures",
    "achievement of targets, KPIs etc",
    "staff absences",
)
HOW_MONITORED = "Name three ways a manager can monitor customer service operations."


def question(stem: str, *texts: str, slots: tuple[str, ...] = (), quantity: int | None = None) -> Question:
    """A recall question whose point keys are the published texts, and whose slot keys are their names."""
    points = [ExpectedPoint(text, text) for text in texts]
    points += [ExpectedPoint(slot, f"a {slot}", is_published=False, slot=slot) for slot in slots]
    return Question(
        "question", QuestionKind.RECALL_LIST, stem, "criterion", "1.2", SourceSpan(1, 1), Demand.RECALL,
        expected_points=tuple(points), quantity=quantity,
    )  # fmt: skip


MONITORING_QUESTION = question(HOW_MONITORED, *MONITORING, quantity=3)


def marked(answer: str, asked: Question = MONITORING_QUESTION, unit: str = UNIT_401) -> Mark:
    """The mark with the shipped phrasings and calibration."""
    return mark(asked, answer, phrasings_for(asked, unit), default_calibration())


def points(answer: str, asked: Question = MONITORING_QUESTION, unit: str = UNIT_401) -> dict[str, PointMark]:
    """The marks of the points by key."""
    return {each.point_key: each for each in marked(answer, asked, unit).points}


def covered(answer: str, asked: Question = MONITORING_QUESTION, unit: str = UNIT_401) -> set[str]:
    """The points that were mentioned for sure."""
    return {key for key, each in points(answer, asked, unit).items() if each.band == "sure yes"}


def contradicted(answer: str, asked: Question = MONITORING_QUESTION, unit: str = UNIT_401) -> set[str]:
    """The points that were denied."""
    return {key for key, each in points(answer, asked, unit).items() if each.state == "contradicted"}

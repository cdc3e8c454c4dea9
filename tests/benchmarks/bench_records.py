"""Measures of the records: a log of 40 turns in all formats, 200 logs bundled, one more link of the chain.

Run with `python -m tests.benchmarks.bench_records`; prints each figure with its limit and exits with 1 above one.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session, create_engine

from talkthrough.storage import discussions
from talkthrough.storage.records import FORMATS, RenderedFile, render
from talkthrough.storage.records.bundle import bundle
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.model import DiscussionLog
from talkthrough.storage.records.progress import OutcomeProgress, Progress, progress_picture
from talkthrough.storage.records.verification import verify_file
from talkthrough.storage.tables import Table
from tests.storage.records.examples import KEY, NOW, PLAN, asked, log, said

LIMITS = {
    "log of 40 turns in all formats (s)": 1.0,
    "200 logs in HTML, PDF and DOCX, bundled (s)": 60.0,
    "one more link of the chain (ms)": 1.0,
    "progress picture (s)": 0.2,
    "verification of an HTML file (s)": 0.5,
}


def long_log() -> DiscussionLog:
    """Twenty questions and twenty answers of some fifty words."""
    answer = "I listened to the calls of one week and wrote down what people asked for, because nobody knew. " * 3
    return log(
        [turn for number in range(20) for turn in (asked("What did you do?"), said(f"{number}. {answer}", "p1"))]
    )


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The middle time of several runs."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return sorted(spent)[times // 2]


def bundled(made: DiscussionLog) -> list[RenderedFile]:
    """200 learners' logs in three formats as ZIP parts."""
    covers = (replace(made.cover, learner_reference=f"L-{number:04}") for number in range(200))
    records = (replace(made, cover=cover, seal=None) for cover in covers)
    return list(bundle((render(record, name) for record in records for name in ("html", "pdf", "docx")), "cohort"))


def milliseconds_of_a_link() -> float:
    """What keeping one more turn adds to a transaction, the middle of 300."""
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    spent = []
    with Session(engine) as session:
        held = discussions.start(session, person_id=1, unit_version_id=1, plan=PLAN, time_zone="Europe/London", now=NOW)
        for number in range(300):
            turn = said(f"{number} " + "I checked the calls and wrote it down. " * 10, "p1")
            start = time.perf_counter()
            discussions._stored(turn, held.id or 0, number + 1, "0" * 64)
            spent.append(time.perf_counter() - start)
    engine.dispose()
    return sorted(spent)[150] * 1000


def measured() -> dict[str, float]:
    """Each figure by its name."""
    made = long_log()
    page = render(made, "html").content
    progress = Progress(
        "Unit 401", "Manage", tuple(OutcomeProgress(str(n), "Outcome", 9, 12, 4, 2, 1) for n in range(5))
    )
    figures = (
        seconds(lambda: [render(record, name) for record in (made, reflective_draft(made)) for name in FORMATS]),
        seconds(lambda: bundled(made), times=1),
        milliseconds_of_a_link(),
        seconds(lambda: progress_picture(progress)),
        seconds(lambda: verify_file(page, KEY.public)),
    )
    return dict(zip(LIMITS, figures, strict=True))


def main() -> int:
    """Print the figures; 1 where a limit is passed."""
    figures = measured()
    for name, figure in figures.items():
        print(f"{name:48} {figure:8.3f}  limit {LIMITS[name]:g}")
    return int(any(figure > LIMITS[name] for name, figure in figures.items()))


if __name__ == "__main__":
    sys.exit(main())

"""A learner's answers as a review log, in the forms in which FSRS tools exchange them: read, and written for export.

CSV: card_id, review_rating (1-4), review_time (ISO, with offset), review_duration (milliseconds, may be empty).
JSON: the `fsrs` library's own ReviewLog objects. Both number the cards from 1 in order of their first answer, because
the library's card ids are numbers; `card_key` says which card it is.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO

from talkthrough.scheduler.learning_day import learning_day

COLUMNS = ("card_id", "review_rating", "review_time", "review_duration")
NEEDED = set(COLUMNS[:3])


@dataclass(frozen=True, slots=True)
class LoggedReview:
    """One line of a review log."""

    card: str
    rating: int
    at: datetime
    day: int
    seconds: float | None = None

    @property
    def was_recalled(self) -> bool:
        """Again (1) is a miss, everything else was recalled."""
        return self.rating > 1


def read_log(lines: Iterable[str], time_zone: str) -> list[LoggedReview]:
    """The log in order of time. ValueError, with the line's number, for what is not such a log."""
    rows = csv.DictReader(lines)
    if missing := NEEDED - set(rows.fieldnames or ()):
        raise ValueError(f"The file lacks the columns {', '.join(sorted(missing))}. Name them in its first line.")
    return sorted((_logged(row, rows.line_num, time_zone) for row in rows), key=lambda review: review.at)


def as_csv(log: Sequence[LoggedReview]) -> str:
    """The log as CSV text that `read_log` and FSRS tools read."""
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow((*COLUMNS, "card_key"))
    for number, review in _numbered(log):
        rows.writerow((number, review.rating, _utc(review), _milliseconds(review), review.card))
    return text.getvalue()


def as_json(log: Sequence[LoggedReview]) -> str:
    """The log as a JSON list of the library's ReviewLog objects."""
    reviews = [
        {
            "card_id": number,
            "rating": review.rating,
            "review_datetime": _utc(review),
            "review_duration": _milliseconds(review),
            "card_key": review.card,
        }
        for number, review in _numbered(log)
    ]
    return json.dumps(reviews, indent=1)


def _numbered(log: Sequence[LoggedReview]) -> Iterator[tuple[int, LoggedReview]]:
    numbers: dict[str, int] = {}
    for review in log:
        yield numbers.setdefault(review.card, len(numbers) + 1), review


def _utc(review: LoggedReview) -> str:
    return review.at.astimezone(UTC).isoformat()


def _milliseconds(review: LoggedReview) -> int | None:
    return None if review.seconds is None else round(review.seconds * 1000)


def _logged(row: Mapping[str, str], line: int, time_zone: str) -> LoggedReview:
    try:
        at, rating = datetime.fromisoformat(row["review_time"]), int(row["review_rating"])
        seconds = float(row.get("review_duration") or 0) / 1000
        review = LoggedReview(row["card_id"], rating, at, learning_day(at, time_zone), seconds or None)
    except (TypeError, ValueError) as error:
        raise ValueError(f"Line {line} of the log cannot be read ({error}). Correct or remove the line.") from error
    if review.rating not in range(1, 5):
        raise ValueError(f"Line {line} of the log has the rating {rating}. Ratings are 1 to 4.")
    return review

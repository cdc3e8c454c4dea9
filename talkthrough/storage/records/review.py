"""An assessor's review: a form that is filled in offline, checked on the way in, signed, and never put inside the log.

The decision words are the awarding body's own (assessment-practice.md section 1.4); the tool fills in none of them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from lxml import html as lxml_html
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from talkthrough.errors import UserError
from talkthrough.storage import audit
from talkthrough.storage.records.decision_words import Body
from talkthrough.storage.records.model import BANNER, DiscussionLog, RenderedFile
from talkthrough.storage.records.tables import csv_file

REVIEW_COLUMNS = (
    "status",
    "discussion",
    "reviewer",
    "dated",
    "transcript is true",
    "how authenticity was confirmed",
    "criterion",
    "decision",
    "reason",
    "feedback",
    "next action",
    "signed with key",
)
REVIEW_SCHEMA = "talkthrough/assessor-review/1"
MAX_REVIEW_BYTES = 1_000_000

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(max_length=10_000)]


class ReviewError(UserError):
    """A review that cannot be taken; the message says what to correct."""


class CriterionDecision(BaseModel):
    """What the assessor says about one criterion, in the awarding body's words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    decision: Words
    reason: Words


class AssessorReview(BaseModel):
    """A review as it is sent back by the form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal["talkthrough/assessor-review/1"]
    discussion: int
    head: str
    reviewer: Name
    dated: date
    transcript_is_true: bool
    authenticity: Words
    decisions: tuple[CriterionDecision, ...]
    feedback: Words
    next_action: Words


def review_form(log: DiscussionLog, deciding: Body) -> RenderedFile:
    """A self-contained page for one discussion: fill it in offline, save, and send the saved file to the bot."""
    from talkthrough.storage.records import file_stem
    from talkthrough.storage.records.html import embedded, environment

    stem = file_stem(log).replace("mockPD", "review")
    page = (
        environment()
        .get_template("review.html")
        .render(
            log=log,
            deciding=deciding,
            file_name=f"{stem}.json",
            embedded=embedded(
                {"schema_": REVIEW_SCHEMA, "discussion": log.discussion, "head": log.integrity.head or ""}
            ),
        )
    )
    return RenderedFile(f"{stem}.html", "text/html; charset=utf-8", page.encode())


def read_review(content: bytes, log: DiscussionLog, deciding: Body, today: date) -> AssessorReview:
    """The review in a file that was sent back on the day `today`. ReviewError where it cannot be taken."""
    if len(content) > MAX_REVIEW_BYTES:
        raise ReviewError("This file is too large to be a review. Send the file that the review form saved.")
    try:
        review = AssessorReview.model_validate_json(content)
    except ValidationError as error:
        raise ReviewError(_sentence(error)) from error
    _check_date(review, log, today)
    _check(review, log, deciding)
    return review


def is_review(content: bytes) -> bool:
    """Whether a file says that it is a review; a file that only mentions one is none."""
    return _claims(content).get("schema_") == REVIEW_SCHEMA


def is_form(content: bytes) -> bool:
    """Whether a file is the form itself, not what the form saved."""
    if len(content) > MAX_REVIEW_BYTES or content.lstrip()[:1] != b"<":
        return False
    try:
        page = lxml_html.document_fromstring(content)
    except (ValueError, lxml_html.etree.ParserError):
        return False
    return is_review("".join(page.xpath("//script[@id='about']/text()")).encode("utf-8", "replace"))


def discussion_in(content: bytes) -> int:
    """The number of the discussion that a review says it is about; 0 where it says none."""
    named = _claims(content).get("discussion")
    return named if isinstance(named, int) else 0


def _claims(content: bytes) -> dict[str, Any]:
    try:
        values = json.loads(content) if len(content) <= MAX_REVIEW_BYTES else None
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _sentence(error: ValidationError) -> str:
    place = error.errors(include_url=False, include_input=False)[0]["loc"]
    if place and place[0] in ("reviewer", "dated"):
        return f"The review has no {'name' if place[0] == 'reviewer' else 'date'}. Fill it in and save the form again."
    return "This is not a review. Send the JSON file that the review form saved."


def _check(review: AssessorReview, log: DiscussionLog, deciding: Body) -> None:
    if (review.discussion, review.head) != (log.discussion, log.integrity.head or ""):
        raise ReviewError("This review is about another discussion. Open the form of this one and fill it in.")
    known = {criterion.number for criterion in log.criteria}
    numbers = [decision.number for decision in review.decisions]
    if len(set(numbers)) != len(numbers) or not known.issuperset(numbers):
        raise ReviewError("The review names a criterion twice, or one that is not in this discussion.")
    for decision in review.decisions:
        if decision.decision and decision.decision not in deciding.words:
            theirs = ", ".join(deciding.words)
            raise ReviewError(f"{decision.number}: '{decision.decision}' is not one of your decision words ({theirs}).")
        if decision.decision and not decision.reason.strip():
            raise ReviewError(f"{decision.number}: say why. A decision needs a reason.")


def _check_date(review: AssessorReview, log: DiscussionLog, today: date) -> None:
    if review.dated > today:
        raise ReviewError("The review is dated in the future. Correct the date and save the form again.")
    if review.dated.isoformat() < log.cover.local_date:
        raise ReviewError("The review is dated before the discussion. Correct the date and save the form again.")


def signed_review(review: AssessorReview, key: audit.SigningKey) -> dict[str, Any]:
    """The review as JSON values with the installation's seal: what is stored and handed out."""
    return audit.sealed(json.loads(review.model_dump_json()), key)


def signed_file(signed: Mapping[str, Any], stem: str) -> RenderedFile:
    """A signed review as it is handed out: the same bytes each time."""
    return RenderedFile(f"{stem}.json", "application/json", json.dumps(signed, ensure_ascii=False, indent=1).encode())


def reviews_table(reviews: Sequence[Mapping[str, Any]], stem: str) -> RenderedFile:
    """The signed reviews of a discussion to be read in a spreadsheet: one row a criterion, one where none is named."""
    nothing: Sequence[Mapping[str, str]] = ({},)
    rows = (_row(review, decided) for review in reviews for decided in review["decisions"] or nothing)
    return RenderedFile(f"{stem}.csv", "text/csv; charset=utf-8", csv_file(REVIEW_COLUMNS, rows))


def _row(review: Mapping[str, Any], decided: Mapping[str, str]) -> tuple[object, ...]:
    about = (BANNER, review["discussion"], review["reviewer"], review["dated"])
    confirmed = ("yes" if review["transcript_is_true"] else "not said", review["authenticity"])
    decision = tuple(decided.get(name, "") for name in ("number", "decision", "reason"))
    return (*about, *confirmed, *decision, review["feedback"], review["next_action"], review["seal"]["key_id"])

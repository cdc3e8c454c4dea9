"""A unit's questions when a version of it comes in: identity, tutors' wording and tutors' decisions stay."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from talkthrough.question_bank.item_review import review
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import Option, Question
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import question_versions
from talkthrough.storage.question_versions import QUESTION
from talkthrough.storage.tables import QuestionVersion, StoredQuestion

OWN = ":own-"  # in the key of what a tutor added


def refresh_questions(session: Session, unit: Unit, known: Sequence[Unit], now: datetime) -> None:
    """Make, review and keep the questions of a unit; those whose criterion or guidance vanished are retired."""
    stored = {row.key: row for row in session.exec(select(StoredQuestion).where(StoredQuestion.unit_key == unit.key))}
    versions = question_versions.of(session, stored)
    made = {question.key: question for question in questions_for(unit)}
    for key, question in made.items():
        flaws = review(question, unit, tuple(known))
        state, row = "held back" if flaws else "approved", stored.get(key)
        if row is None:
            question_versions.set_flaws(question_versions.add(session, question, unit.key, state=state, now=now), flaws)
        else:
            _renew(session, row, question, versions.get(key, ()), state, now)
            question_versions.set_flaws(row, review(QUESTION.validate_json(row.body), unit, tuple(known)))
    for key in stored.keys() - made.keys():
        _leave(session, stored[key], unit, now)


def _renew(
    session: Session,
    row: StoredQuestion,
    made: Question,
    versions: Sequence[QuestionVersion],
    state: str,
    now: datetime,
) -> None:
    latest = versions[-1] if versions else None
    is_decided = latest is not None and latest.changed_by is not None
    before = QUESTION.validate_json(row.body)
    source = _last_from_document(versions) or before
    if _substance(source) == _substance(made):
        is_edited = latest is not None and latest.origin == "tutor"
        question_versions.follow(session, row, _in_tutors_words(made, before) if is_edited else made, now)
        row.state = row.state if is_decided else state
        return
    if row.state == "retired" and is_decided:
        state = "retired"
    elif latest is not None and latest.origin == "tutor":
        state = "draft"  # the document changed under a tutor's wording: the tutor looks again
    by = latest.changed_by if latest and state == "retired" else None
    question_versions.put(session, row, made, state=state, origin="document", by=by, now=now)


def _last_from_document(versions: Sequence[QuestionVersion]) -> Question | None:
    bodies = [version.body for version in versions if version.origin == "document"]
    return QUESTION.validate_json(bodies[-1]) if bodies else None


def _substance(question: Question) -> tuple[object, ...]:
    """What a learner is asked, without the numbers that a new version may print otherwise."""
    return (
        question.kind,
        re.sub(r"\d+", "#", question.stem),
        tuple((option.text, option.is_key) for option in question.options),
        tuple(point.key for point in question.expected_points),
        question.quantity,
        question.all_required,
    )


def _in_tutors_words(made: Question, edited: Question) -> Question:
    """The tutor's words on the lines that the document has now. An option that the tutor added has no line there."""
    spans = [option.span for option in made.options]
    options = tuple(
        Option(old.text, old.is_key, old.why, spans[place] if place < len(spans) else old.span)
        for place, old in enumerate(edited.options)
    )
    return replace(made, stem=edited.stem, feedback=edited.feedback, options=options)


def _leave(session: Session, row: StoredQuestion, unit: Unit, now: datetime) -> None:
    """What no item model makes any more: a tutor's own question stays with its criterion, all else is retired."""
    question = QUESTION.validate_json(row.body)
    criterion = next((each for each in unit.criteria if each.key == row.criterion_key), None)
    if OWN in row.key and criterion is not None:
        follows = replace(question, criterion_number=criterion.number, source=criterion.span)
        question_versions.follow(session, row, follows, now)
    elif row.state != "retired":
        question_versions.put(session, row, question, state="retired", origin="document", by=None, now=now)

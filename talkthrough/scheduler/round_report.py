"""Results as people read them: the hardest questions, heat maps, gaps, and the files that hold them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler.round_closing import standing_word
from talkthrough.scheduler.rounds import moment_in_words, rule_of
from talkthrough.storage import bank, cohorts, people, pinned, results
from talkthrough.storage.bank import BankUnit
from talkthrough.storage.records import heat_map as maps
from talkthrough.storage.records.model import RenderedFile
from talkthrough.storage.tables import Cohort, Round, Schedule

LONGEST_WRONG = 120
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Make = Callable[[], RenderedFile]


@dataclass(frozen=True, slots=True)
class HardQuestion:
    """A question that went less well than others: the mean share mentioned, and what was answered instead."""

    stem: str
    criterion: str
    score: float
    wrong: tuple[str, ...]
    flags: int


def hardest_questions(session: Session, row: Round) -> tuple[HardQuestion, ...]:
    """The hardest questions of a round, hardest first, with the wrong answers given (without names)."""
    found = []
    for each in results.hardest(session, row.id or 0):
        question = bank.question(session, each.question_key)
        if question is not None:
            wrong = (*_options(question, each.wrong_options), *(text[:LONGEST_WRONG] for text in each.wrong_texts))
            found.append(HardQuestion(question.stem, question.criterion_number, each.score, wrong, each.flags))
    return tuple(found)


def _options(question: Question, chosen: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(
        f"{question.options[place].text} ({times}x)"
        for place, times in chosen
        if place < len(question.options) and not question.options[place].is_key
    )


def map_of_round(session: Session, row: Round, cohort: Cohort) -> maps.HeatMap | None:
    """Learners and criteria of one round; only the criteria that it asked about."""
    unit = _unit(session, row, cohort)
    if unit is None:
        return None
    scored = results.of_round(session, row)
    asked = {each.criterion_key for each in scored}
    when = moment_in_words(row.opened_at, cohort.time_zone)
    names = results.names_of_round(session, row.id or 0)
    return _map(f"{cohort.name}: quiz round", f"{unit.label}, {when}", unit, asked, scored, names)


def map_of_cohort(session: Session, cohort: Cohort, entry: BankUnit, since: datetime | None = None) -> maps.HeatMap:
    """Learners and all criteria of a unit, over the cohort's rounds; which version, where the bank has another one."""
    unit = entry.unit
    scored = results.of_cohort(session, cohort.id or 0, unit.key, since)
    names = {each.id: each.display_name for each in people.learners_of(session, cohort.id or 0) if each.id is not None}
    every = {criterion.key for criterion in unit.criteria}
    subtitle = ". ".join(("All rounds so far", *_version(pinned.behind(session, entry))))
    return _map(f"{cohort.name}: {unit.label}", subtitle, unit, every, scored, names)


def _version(behind: pinned.Behind | None) -> Iterator[str]:
    if behind is not None:
        yield f"Version {behind.number}, {behind.added_on:%-d %b %Y}"
        if behind.left_out:
            yield f"Not in the new one: {', '.join(behind.left_out)}"


def _map(
    title: str,
    subtitle: str,
    unit: Unit,
    asked: set[str],
    scored: Iterable[results.Scored],
    names: Mapping[int, str],
) -> maps.HeatMap:
    criteria = [criterion for criterion in unit.criteria if criterion.key in asked]
    cells: dict[int, dict[str, tuple[str, float | None]]] = {person_id: {} for person_id in names}
    for each in scored:
        if each.person_id in cells:
            score = None if each.score is None else float(each.score)
            cells[each.person_id][each.criterion_key] = (standing_word(score), score)
    keys = [criterion.key for criterion in criteria]
    columns = (maps.Column(criterion.number, criterion.text) for criterion in criteria)
    lines = (maps.Line(names[person_id], maps.cells_for(keys, own)) for person_id, own in cells.items())
    return maps.heat_map(title, subtitle, columns, lines)


def _unit(session: Session, row: Round, cohort: Cohort) -> Unit | None:
    entry = cohorts.unit_of(session, cohort, rule_of(session.get_one(Schedule, row.schedule_id)).unit_key)
    return entry.unit if entry else None


@dataclass(frozen=True, slots=True)
class Report:
    """Files, each to be made without the database, and whose data they hold."""

    makes: tuple[Make, ...]
    person_ids: tuple[int, ...]


def files_of_round(session: Session, row: Round, cohort: Cohort) -> Report | None:
    """The heat map of a round in every form."""
    grid = map_of_round(session, row, cohort)
    if grid is None:
        return None
    return Report(files_of(grid, f"round-{row.id}"), tuple(results.names_of_round(session, row.id or 0)))


def files_of_cohort(session: Session, cohort: Cohort, entry: BankUnit, since: datetime | None = None) -> Report:
    """The heat map of a cohort and a unit over time, in every form."""
    grid = map_of_cohort(session, cohort, entry, since)
    ids = tuple(each.id for each in people.learners_of(session, cohort.id or 0) if each.id is not None)
    return Report(files_of(grid, file_name(f"{cohort.name} {entry.unit.label}")), ids)


def files_of(grid: maps.HeatMap, stem: str) -> tuple[Make, ...]:
    """The grid as picture, page, table and workbook."""
    return (
        lambda: RenderedFile(f"{stem}.png", "image/png", maps.as_picture(grid), f"{grid.title}. {grid.subtitle}."),
        lambda: RenderedFile(f"{stem}.html", "text/html", maps.as_html(grid)),
        lambda: RenderedFile(f"{stem}.csv", "text/csv", maps.as_csv(grid)),
        lambda: RenderedFile(f"{stem}.xlsx", WORKBOOK, maps.as_xlsx(grid)),
    )


def file_name(text: str) -> str:
    """Letters, digits and hyphens only: a cohort's name is the tutor's, a file name is everybody's."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "report"


@dataclass(frozen=True, slots=True)
class GapLines:
    """Criteria by what is missing, as "1.2 explain ..." lines."""

    without_question: tuple[str, ...]
    never_asked: tuple[str, ...]
    never_discussed: tuple[str, ...]


def gaps_of(session: Session, cohort: Cohort, unit: Unit) -> GapLines:
    """Criteria with no question, never asked, and never discussed in this cohort."""
    places = {criterion.key: outcome.number for outcome in unit.outcomes for criterion in outcome.criteria}
    found = results.gaps(session, cohort.id or 0, unit.key, places)

    def lines(keys: frozenset[str]) -> tuple[str, ...]:
        return tuple(f"{each.number} {each.text}" for each in unit.criteria if each.key in keys)

    return GapLines(lines(found.without_question), lines(found.never_asked), lines(found.never_discussed))

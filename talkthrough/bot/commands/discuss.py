"""`talkthrough discuss UNIT OUTCOME`: a mock professional discussion in this terminal. Nothing is stored."""

import json
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from talkthrough.question_bank.discussion import Move, Plan, Turn
    from talkthrough.question_bank.items.question import Question
    from talkthrough.question_bank.marking.model import Mark
    from talkthrough.question_bank.specification import Unit


_NOT_KEPT = "A discussion in this terminal is not kept and nobody is told of it. In the chat it is saved."


class Way(StrEnum):
    """How the discussion is held."""

    PRACTICE = "practice"
    MOCK = "mock"


def discuss(
    unit: Annotated[str, typer.Argument(help='The unit: "401", "CS 37", "M/506/2898" or words of its title.')],
    outcome: Annotated[str, typer.Argument(help="The number of the learning outcome.")],
    *,
    mode: Annotated[Way, typer.Option(help="practice has hints; mock has none.")] = Way.PRACTICE,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON for each move, with its reason.")] = False,
    criterion: Annotated[
        list[str] | None, typer.Option(help="Only this criterion, for example 1.2. Repeat it.")
    ] = None,
    larger_steps: Annotated[bool, typer.Option("--larger-steps", help="Fewer questions, each about more.")] = False,
    document: Annotated[Path | None, typer.Option(help="Read the unit from this specification.")] = None,
) -> None:
    """Hold a mock discussion: type an answer, or skip, pause, stop, hint, say it another way.

    Every move is shown with its reason, the criterion it serves and what was mentioned. Nothing is stored.
    """
    from talkthrough.errors import UserError
    from talkthrough.question_bank.discussion import plan_discussion
    from talkthrough.question_bank.items.points import expected_points

    found = _one_unit(unit, _units(unit, document))
    try:
        plan = plan_discussion(
            found,
            outcome,
            criterion_keys=criterion,
            mode=mode.value,
            points=expected_points,
            has_larger_steps=larger_steps,
        )
    except ValueError as error:
        raise UserError(str(error)) from None
    show = _json_line if as_json else _readable
    for move, turns in hold(plan, _marker(found), _typed(prompt="" if as_json else "> ")):
        typer.echo(show(plan, move, turns))


def hold(
    plan: "Plan", mark: "Callable[[Question, str], Mark]", answers: Iterator[str]
) -> "Iterator[tuple[Move, tuple[Turn, ...]]]":
    """The moves of a discussion, each with the turns up to it, until it ends or there are no more answers."""
    from talkthrough.question_bank.discussion import flags_of, hear, next_move, wish_of

    turns: tuple[Turn, ...] = ()
    while True:
        move = next_move(plan, turns)
        turns = (*turns, _tool_turn(move, len(turns) + 1))
        yield move, turns
        text = None if move.kind == "close" else next(answers, None)
        if text is None:
            return
        wish = wish_of(text)
        marks = hear(plan, turns, text, mark) if wish in {"answer", "continue"} else ()
        said = _turn(len(turns) + 1, "learner", text, wish=wish, marks=marks, flags=flags_of(plan, turns, text))
        turns = (*turns, said)


def _tool_turn(move: "Move", number: int) -> "Turn":
    made = {"kind": move.kind, "rule": move.rule, "target": move.target, "criterion_keys": move.criterion_keys}
    return _turn(number, "tool", move.text, **made)


def _turn(number: int, speaker: Any, text: str, **values: Any) -> "Turn":
    from datetime import UTC, datetime

    from talkthrough.question_bank.discussion import Turn

    return Turn(number=number, speaker=speaker, text=text, at=datetime.now(UTC), **values)


def _typed(prompt: str) -> Iterator[str]:
    """Lines from the keyboard or a pipe; empty lines are no answers."""
    while True:
        if prompt and sys.stdin.isatty():
            typer.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not line:
            return
        if line.strip():
            yield line.rstrip("\r\n")


def _units(words: str, document: Path | None) -> "tuple[Unit, ...]":
    """The units that the words may mean, in the named document, else in the bank, else in the sample documents."""
    if document is not None:
        return _named(words, _read((document,)))
    return _of_bank(words) or _named(words, _read(_samples()))


def _samples() -> tuple[Path, ...]:
    from talkthrough.bot.starting import samples_folder

    folder = samples_folder()
    return tuple(sorted(folder.iterdir())) if folder else ()


def _read(files: tuple[Path, ...]) -> "tuple[Unit, ...]":
    from talkthrough.errors import UserError
    from talkthrough.question_bank.identity import with_first_keys
    from talkthrough.question_bank.reading import UnreadableDocument, read_bytes

    units: list[Unit] = []
    for file in files:
        try:
            units += read_bytes(file.read_bytes(), file.name).units
        except OSError:
            raise UserError(f"The file {file} cannot be opened. Check its name and try again.") from None
        except UnreadableDocument as error:
            raise UserError(str(error)) from None
    return tuple(unit if unit.key else with_first_keys(unit) for unit in units)


def _of_bank(words: str) -> "tuple[Unit, ...]":
    from talkthrough.bot.settings import Settings
    from talkthrough.storage import bank
    from talkthrough.storage.database import Database

    settings = Settings.load()
    if settings.database_url is None and not (settings.data_dir / "talkthrough.db").exists():
        return ()
    database = Database(settings.database)
    try:
        with database.transaction() as session:
            return tuple(entry.unit for entry in bank.find_units(session, words))
    finally:
        database.close()


def _named(words: str, units: "tuple[Unit, ...]") -> "tuple[Unit, ...]":
    wanted = " ".join(words.lower().removeprefix("unit ").split())
    exact = tuple(unit for unit in units if wanted in _names(unit))
    return exact or tuple(unit for unit in units if wanted and wanted in unit.title.lower())


def _names(unit: "Unit") -> set[str]:
    printed = (unit.number, unit.reference, unit.title, unit.key, unit.label)
    return {" ".join(name.lower().split()) for name in printed if name}


def _one_unit(words: str, units: "tuple[Unit, ...]") -> "Unit":
    from talkthrough.errors import UserError

    if not units:
        raise UserError(f'There is no unit "{words}". Try its number, for example 401, or words of its title.')
    if len(units) > 1:
        names = "; ".join(f"{unit.label} {unit.title} ({unit.key})" for unit in units)
        raise UserError(f'"{words}" may be more than one unit: {names}. Use the name in brackets.')
    return units[0]


def _marker(unit: "Unit") -> "Callable[[Question, str], Mark]":
    from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for

    calibration = default_calibration()
    return lambda question, text: mark(question, text, phrasings_for(question, unit.key), calibration)


def _readable(plan: "Plan", move: "Move", turns: "tuple[Turn, ...]") -> str:
    numbers = {criterion.key: criterion.number for criterion in plan.criteria}
    served = ", ".join(numbers[key] for key in move.criterion_keys)
    why = " · ".join(filter(None, (served, move.target, f"{move.rule}: {move.reason}", _counts(plan, turns))))
    before = _sheet(plan) if move.rule == "plan.sheet" else ""
    return f"{before}\n{move.text}\n{typer.style(f'[{why}]', dim=True)}"


def _sheet(plan: "Plan") -> str:
    from talkthrough.question_bank.discussion import planning_sheet

    parts = (f"{part.heading}\n" + "\n".join(f"  {line}" for line in part.lines) for part in planning_sheet(plan))
    return "\n".join((typer.style(_NOT_KEPT, dim=True), *parts, ""))


def _counts(plan: "Plan", turns: "tuple[Turn, ...]") -> str:
    """Quantities of the criteria that ask for a number: "1.2 1 of 3"."""
    from talkthrough.question_bank.discussion import standings

    numbers = {criterion.key: criterion.number for criterion in plan.criteria}
    counted = (s for s in standings(plan, turns) if s.quantity_needed)
    return ", ".join(f"{numbers[s.criterion_key]} {s.quantity_mentioned} of {s.quantity_needed}" for s in counted)


def _json_line(plan: "Plan", move: "Move", turns: "tuple[Turn, ...]") -> str:
    from talkthrough.question_bank.discussion import planning_sheet

    numbers = {criterion.key: criterion.number for criterion in plan.criteria}
    line: dict[str, Any] = {
        "turn": turns[-1].number,
        "kind": move.kind,
        "text": move.text,
        "rule": move.rule,
        "reason": move.reason,
        "target": move.target,
        "criteria": [numbers[key] for key in move.criterion_keys],
        "answer": _answer(numbers, turns),
        "plan": _state(plan, turns),
    }
    if move.kind == "plan":
        line["sheet"] = {part.heading: list(part.lines) for part in planning_sheet(plan)}
    return json.dumps(line, ensure_ascii=False)


def _answer(numbers: dict[str, str], turns: "tuple[Turn, ...]") -> dict[str, Any] | None:
    """What the last learner turn was heard as; None before the first."""
    said = next((turn for turn in reversed(turns) if turn.speaker == "learner"), None)
    if said is None:
        return None
    spoke_to = [numbers[found.criterion_key] for found in said.marks]
    return {"turn": said.number, "wish": said.wish, "flags": list(said.flags), "speaks_to": spoke_to}


def _state(plan: "Plan", turns: "tuple[Turn, ...]") -> list[dict[str, Any]]:
    from talkthrough.question_bank.discussion import standings

    numbers = {criterion.key: criterion.number for criterion in plan.criteria}
    return [
        {
            "criterion": numbers[standing.criterion_key],
            "mentioned": list(standing.mentioned),
            "answered": list(standing.answered),
            "not_yet_mentioned": list(standing.not_yet_mentioned),
            "quantity_mentioned": standing.quantity_mentioned,
            "quantity_needed": standing.quantity_needed,
            "signals": list(standing.signals),
            "turns": list(standing.turn_numbers),
        }
        for standing in standings(plan, turns)
    ]

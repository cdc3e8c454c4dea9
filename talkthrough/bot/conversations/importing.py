"""A tutor sends a file: a specification is shown, opened, compared and confirmed before it enters the bank.

stateDiagram-v2
[*] --> Importing: a specification is read
Importing --> Importing: open a unit, an outcome, the changes; decide an uncertain match
Importing --> Resting: added, cancelled, or left
[*] --> ImportingTable: an edited table is read
ImportingTable --> Resting: imported, cancelled, or left
"""

from dataclasses import replace

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.bank_effects import (
    AddSpecification,
    DropFiles,
    ImportTable,
    SendTemplate,
    ShowReading,
    ShowSpecification,
    ShowTable,
)
from talkthrough.bot.conversations.bank_results import (
    MatchUncertain,
    ReadingShown,
    SpecificationAdded,
    SpecificationRead,
    TableImported,
    TableRead,
    UnitPreview,
)
from talkthrough.bot.conversations.bank_views import BANK
from talkthrough.bot.conversations.effects import Button, Effect, Rows, Say
from talkthrough.bot.conversations.events import SentFile, Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step, in_rows, unit_button
from talkthrough.bot.conversations.states import Importing, ImportingTable, Resting, State
from talkthrough.question_bank.exchange.table import is_table


def file_sent(state: State, event: SentFile, who: Who) -> Step:
    """A tutor's document is read and shown before anything is kept; others are told what files are for."""
    if not who.is_tutor or event.file is None:
        return state, (Say("file_unexpected", {"is_tutor": who.is_tutor}, ((MENU,),)),)
    if not event.file.problem and is_table(event.file.content):
        return Resting(), (*left(state), ShowTable(event.file_name, event.file.content))
    return Resting(), (*left(state), ShowSpecification(event.file_name, event.file))


def left(state: State) -> tuple[Effect, ...]:
    """Nothing is kept of a file whose preview was left."""
    match state:
        case Importing():
            return (DropFiles(state.attachment_ids),)
        case ImportingTable():
            return (DropFiles((state.attachment_id,)),)
    return ()


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of a preview; None where the data is not understood or the preview is no longer open."""
    if not who.is_tutor:
        return NOT_ALLOWED
    if event.data == ("spec", "template"):
        return state, (SendTemplate(),)
    if isinstance(state, ImportingTable):
        return _table_tapped(state, event)
    if not isinstance(state, Importing):
        return None
    files = state.attachment_ids
    match event.data:
        case ("spec", "unit", unit):
            return state, (ShowReading(files, int(unit)),)
        case ("spec", "outcome", unit, outcome, page):
            return state, (ShowReading(files, int(unit), int(outcome), int(page)),)
        case ("spec", "news", unit, page):
            return state, (ShowReading(files, int(unit), page=int(page), changes=True),)
        case ("spec", "yes"):
            return state, (*menu.gone(event), AddSpecification(files, state.file_name, state.decisions))
        case ("spec", "no"):
            return Resting(), (
                *menu.gone(event),
                DropFiles(files),
                Say("specification_added", {"units": []}, ((MENU,),)),
            )
        case ("spec", "same" | "other" as answer, decided) if state.asked and int(decided) == len(state.decisions):
            decisions = (*state.decisions, (*state.asked, answer == "same"))
            after = replace(state, decisions=decisions, asked=None)
            return after, (*menu.gone(event), AddSpecification(files, state.file_name, decisions))
    return None


def _table_tapped(state: ImportingTable, event: Tapped) -> Step | None:
    match event.data:
        case ("spec", "import"):
            return Resting(), (*menu.gone(event), ImportTable(state.attachment_id))
        case ("spec", "no"):
            dropped = Say("specification_added", {"units": []}, ((MENU,),))
            return Resting(), (*menu.gone(event), DropFiles((state.attachment_id,)), dropped)
    return None


def specification_read(event: SpecificationRead) -> Step:
    """The preview: units, counts, findings in plain words, the first criteria as published."""
    if event.problem:
        return Resting(), (Say("specification_problem", {"problem": event.problem}, ((MENU,),)),)
    if not event.units:
        nothing = {"file_name": event.file_name, "findings": list(event.findings)}
        return Resting(), (Say("specification_empty", nothing, ((Button("Get the template", "spec:template"), MENU),)),)
    units = [_unit_values(unit) for unit in event.units]
    values = {
        "file_name": event.file_name,
        "units": units,
        "findings": list(event.findings),
        "first_criteria": list(event.first_criteria),
    }
    state = Importing(event.attachment_ids, event.file_name)
    return state, (Say("specification_preview", values, (*_openings(event.units), _DECISION)),)


_DECISION = (Button("Add to the bank", "spec:yes"), Button("Cancel", "spec:no"))


def _openings(units: tuple[UnitPreview, ...]) -> Rows:
    """With one unit its outcomes are one tap away, with more the units."""
    if len(units) == 1:
        return _outcome_rows(0, units[0])
    return tuple(
        (Button(unit_button(unit.label, unit.title), f"spec:unit:{place}"),) for place, unit in enumerate(units)
    )


def _outcome_rows(place: int, unit: UnitPreview) -> Rows:
    news: Rows = ((Button("What changed", f"spec:news:{place}:0"),),) if unit.news else ()
    buttons = [
        Button(f"Outcome {number} ({count})"[:40], f"spec:outcome:{place}:{at}:0")
        for at, (number, count) in enumerate(unit.outcomes)
    ]
    return (*news, *in_rows(buttons, 2))


def _unit_values(unit: UnitPreview) -> dict[str, object]:
    return {
        "label": unit.label,
        "title": unit.title,
        "criteria": unit.criteria,
        "outcomes": [list(outcome) for outcome in unit.outcomes],
        "news": unit.news,
    }


def reading_shown(state: State, event: ReadingShown) -> Step:
    """A unit, an outcome word for word, or what changed, page by page."""
    values = {
        "unit": _unit_values(event.unit),
        "heading": event.heading,
        "blocks": [[head, list(lines)] for head, lines in event.blocks],
        "page": event.page + 1,
        "pages": event.pages,
    }
    what = "news" if event.outcome is None else "outcome"
    where = f"{event.unit_place}" if event.outcome is None else f"{event.unit_place}:{event.outcome}"
    more = event.page + 1 < event.pages
    paging: Rows = ((Button("More", f"spec:{what}:{where}:{event.page + 1}"),),) if more else ()
    return state, (Say("reading", values, (*paging, *_outcome_rows(event.unit_place, event.unit), _DECISION)),)


def match_uncertain(state: State, event: MatchUncertain) -> Step:
    """Learners' progress follows the tutor's answer."""
    if not isinstance(state, Importing):
        return state, ()
    asked = replace(state, asked=(event.unit_place, event.old[0], event.new[0]))
    values = {"unit": event.unit_label, "old": list(event.old), "new": list(event.new), "left": event.left}
    decided = len(state.decisions)
    rows: Rows = (
        (Button("Same criterion", f"spec:same:{decided}"), Button("A different one", f"spec:other:{decided}")),
        (Button("Cancel", "spec:no"),),
    )
    return asked, (Say("match_uncertain", values, rows),)


def specification_added(event: SpecificationAdded) -> Step:
    """The units are in the bank."""
    units = [list(unit) for unit in event.units]
    waiting = [[label, list(groups)] for _, label, groups in event.waiting]
    moves = tuple(
        (Button(f"Move to the new version: {label}"[:60], f"coh:newest:0:{version}"),)
        for version, label, _ in event.waiting
    )
    return Resting(), (Say("specification_added", {"units": units, "waiting": waiting}, (*moves, (BANK, MENU))),)


def table_read(event: TableRead) -> Step:
    """What an edited table would change, or each thing that is wrong with it."""
    values = {
        "file_name": event.file_name,
        "unit": event.unit_label,
        "changed": list(event.changed),
        "added": list(event.added),
        "unchanged": event.unchanged,
        "flawed": event.flawed,
        "problems": list(event.problems),
    }
    if event.problems or not (event.changed or event.added):
        return Resting(), (Say("table_preview", values, ((BANK, MENU),)),)
    rows: Rows = ((Button("Import it", "spec:import"), Button("Cancel", "spec:no")),)
    return ImportingTable(event.attachment_id), (Say("table_preview", values, rows),)


def table_imported(event: TableImported) -> Step:
    """The table is in the bank."""
    values = {
        "unit": event.unit_label,
        "changed": event.changed,
        "added": event.added,
        "held_back": event.held_back,
    }
    return Resting(), (Say("table_imported", values, ((BANK, MENU),)),)

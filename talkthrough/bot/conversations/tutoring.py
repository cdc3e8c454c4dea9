"""A tutor loads a specification: it is read and shown before anything enters the bank."""

from talkthrough.bot.conversations.effects import (
    AddSpecification,
    Button,
    Effect,
    RemoveButtons,
    Rows,
    Say,
    ShowSpecification,
)
from talkthrough.bot.conversations.events import SentFile, Tapped, Who
from talkthrough.bot.conversations.menu import MENU, Step
from talkthrough.bot.conversations.results import SpecificationAdded, SpecificationRead
from talkthrough.bot.conversations.states import Importing, Resting, State


def tapped(state: State, event: Tapped) -> Step | None:
    """The buttons of a specification preview; None where the data is not understood."""
    match event.data:
        case ("spec", answer) if isinstance(state, Importing):
            gone: tuple[Effect, ...] = (RemoveButtons(event.message_id),) if event.message_id else ()
            confirmed = answer == "yes"
            return Resting(), (*gone, AddSpecification(state.attachment_ids, state.file_name, confirmed))
    return None


def file_sent(state: State, event: SentFile, who: Who) -> Step:
    """A tutor's document is read and shown before anything is kept; others are told what files are for."""
    if not who.is_tutor or event.file is None:
        return state, (Say("file_unexpected", {"is_tutor": who.is_tutor}, ((MENU,),)),)
    return state, (ShowSpecification(event.file_name, event.file),)


def specification_read(event: SpecificationRead) -> Step:
    """The preview: units, counts, findings in plain words, the first criteria as published."""
    if event.problem:
        return Resting(), (Say("specification_problem", {"problem": event.problem}, ((MENU,),)),)
    values = {
        "file_name": event.file_name,
        "units": list(event.units),
        "findings": list(event.findings),
        "first_criteria": list(event.first_criteria),
    }
    rows: Rows = ((Button("Add to the bank", "spec:yes"), Button("Cancel", "spec:no")),)
    return Importing(event.attachment_ids, event.file_name), (Say("specification_preview", values, rows),)


def specification_added(event: SpecificationAdded) -> Step:
    """The units are in the bank, or the tutor cancelled."""
    return Resting(), (Say("specification_added", {"units": list(event.units)}, ((MENU,),)),)

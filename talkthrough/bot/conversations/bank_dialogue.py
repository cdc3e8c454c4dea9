"""The question bank in a tutor's chat: browse, approve, word, retire, add, settle what learners say, take files.

stateDiagram-v2
[*] --> Resting: units, criteria, questions, reports and files need no state
Resting --> Wording: a part of a question is typed anew
Resting --> WritingQuestion: a question of one's own
Resting --> NamingWords: the words that show a point
Wording --> Resting: saved or left
WritingQuestion --> Resting: kept or left
NamingWords --> Resting: named or left
"""

from dataclasses import replace

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.bank_effects import (
    AddWords,
    DecideItem,
    DropWords,
    ListItems,
    OpenBank,
    OpenBankUnit,
    OpenItem,
    SendBankFile,
    SettleDisagreement,
    SettleReport,
    ShowDisagreement,
    ShowReport,
    ShowWordings,
    ShowWords,
    TakeWording,
    TryOwn,
    TryWording,
)
from talkthrough.bot.conversations.effects import Button, Say
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step
from talkthrough.bot.conversations.states import NamingWords, Resting, State, Wording, WritingQuestion


def open_bank(who: Who) -> Step:
    """The tutor's way in."""
    if not who.is_tutor:
        return NOT_ALLOWED
    return Resting(), (OpenBank(),)


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of the bank; None where the data is not understood."""
    if not who.is_tutor:
        return NOT_ALLOWED
    return _browsing(event) or _deciding(event) or _writing(state, event)


def _browsing(event: Tapped) -> Step | None:
    match event.data:
        case ("b", "u", version_id):
            return Resting(), (OpenBankUnit(int(version_id)),)
        case ("b", "c", version_id, criterion, page):
            return Resting(), (ListItems(int(version_id), int(criterion), page=int(page)),)
        case ("b", "s", version_id, state, page):
            return Resting(), (ListItems(int(version_id), state=state, page=int(page)),)
        case ("b", "i", handle):
            return Resting(), (OpenItem(handle),)
        case ("b", "old", handle):
            return Resting(), (ShowWordings(handle),)
        case ("b", "take", handle, version):
            return Resting(), (TakeWording(handle, int(version)),)
        case ("b", "files", version_id):
            return Resting(), (Say("bank_files", {}, _file_rows(int(version_id))),)
        case ("b", "file", version_id, "apkg" | "xml" | "gift" | "csv" as form):
            return Resting(), (SendBankFile(int(version_id), form),)
    return None


def _file_rows(version_id: int) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button("Anki (.apkg)", f"b:file:{version_id}:apkg"), Button("Table (.csv)", f"b:file:{version_id}:csv")),
        (Button("Moodle XML", f"b:file:{version_id}:xml"), Button("GIFT", f"b:file:{version_id}:gift")),
        (Button("Back", f"b:u:{version_id}"), MENU),
    )


def _deciding(event: Tapped) -> Step | None:
    match event.data:
        case ("b", "ok", handle, version):
            return Resting(), (*menu.gone(event), DecideItem(handle, "approved", int(version)))
        case ("b", "ret", handle, version):
            return Resting(), (*menu.gone(event), DecideItem(handle, "retired", int(version)))
        case ("b", "rep", after):
            return Resting(), (ShowReport(int(after)),)
        case ("b", "repok", flag_id):
            return Resting(), (*menu.gone(event), SettleReport(int(flag_id)))
        case ("b", "dis", after):
            return Resting(), (ShowDisagreement(int(after)),)
        case ("b", "disok" | "disno" as answer, phrasing_id):
            return Resting(), (*menu.gone(event), SettleDisagreement(int(phrasing_id), answer == "disok"))
        case ("b", "distype", phrasing_id):
            return NamingWords(int(phrasing_id)), (Say("name_words", {}, ((_back("b:dis:0"), MENU),)),)
    return None


def _writing(state: State, event: Tapped) -> Step | None:
    match event.data:
        case ("b", "word", handle, part):
            return Wording(handle, part), (TryWording(handle, part, ""),)
        case ("b", "points", handle):
            return Resting(), (ShowWords(handle),)
        case ("b", "addw", handle, point):
            after = NamingWords(handle=handle, point=int(point))
            return after, (Say("name_words", {}, ((_back(f"b:points:{handle[:12]}"), MENU),)),)
        case ("b", "delw", handle, phrasing_id):
            return Resting(), (DropWords(handle, int(phrasing_id)),)
        case ("b", "save") if isinstance(state, Wording) and state.text:
            return Resting(), (*menu.gone(event), TryWording(state.handle, state.part, state.text, save=True))
        case ("b", "own", version_id, criterion):
            rows = ((_back(f"b:c:{int(version_id)}:{int(criterion)}:0"), MENU),)
            return WritingQuestion(int(version_id), int(criterion)), (Say("own_question", {}, rows),)
        case ("b", "keep", "approved" | "draft" as kept) if isinstance(state, WritingQuestion) and state.answer:
            own = TryOwn(state.version_id, state.criterion, state.question, state.answer, kept)
            return Resting(), (*menu.gone(event), own)
    return None


def _back(data: str) -> Button:
    return Button("Back", data)


def said(state: Wording | WritingQuestion | NamingWords, text: str, who: Who) -> Step:
    """What a tutor types while a question is worded."""
    if not who.is_tutor:
        return NOT_ALLOWED
    typed = text.strip()
    match state:
        case Wording():
            return replace(state, text=typed), (TryWording(state.handle, state.part, typed),)
        case NamingWords(phrasing_id=0):
            return Resting(), (AddWords(state.handle, state.point, typed),)
        case NamingWords():
            return Resting(), (SettleDisagreement(state.phrasing_id, approve=True, text=typed),)
    if not state.question:
        rows = ((_back(f"b:c:{state.version_id}:{state.criterion}:0"), MENU),)
        return replace(state, question=typed), (Say("own_answer", {"question": typed}, rows),)
    return replace(state, answer=typed), (TryOwn(state.version_id, state.criterion, state.question, typed),)

"""Typed replies: words that name a button of the last message do exactly what the button does, as do a few others.

A state that asks with buttons takes any of them (`chosen`): what stands on a button or begins it, a number on it, yes,
no, "carry on", and the words of the menu. A state that waits for words of the person's own takes only a whole button,
or a way out (`only_chosen`): all else is what they have to say. English, and the few words that it takes in Welsh.
"""

import re
from collections.abc import Callable, Sequence

from talkthrough.bot.conversations.events import Commanded, Offer, Tapped
from talkthrough.question_bank.discussion import wish_of
from talkthrough.question_bank.marking import signals

COMMANDS = {
    "help": ("help", "info", "cymorth"),
    "menu": ("menu", "hi", "hello", "hey", "dewislen", "helo", "shwmae"),
    "stop": ("stop", "cancel", "exit", "quit", "stopio"),
    "revise": ("revise", "revision", "quiz", "adolygu"),
    "discuss": ("discuss", "discussion", "trafod"),
    "progress": ("progress", "cynnydd"),
    "settings": ("settings", "gosodiadau"),
}
WAYS_OUT = {"menu", "stop", "cancel", "dewislen", "stopio"}
YES = {"yes", "y", "yeah", "yep", "yup", "yes please", "ie", "ydw", "oes"}
NO = {"no", "n", "nope", "no thanks", "no thank you", "not now", "not yet", "na", "nage", "dim diolch"}
GO_ON = {"barod", "iawn", "parhau", "ymlaen", "dechrau"}
# What is on a button that such a word means. "Yes" alone also means one that begins with it: ok does not erase.
FORWARD = {
    "Start",
    "Start now",
    "I have read this",
    "I have read this. Start",
    "Carry on",
    "Carry on with the discussion",
    "Carry on with the questions",
    "Go on",
    "Next",
    "Answer",
    "Set it",
    "Schedule it",
}
BACKWARD = {
    "No",
    "No, keep it",
    "Not now",
    "Not yet",
    "No date",
    "No fixed time",
    "Cancel",
    "Leave the gap",
    "Leave it as it was",
}
UNKNOWN = {"dwi ddim yn gwybod", "dwi ddim yn gwybod eto", "dim syniad"}
SHORT = 5  # words

Reply = Tapped | Commanded


def chosen(text: str, offers: Sequence[Offer]) -> Reply | None:
    """What a reply to a message with buttons means; None where it cannot be told."""
    said = words_of(text)
    return _named(said, offers) or _commanded(said) or _agreed(text, offers) or _begun(said, offers)


def only_chosen(text: str, offers: Sequence[Offer]) -> Reply | None:
    """A whole button, or a way out, where anything else is what the person has to say."""
    said = words_of(text)
    return _named(said, offers) or (_commanded(said) if said in WAYS_OUT else None)


def is_unknown(text: str) -> bool:
    """Whether a short message says no more than that the answer is not known."""
    return words_of(text) in UNKNOWN or (len(text.split()) <= SHORT and signals(text).dont_know)


def could_answer(text: str) -> bool:
    """Whether words that were typed while nothing was asked could be the answer to what is open."""
    said = words_of(text)
    return wish_of(text) == "answer" and said not in YES | NO | GO_ON and not said.isdigit() and len(said) > 1


def words_of(text: str) -> str:
    """The words of a text, small and without signs."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _commanded(said: str) -> Commanded | None:
    name = next((name for name, words in COMMANDS.items() if said in words), None)
    return Commanded(name) if name else None


def _agreed(text: str, offers: Sequence[Offer]) -> Reply | None:
    """Yes, no, or a wish to go on, where one button only is meant by it."""
    said, wanted = words_of(text), wish_of(text)
    if said in YES:
        return _only(offers, lambda offer: offer.label.startswith("Yes")) or _only(offers, _is_forward)
    if said in NO:
        return _only(offers, lambda offer: offer.label in BACKWARD)
    if wanted in {"continue", "skip"} or said in GO_ON:
        return _only(offers, _is_forward)
    return Commanded("stop") if wanted in {"stop", "pause"} else None


def _is_forward(offer: Offer) -> bool:
    return offer.label in FORWARD


def _named(said: str, offers: Sequence[Offer]) -> Tapped | None:
    return _only(offers, lambda offer: said in {words_of(offer.label), words_of(offer.shown)}) if said else None


def _begun(said: str, offers: Sequence[Offer]) -> Tapped | None:
    """The beginning of a button or of the title on it ("Unit 401: Manage ..."), or a number that stands on one only."""
    if said.isdigit():
        return _only(offers, lambda offer: said in words_of(offer.shown).split())
    return _only(offers, lambda offer: _begins(said, offer.shown)) if len(said) > 1 and said not in YES | NO else None


def _begins(said: str, shown: str) -> bool:
    titles = [words_of(title) for title in (shown, shown.partition(": ")[2]) if words_of(title)]
    is_cut = shown.endswith("…")
    return any(f"{title} ".startswith(f"{said} ") or (is_cut and said.startswith(title)) for title in titles)


def _only(offers: Sequence[Offer], is_meant: Callable[[Offer], bool]) -> Tapped | None:
    """The tap that is meant, if it is one."""
    meant = {offer.data for offer in offers if is_meant(offer)}
    return Tapped(tuple(meant.pop().split(":"))) if len(meant) == 1 else None

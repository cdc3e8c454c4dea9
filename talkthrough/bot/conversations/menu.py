"""Arriving, the privacy card and the main menu."""

from collections.abc import Sequence
from itertools import groupby

from talkthrough.bot.conversations.effects import (
    AcceptInvitation,
    Button,
    Effect,
    FindUnits,
    FindWaitingDiscussion,
    RemoveButtons,
    Rows,
    Say,
    SeePrivacy,
    ShowSettings,
)
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.results import Joined, OpenFound, UnitsFound
from talkthrough.bot.conversations.states import Answering, Discussing, Resting, State, Unplaced

Step = tuple[State, tuple[Effect, ...]]

UNIT_BUTTON = 44  # characters that fit on one line of a small phone
POINT_BUTTON = 40

MENU = Button("Menu", "menu")
NOT_ALLOWED: Step = (Resting(), (Say("not_allowed", {}, ((MENU,),)),))
LEARNER_ROWS: Rows = (
    (Button("Revise", "rev"), Button("Discuss", "dis")),
    (Button("Progress", "prog"), Button("Settings", "set")),
)
AREA = {"revise": "rev", "discuss": "dis", "progress": "prog", "round": "rnd", "assign": "asg"}


def gone(event: Tapped) -> tuple[Effect, ...]:
    """Take away the keyboard that was tapped, so that it is tapped once."""
    return (RemoveButtons(event.message_id),) if event.message_id else ()


def menu_rows(who: Who) -> Rows:
    """The main menu: what learners do, then what the person's roles add."""
    rows = LEARNER_ROWS
    if who.is_tutor:
        rows = (
            *rows,
            (Button("Quiz rounds", "rnd"), Button("Groups", "coh")),
            (Button("Question bank", "bank"), Button("Set a discussion", "asg")),
        )
    if who.is_reader:
        rows = (*rows, (Button("Released logs", "logs"),))
    return rows


def start(argument: str, who: Who) -> Step:
    """/start, with or without an invitation code."""
    greeting = privacy_card() if not who.has_seen_privacy else show_menu(who)
    return (Resting(), (AcceptInvitation(argument), *greeting)) if argument else (Resting(), greeting)


def privacy_card() -> tuple[Effect, ...]:
    """What is kept and who sees it, before anything else."""
    return (Say("privacy", {}, ((Button("I have read this", "privacy"),),)),)


def privacy_read(who: Who) -> Step:
    """The card was read: off to the menu."""
    return Resting(), (SeePrivacy(), *show_menu(who))


def show_menu(who: Who) -> tuple[Effect, ...]:
    """The main menu as a message."""
    return (Say("menu", {"name": who.name}, menu_rows(who)),)


def joined(event: Joined) -> tuple[Effect, ...]:
    """An invitation was followed."""
    return (Say("joined", {"cohort": event.cohort, "is_owner": event.is_owner}),)


def open_area(area: str) -> Step:
    """The first level of the menu."""
    openings: dict[str, Effect] = {
        "rev": FindUnits("revise"),
        "dis": FindWaitingDiscussion(),
        "prog": FindUnits("progress"),
        "set": ShowSettings(),
    }
    return Resting(), (openings[area],)


def choose_unit(event: UnitsFound) -> tuple[Effect, ...]:
    """One button a unit. A blank unit says so when it is tapped."""
    rows = tuple(
        (Button("%s", f"{AREA[event.purpose]}:unit:{unit.version_id}", unit_button(unit.label, unit.title)),)
        for unit in event.units
    )
    last = (Button("My discussions", "dis:mine"), MENU) if event.purpose == "discuss" else (MENU,)
    return (Say("choose_unit", {"purpose": event.purpose, "has_units": bool(rows)}, (*rows, last)),)


def unit_button(label: str, title: str) -> str:
    """What a phone shows of a unit: its number, then as much of its title as fits."""
    text = f"{label}: {title}" if label != title else title
    return shortened(text, UNIT_BUTTON)


def in_rows(buttons: Sequence[Button], width: int) -> Rows:
    """Small buttons, so many beside each other."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def shortened(text: str, length: int) -> str:
    """The text, cut with an ellipsis where a button has no room for it."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def nothing_asked(event: OpenFound, who: Who) -> Step:
    """Words came while nothing was asked: keep them for what is open, or offer to go on with it."""
    if event.is_open or event.delivery_id:
        return _unplaced(event, who)
    could_go_on = bool(event.text and (event.session_id or event.discussion_id))
    if (again := offered_again(who)) and not could_go_on:
        return Resting(), (Say("not_open" if event.text else "not_understood", {}, again),)
    rows = menu_rows(who)
    if event.session_id:
        rows = ((Button("Carry on with the questions", f"rev:go:{event.session_id}"),), *rows)
    if event.discussion_id:
        rows = ((Button("Carry on with the discussion", f"dis:resume:{event.discussion_id}"),), *rows)
    return Resting(), (Say("not_open", {}, rows),)


def offered_again(who: Who) -> Rows:
    """The buttons that the person has before them, to go on from; none where they are the main menu's."""
    menu = {MENU.data, *(button.data for row in menu_rows(who) for button in row)}
    offers = [offer for offer in who.offers if not offer.data.startswith("use:")]
    if {offer.data for offer in offers} <= menu:
        return ()
    rows = groupby(offers, key=lambda offer: offer.row)
    return tuple(tuple(Button(offer.text, offer.data, offer.about) for offer in row) for _, row in rows)


def _unplaced(event: OpenFound, who: Who) -> Step:
    """Is it what was open? Nobody has to type it again. What was offered stays there."""
    if event.is_open:
        state = Unplaced(event.text, discussion_id=event.discussion_id)
        use = Button("Yes, say it there", f"use:turn:{event.discussion_id}")
    else:
        state = Unplaced(event.text, delivery_id=event.delivery_id)
        use = Button("Yes, use it as my answer", f"use:answer:{event.delivery_id}")
    others = offered_again(who) or ((Button("No", "menu"),),)
    return state, (Say("unplaced", {"text": event.text, "stem": event.stem}, ((use,), *others)),)


def at_rest(state: State) -> State:
    """Where somebody is after a card that asks for nothing: at the question that is open, else at rest."""
    return state if isinstance(state, Answering | Discussing) else Resting()

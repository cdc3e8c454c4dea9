"""What a learner does with their own words of a finished discussion: say what they say, or have some erased."""

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.effects import Button, Rows, Say
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, Step, shortened
from talkthrough.bot.conversations.own_turn_results import (
    ClaimKept,
    ErasableListed,
    ErasureChecked,
    OwnTurnsListed,
    TurnErased,
    UnmentionedListed,
)
from talkthrough.bot.conversations.record_effects import (
    CheckErasure,
    EraseTurn,
    KeepClaim,
    ListErasable,
    ListOwnTurns,
    ListUnmentioned,
)
from talkthrough.bot.conversations.states import Resting, State

TURN_BUTTON = 44  # characters that fit on one line of a small phone
MOST_POINTS = 24
MOST_TURNS = 90  # a message has room for a hundred buttons


def tapped(event: Tapped) -> Step | None:
    """The buttons about the learner's own turns; None where the data is not understood."""
    gone = menu.gone(event)
    match event.data:
        case ("own", "claim", discussion_id):
            return Resting(), (ListUnmentioned(int(discussion_id)),)
        case ("own", "what", discussion_id, place, point):
            return Resting(), (*gone, ListOwnTurns(int(discussion_id), int(place), point))
        case ("own", "says", discussion_id, place, point, turn):
            return Resting(), (*gone, KeepClaim(int(discussion_id), int(place), point, int(turn)))
        case ("own", "erase", discussion_id):
            return Resting(), (ListErasable(int(discussion_id)),)
        case ("own", "check", discussion_id, part, turn):
            return Resting(), (*gone, CheckErasure(int(discussion_id), int(part), int(turn)))
        case ("own", "gone", discussion_id, part, turn):
            return Resting(), (*gone, EraseTurn(int(discussion_id), int(part), int(turn)))
    return None


def unmentioned_listed(event: UnmentionedListed) -> Step:
    """One button for each thing that the tool did not hear."""
    number = event.discussion_id
    rows: Rows = tuple(
        (Button(shortened(f"{one.number}: {one.words}", TURN_BUTTON), f"own:what:{number}:{one.place}:{one.point}"),)
        for one in event.points[:MOST_POINTS]
    )
    return Resting(), (Say("claim_what", {"has_any": bool(rows)}, (*rows, (_back(number), MENU))),)


def turns_listed(event: OwnTurnsListed) -> Step:
    """One button for each of the learner's messages."""
    number = event.discussion_id
    data = f"own:says:{number}:{event.place}:{event.point}"
    rows: Rows = tuple(
        (Button(shortened(f"{turn.number}. {' '.join(turn.text.split())}", TURN_BUTTON), f"{data}:{turn.number}"),)
        for turn in event.turns
    )
    values = {"criterion": event.criterion, "words": event.words, "has_any": bool(rows)}
    return Resting(), (Say("claim_turns", values, (*rows, (_back(number), MENU))),)


def claim_kept(state: State, event: ClaimKept) -> Step:
    """The claim is kept beside the tool's list."""
    more = Button("I said something else too", f"own:claim:{event.discussion_id}")
    values = {"criterion": event.criterion, "words": event.words, "turn": event.turn}
    return state, (Say("claim_kept", values, ((more,), (_back(event.discussion_id), MENU))),)


def erasable_listed(event: ErasableListed) -> Step:
    """One button for each message that still has words or sound."""
    number = event.discussion_id
    rows: Rows = tuple(
        (
            Button(
                shortened(f"{turn.number}. {' '.join(turn.text.split())}", TURN_BUTTON),
                f"own:check:{number}:{part}:{turn.number}",
            ),
        )
        for part, turn in event.turns[:MOST_TURNS]
    )
    return Resting(), (Say("erase_which", {"has_any": bool(rows)}, (*rows, (_back(number), MENU))),)


def erasure_checked(event: ErasureChecked) -> Step:
    """What goes and what stays, before anything is erased. The words are not repeated here, so that no copy is made."""
    number = event.discussion_id
    erase = Button("Yes, erase it", f"own:gone:{number}:{event.part}:{event.turn}")
    rows: Rows = ((erase, Button("No, keep it", f"dis:files:{number}")),)
    return Resting(), (Say("erase_check", {"turn": event.turn, "sent": event.sent}, rows),)


def turn_erased(event: TurnErased) -> Step:
    """The words are gone."""
    more = Button("Erase something else", f"own:erase:{event.discussion_id}")
    return Resting(), (Say("turn_erased", {}, ((more,), (_back(event.discussion_id), MENU))),)


def _back(discussion_id: int) -> Button:
    return Button("Back", f"dis:files:{discussion_id}")

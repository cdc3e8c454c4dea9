"""One update, one transaction: load the dialogue, step, perform the effects, write down what to say."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session
from telegram import Update

from talkthrough.bot.conversations.bank_effects import BankAction
from talkthrough.bot.conversations.dialogue import step
from talkthrough.bot.conversations.effects import Action, RemoveButtons, Say, as_rows
from talkthrough.bot.conversations.events import Commanded, Offer, Said, Who
from talkthrough.bot.conversations.fetching import FetchedFile
from talkthrough.bot.conversations.incoming import event_of
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.table import PERFORMERS
from talkthrough.bot.conversations.results import Event
from talkthrough.bot.conversations.states import STATES, Answering, Discussing, Resting, State
from talkthrough.bot.settings import Settings
from talkthrough.languages import language
from talkthrough.storage import cohorts, outbox
from talkthrough.storage.arrivals import Arrival, arrival
from talkthrough.storage.audit import SigningKey
from talkthrough.storage.tables import Conversation

WITH_CONTACT = {"privacy", "safeguarding"}
MOST_STEPS = 50  # a dialogue that goes on for longer than this by itself is a mistake of ours

Handle = Callable[[Session, Update, datetime, FetchedFile | None], None]


def handler_for(settings: Settings, signing_key: SigningKey, bot_name: Callable[[], str] = str) -> Handle:
    """The function that handles one update in an open transaction. `bot_name` is known once the bot has started."""

    def handle(session: Session, update: Update, now: datetime, file: FetchedFile | None) -> None:
        user, event = update.effective_user, event_of(update, file)
        if user is None or event is None or user.is_bot:
            return
        here = arrival(session, user.id, user.first_name or "there", now, settings.time_zone)
        here.person.unreachable_since = None  # who writes to us can be reached
        advance(Desk(session, here.person, user.id, now, settings, signing_key, bot_name()), here, event)

    return handle


def advance(desk: Desk, here: Arrival, event: Event) -> None:
    """Let the dialogue run: each effect may answer with an event that the next step takes."""
    row = here.conversation or _new_conversation(desk)
    state: State = STATES.validate_json(row.state)
    events, steps = deque([event]), 0
    tidying: list[RemoveButtons] = []
    person = here.person
    offers = _offers(desk) if _reads_buttons(state, event) else ()
    who = Who(person.display_name, here.roles, person.privacy_seen_at is not None, person.is_owner, offers)
    while events:
        steps += 1
        if steps > MOST_STEPS:
            raise RuntimeError("The dialogue does not come to rest.")
        state, effects = step(state, events.popleft(), who)
        tidying += [effect for effect in effects if isinstance(effect, RemoveButtons)]
        wanted = [effect for effect in effects if not isinstance(effect, RemoveButtons)]
        events.extend(result for effect in wanted if (result := perform(desk, effect)) is not None)
    for effect in tidying:  # after what the person waits for
        gone = {"message_id": effect.message_id}
        outbox.add_passing(desk.session, chat_id=desk.chat_id, view="remove_buttons", data=gone, now=desk.now)
    if row in desk.session:  # not after an erasure
        row.state, row.updated_at = STATES.dump_json(state).decode(), desk.now


def _reads_buttons(state: State, event: Event) -> bool:
    """Whether what was typed may name a button. An answer, or a turn of a discussion, is what it is."""
    is_awaited = isinstance(event, Said) and isinstance(state, Answering | Discussing)
    return isinstance(event, Said | Commanded) and not is_awaited


def _offers(desk: Desk) -> tuple[Offer, ...]:
    """The buttons that the person has before them."""
    code, rows = outbox.last_buttons(desk.session, desk.chat_id)
    return tuple(_offer(code, place, *button) for place, row in enumerate(rows) for button in row)


def _offer(code: str, row: int, text: str, data: str, about: str = "") -> Offer:
    shown = language(code)(text)
    return Offer(data, text, shown.replace("%s", about) if about else shown, about, row)


def perform(desk: Desk, effect: Say | Action | BankAction) -> Event | None:
    """Carry out one effect; messages become outbox rows."""
    if isinstance(effect, Say):
        _say(desk, effect)
        return None
    return PERFORMERS[type(effect)](desk, effect)


def _say(desk: Desk, say: Say) -> None:
    values = {"contact": _contact(desk) if say.view in WITH_CONTACT else "", **say.values}
    data = {"values": values, "buttons": as_rows(say.buttons), "language": desk.person.language}
    outbox.add(desk.session, chat_id=desk.chat_id, view=say.view, data=data, now=desk.now)


def _contact(desk: Desk) -> str:
    """Whom the person can talk to: as their groups say, else as the installation says."""
    own = cohorts.safeguarding_contacts(desk.session, desk.person_id)
    return "; ".join(own) or desk.settings.safeguarding_contact


def _new_conversation(desk: Desk) -> Conversation:
    row = Conversation(chat_id=desk.chat_id, state=STATES.dump_json(Resting()).decode(), updated_at=desk.now)
    desk.session.add(row)
    return row

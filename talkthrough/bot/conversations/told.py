"""What a typed message is in each state: what the state waits for, or a button or a command that it names."""

from talkthrough.bot.conversations import (
    assigning,
    bank_dialogue,
    cohorts,
    draft_dialogue,
    planning_dialogue,
    preferences,
    revision,
    rounds,
    typed,
)
from talkthrough.bot.conversations.effects import CheckAnswer, FindWhatIsOpen, Say, TakeTurn
from talkthrough.bot.conversations.events import Said, Tapped, Who
from talkthrough.bot.conversations.menu import MENU, Step
from talkthrough.bot.conversations.states import (
    Answering,
    Assigning,
    Commenting,
    DeclaringHelp,
    Discussing,
    FillingGap,
    GivingDate,
    GivingMinutes,
    GivingZone,
    Importing,
    ImportingTable,
    NamingWords,
    PlanningDiscussion,
    PlanningRound,
    ReadingFeedback,
    Resting,
    ReviewingRound,
    State,
    TypingForCohort,
    Unplaced,
    Wording,
    WritingQuestion,
)

# States in which nothing but a button is waited for, or what no button could be mistaken for.
ASKS_WITH_BUTTONS = (
    Resting
    | Unplaced
    | ReadingFeedback
    | GivingDate
    | GivingMinutes
    | GivingZone
    | Assigning
    | PlanningRound
    | ReviewingRound
    | Importing
    | ImportingTable
)
# States that wait for the person's own words, and have buttons too.
HAS_BUTTONS = Commenting | PlanningDiscussion | FillingGap | DeclaringHelp | TypingForCohort


def understood(state: State, event: Said, who: Who) -> typed.Reply | Step:
    """The tap or the command that the words stand for, else what they lead to as words."""
    reply: typed.Reply | Step | None = None
    if isinstance(state, GivingMinutes):
        reply = preferences.minutes_said(event.text)
    if isinstance(state, ASKS_WITH_BUTTONS):
        reply = reply or typed.chosen(event.text, who.offers)
    elif isinstance(state, HAS_BUTTONS):
        reply = typed.only_chosen(event.text, who.offers)
    elif isinstance(state, Answering):
        reply = typed.only_chosen(event.text, ())  # its own letters, whatever came in between
    return reply or _told(state, event, who)


def _told(state: State, event: Said, who: Who) -> Step:
    """Words that name nothing."""
    match state:
        case Answering():
            return revision.said(state, event.text)
        case Commenting():
            return revision.commented(state, event.text)
        case Discussing():
            said = TakeTurn(
                state.discussion_id, event.text, message_id=event.message_id, is_forwarded=event.is_forwarded
            )
            return state, (said,)
        case FillingGap() | DeclaringHelp():
            return draft_dialogue.said(state, event.text)
        case PlanningDiscussion():
            return planning_dialogue.said(state, event.text)
        case GivingDate():
            return preferences.date_said(event.text)
        case GivingMinutes():
            return preferences.minutes_unclear()
        case GivingZone():
            return preferences.zone_said(event.text)
        case Assigning():
            return assigning.said(state, event.text) or _use_buttons(state)
        case PlanningRound():
            return rounds.said(state, event.text) or _use_buttons(state)
        case Importing() | ImportingTable():
            return _use_buttons(state)
        case Wording() | WritingQuestion() | NamingWords():
            return bank_dialogue.said(state, event.text, who)
        case TypingForCohort():
            return cohorts.said(state, event.text)
        case ReadingFeedback():
            return state, (Say("not_open", {}, ((revision.next_button(state.delivery_id), MENU),)),)
    return Resting(), (FindWhatIsOpen(event.text if typed.could_answer(event.text) else ""),)


def _use_buttons(state: State) -> Step:
    return state, (Say("use_buttons", {}, ((MENU,),)),)


def placed(state: Unplaced, event: Tapped) -> Step | None:
    """What was typed is the answer to the open question, or a turn of the open discussion; word for word."""
    match event.data:
        case ("use", "answer", number) if int(number) == state.delivery_id:
            return ReadingFeedback(state.delivery_id), (CheckAnswer(state.delivery_id, text=state.text),)
        case ("use", "turn", number) if int(number) == state.discussion_id:
            return Discussing(state.discussion_id), (TakeTurn(state.discussion_id, state.text),)
    return None

"""The reflective-account draft in the chat: choose prompts, fill gaps, strike out, read it, confirm and declare."""

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.effects import Button, Effect, Rows, Say
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, Step, shortened
from talkthrough.bot.conversations.record_effects import (
    AnswerGap,
    AskGap,
    ChooseNextStep,
    ConfirmDraft,
    ListMessages,
    ReviewDraft,
    ShowDraft,
    Strike,
)
from talkthrough.bot.conversations.record_results import (
    DraftConfirmed,
    DraftShown,
    DraftToRead,
    GapAsked,
    MessagesListed,
)
from talkthrough.bot.conversations.states import DeclaringHelp, FillingGap, Resting, State
from talkthrough.question_bank.discussion.wishes import wish_of
from talkthrough.storage.records.account_messages import asks_back, points_back, reply_of
from talkthrough.storage.records.draft_questions import Gap
from talkthrough.storage.records.model import DraftEvent
from talkthrough.storage.records.reflection_models import MODELS
from talkthrough.storage.records.told_events import HAPPENED

NO_HELP = "none"
LEAVING = ("skip", "pause", "stop")
MOST_GAPS = 6
LETTERS = "abcd"  # which name the questions about single messages in the text and on the buttons
MOST_EVENTS = 8
MOST_MESSAGES = 30
MOST_QUOTES = 4
MESSAGE_BUTTON = 40
QUOTE = 28  # characters that show which message is meant


def tapped(event: Tapped) -> Step | None:
    """The buttons of a draft; None where the data is not understood."""
    gone = menu.gone(event)
    match event.data:
        case ("drf", "start", discussion_id):
            step = ChooseNextStep(int(discussion_id), "Put my words into a reflective account")
            return Resting(), (step, Say("draft_models", {}, _models(int(discussion_id))))
        case ("drf", "model", discussion_id, place):
            return Resting(), (*gone, ShowDraft(int(discussion_id), int(place)))
        case ("drf", "show", discussion_id):
            return Resting(), (*gone, ShowDraft(int(discussion_id)))
        case ("drf", "gap", discussion_id, place):
            return Resting(), (*gone, AskGap(int(discussion_id), int(place)))
        case ("drf", "list", discussion_id):
            return Resting(), (*gone, ListMessages(int(discussion_id)))
        case ("drf", "out" | "in" as way, discussion_id, turn):
            return Resting(), (*gone, Strike(int(discussion_id), int(turn), is_out=way == "out"))
    return _confirming(event, gone)


def _confirming(event: Tapped, gone: tuple[Effect, ...]) -> Step | None:
    match event.data:
        case ("drf", "review", discussion_id):
            return Resting(), (*gone, ReviewDraft(int(discussion_id)))
        case ("drf", "confirm", discussion_id, digest):
            declare = f"drf:declare:{int(discussion_id)}:{digest}"
            rows: Rows = (
                (Button("All true. I had no help", declare),),
                (Button("All true. I had help", f"drf:help:{int(discussion_id)}:{digest}"),),
                (Button("Not yet", f"drf:show:{int(discussion_id)}"),),
            )
            return Resting(), (*gone, Say("draft_declaration", {}, rows))
        case ("drf", "declare", discussion_id, digest):
            return Resting(), (*gone, ConfirmDraft(int(discussion_id), digest, NO_HELP))
        case ("drf", "help", discussion_id, digest):
            return DeclaringHelp(int(discussion_id), digest), (*gone, Say("draft_help"))
    return None


def said(state: FillingGap | DeclaringHelp, text: str) -> Step:
    """An answer to a gap, or what help there was.

    A wish to leave, a question back and "i told you" are no answers; yes and no only where the question asks for them.
    """
    if isinstance(state, DeclaringHelp):
        return Resting(), (ConfirmDraft(state.discussion_id, state.digest, text),)
    reply = None if _asks_whether(state) else reply_of(text)
    if wish_of(text) in LEAVING or reply == "no":
        return Resting(), (ShowDraft(state.discussion_id),)
    if asks_back(text) or points_back(text) or reply == "yes":
        return state, (Say("draft_gap_help", {"question": state.question}, _leave(state.discussion_id)),)
    answer = AnswerGap(state.discussion_id, state.question, state.target, state.flags, text)
    return Resting(), (answer,)


def _asks_whether(state: FillingGap) -> bool:
    return any(flag.startswith(f"{HAPPENED}:") for flag in state.flags)


def _models(discussion_id: int) -> Rows:
    models = tuple((Button(name, f"drf:model:{discussion_id}:{place}"),) for place, name in enumerate(MODELS))
    return (*models, (MENU,))


def shown(event: DraftShown) -> Step:
    """The draft in short, with what can be done to it."""
    if event.draft is None:
        return Resting(), (Say("draft_refused", {"refusal": event.refusal}, ((MENU,),)),)
    number = event.discussion_id
    is_one = len(event.draft.events) == 1
    labels = {place: _gap_label(gap, is_one=is_one) for place, gap in enumerate(event.gaps[:MOST_GAPS])}
    labels |= {
        len(event.gaps) + place: f"{letter}: {_question_label(question)}"
        for place, (letter, question) in enumerate(zip(LETTERS, event.questions, strict=False))
    }
    gaps: Rows = tuple(
        (Button(shortened(label, MESSAGE_BUTTON), f"drf:gap:{number}:{place}"),) for place, label in labels.items()
    )
    rows: Rows = (
        *gaps,
        (Button("Take messages out", f"drf:list:{number}"), Button("Other headings", f"drf:start:{number}")),
        (Button("Read it and confirm", f"drf:review:{number}"), MENU),
    )
    return Resting(), (Say("draft", _values(event), rows),)


def to_read(state: State, event: DraftToRead) -> Step:
    """With the draft's file: the question whether it is right."""
    rows: Rows = (
        (Button("I have read it. Confirm", f"drf:confirm:{event.discussion_id}:{event.digest}"),),
        (Button("Change something", f"drf:show:{event.discussion_id}"), MENU),
    )
    return state, (Say("draft_review", {"gaps": event.gaps}, rows),)


def _gap_label(gap: Gap, *, is_one: bool) -> str:
    """What to say; with the number of the event where there are several."""
    missing = gap.text.removeprefix("[Not yet said: ").removesuffix("]")
    return f"Say {missing}" if is_one else f"{gap.number}: say {missing}"


def _quoted(text: str) -> str:
    """The beginning of a message, isolated so that Arabic beside it does not turn the line around (UAX 9)."""
    return f"\u2068{shortened(' '.join(text.split()), QUOTE)}\u2069"


def _question_label(question: Gap) -> str:
    return question.question.rpartition(". ")[2]


def _values(shown: DraftShown) -> dict[str, object]:
    draft = shown.draft
    assert draft is not None
    kept = ((message.turn, message.text) for message in draft.messages)
    return {
        "title": draft.title,
        "model": draft.model,
        "events": [_event_values(event) for event in draft.events[:MOST_EVENTS]],
        "quotes": {str(turn): _quoted(text) for turn, text in (*kept, *shown.asked_about)},
        "more_events": max(0, len(draft.events) - MOST_EVENTS),
        "more_gaps": max(0, len(shown.gaps) - MOST_GAPS),
        "checks": [
            [letter, check.turn, check.event, check.question]
            for letter, check in zip(LETTERS, draft.checks, strict=False)
        ],
        "more_checks": max(0, len(draft.checks) - len(LETTERS)),
        "confirmed": draft.confirmed,
        "words": draft.learner_words,
    }


def _event_values(event: DraftEvent) -> dict[str, object]:
    return {
        "number": event.number,
        "when": event.time.printed if event.time else None,
        "gap": event.gap,
        "parts": [[part.prompt, [m.turn for m in part.messages], part.gap, list(part.said_in)] for part in event.parts],
    }


def gap_asked(event: GapAsked) -> Step:
    """What is missing, as a question. The answer is the learner's, word for word."""
    gap = event.gap
    state = FillingGap(event.discussion_id, gap.question, gap.target, gap.flags)
    return state, (Say("draft_gap", _gap_values(event), _leave(event.discussion_id)),)


def _leave(discussion_id: int) -> Rows:
    return ((Button("Leave the gap", f"drf:show:{discussion_id}"),),)


def _gap_values(event: GapAsked) -> dict[str, object]:
    gap = event.gap
    is_whole = gap.is_new_version or gap.asks_whether
    about = list(event.messages) if is_whole else [_quoted(text) for text in event.messages]
    return {
        "question": gap.question,
        "about": about[:MOST_QUOTES],
        "is_new_version": gap.is_new_version,
    }


def messages_listed(event: MessagesListed) -> Step:
    """One button a message: take it out, or put it back."""
    number = event.discussion_id
    rows: Rows = tuple(
        (
            Button(
                shortened(f"{'Put back' if message.is_out else 'Take out'} {message.turn}: {message.text}", 60),
                f"drf:{'in' if message.is_out else 'out'}:{number}:{message.turn}",
            ),
        )
        for message in event.messages[:MOST_MESSAGES]
    )
    gone = [message.text for message in event.messages if message.is_out]  # shown in full, struck through
    return Resting(), (Say("draft_messages", {"left_out": gone}, (*rows, (Button("Done", f"drf:show:{number}"),))),)


def confirmed(state: State, event: DraftConfirmed) -> Step:
    """It may now be handed to others; releasing is a step of its own."""
    number = event.discussion_id
    rows: Rows = ((Button("Release to my assessor", f"dis:release:{number}"),), (MENU,))
    return state, (Say("draft_confirmed", {}, rows),)

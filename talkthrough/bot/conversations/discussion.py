"""The mock professional discussion in the chat: choose, read the plan, talk, close, take files home."""

from talkthrough.bot.conversations import menu
from talkthrough.bot.conversations.effects import (
    BeginDiscussion,
    Button,
    ConfirmTranscript,
    Effect,
    FindOutcomes,
    FindUnits,
    KeepEdit,
    KeepVoice,
    MakeLog,
    PauseDiscussion,
    PlanDiscussion,
    RateDiscussion,
    ReleaseLog,
    ResumeDiscussion,
    Rows,
    Say,
    TakeTurn,
)
from talkthrough.bot.conversations.events import SentEdit, SentVoice, Tapped
from talkthrough.bot.conversations.menu import MENU, Step, unit_button
from talkthrough.bot.conversations.own_turn_results import VoiceKept
from talkthrough.bot.conversations.plan_results import ClockShown, MyDiscussionsFound
from talkthrough.bot.conversations.record_effects import (
    ChooseNextStep,
    FindMyDiscussions,
    PasteLog,
    PlanRest,
    ShowClock,
    ShowReviews,
)
from talkthrough.bot.conversations.record_results import EditKept, PasteMade
from talkthrough.bot.conversations.results import (
    DiscussionWaiting,
    FilesMade,
    MoveMade,
    Noted,
    OutcomesFound,
    Released,
)
from talkthrough.bot.conversations.revision import next_button
from talkthrough.bot.conversations.states import Discussing, Resting, State
from talkthrough.question_bank.discussion.model import Mode, Wish
from talkthrough.question_bank.specification import LearningOutcome

WISHES: dict[str, tuple[Wish, str]] = {
    "skip": ("skip", "Skip"),
    "say": ("rephrase", "Say it another way"),
    "done": ("nothing to add", "Nothing to add"),
    "said": ("said already", "I said that already"),
    "hint": ("hint", "Hint"),
    "pause": ("pause", "Pause"),
    "stop": ("stop", "Stop"),
}
PROBING = ("probe", "ask again")
SELF_RATINGS = range(1, 6)
MODES: dict[str, Mode] = {"practice": "practice", "mock": "mock"}


def tapped(state: State, event: Tapped) -> Step | None:
    """The buttons of discussions; None where the data is not understood."""
    gone = menu.gone(event)
    match event.data:
        case ("dis", "units"):
            return Resting(), (FindUnits("discuss"),)
        case ("dis", "unit", version_id):
            return Resting(), (FindOutcomes("discuss", int(version_id)),)
        case ("dis", "outcome", version_id, outcome):
            return Resting(), (FindOutcomes("discuss", int(version_id), outcome),)
        case ("dis", "plan", version_id, outcome, mode) if mode in MODES:
            return Resting(), (*gone, PlanDiscussion(int(version_id), outcome, MODES[mode]))
        case ("dis", "begin", discussion_id):
            return Discussing(int(discussion_id)), (*gone, BeginDiscussion(int(discussion_id)))
        case ("dis", "resume", discussion_id):
            return Discussing(int(discussion_id)), (*gone, ResumeDiscussion(int(discussion_id)))
        case ("dis", "heard", discussion_id, number):
            return Discussing(int(discussion_id)), (*gone, ConfirmTranscript(int(discussion_id), int(number)))
        case ("wish", discussion_id, turn, wish) if wish in WISHES:
            said, label = WISHES[wish]
            return state, (*gone, TakeTurn(int(discussion_id), label, said, int(turn)))
    return _afterwards(state, event, gone)


def _afterwards(state: State, event: Tapped, gone: tuple[Effect, ...]) -> Step | None:
    match event.data:
        case ("dis", "rate", discussion_id, rating):
            return state, (*gone, RateDiscussion(int(discussion_id), rating))
        case ("dis", "revise", discussion_id):
            return Resting(), (ChooseNextStep(int(discussion_id), "Revise these points"), FindUnits("revise"))
        case ("dis", "again", discussion_id):
            return Resting(), (ChooseNextStep(int(discussion_id), "Have another discussion"), FindUnits("discuss"))
        case ("dis", "rest", discussion_id):
            return Resting(), (PlanRest(int(discussion_id)),)
        case ("dis", "clock", discussion_id):
            return state, (ShowClock(int(discussion_id)),)
        case ("dis", "mine"):
            return Resting(), (FindMyDiscussions(),)
        case ("dis", "files", discussion_id):
            erase: Rows = ((Button("Erase something I said", f"own:erase:{int(discussion_id)}"),),)
            return Resting(), (Say("my_discussion", {}, (*after_rows(int(discussion_id)), *erase)),)
        case ("dis", "reviews", discussion_id):
            return state, (ShowReviews(int(discussion_id)),)
        case ("dis", "log", discussion_id):
            return state, (MakeLog(int(discussion_id)),)
        case ("dis", "paste", discussion_id):
            return state, (PasteLog(int(discussion_id)),)
        case ("dis", "release", discussion_id):
            return state, (Say("release_check", {}, _release_rows(int(discussion_id))),)
        case ("dis", "released", discussion_id):
            return state, (*gone, ReleaseLog(int(discussion_id)))
        case ("dis", "withdraw", discussion_id):
            return state, (*gone, ReleaseLog(int(discussion_id), release=False))
    return None


def _release_rows(discussion_id: int) -> Rows:
    return ((Button("Yes, release it", f"dis:released:{discussion_id}"), Button("Not now", "menu")),)


def waiting(event: DiscussionWaiting) -> Step:
    """A paused discussion can go on, or another one can start."""
    values = {"unit": event.unit_label, "outcome": event.outcome_number}
    rows: Rows = (
        (Button("Carry on", f"dis:resume:{event.discussion_id}"),),
        (Button("Start another one", "dis:units"), MENU),
    )
    return Resting(), (Say("discussion_waiting", values, rows),)


def choose_outcome(event: OutcomesFound) -> Step:
    """First the outcomes as buttons, then the chosen one with its criteria word for word."""
    if not event.outcomes:
        another = ((Button("Choose another unit", "dis:units"), MENU),)
        return Resting(), (Say("nothing_to_ask", {"unit": event.unit_label, "is_blank": True}, another),)
    if event.is_chosen:
        return Resting(), (_show_outcome(event, event.outcomes[0]),)
    rows = tuple(
        (Button(unit_button(outcome.number, outcome.text), f"dis:outcome:{event.version_id}:{outcome.number}"),)
        for outcome in event.outcomes
    )
    values = {"unit": event.unit_label, "title": event.unit_title}
    return Resting(), (Say("choose_outcome", values, (*rows, (MENU,))),)


def _show_outcome(event: OutcomesFound, outcome: LearningOutcome) -> Effect:
    values = {
        "unit": event.unit_label,
        "number": outcome.number,
        "text": outcome.text,
        "criteria": [[criterion.number, criterion.text, list(criterion.sub_points)] for criterion in outcome.criteria],
    }
    plan = f"dis:plan:{event.version_id}:{outcome.number}"
    rows: Rows = (
        (Button("Practise, with hints", f"{plan}:practice"), Button("Mock, no hints", f"{plan}:mock")),
        (Button("Another outcome", f"dis:unit:{event.version_id}"), MENU),
    )
    return Say("outcome", values, rows)


def turned(event: MoveMade) -> Step:
    """The examiner's move: the question with its ways out, or the close."""
    if event.is_closed:
        return _closed(event)
    if event.is_paused:
        rows: Rows = ((Button("Carry on", f"dis:resume:{event.discussion_id}"), MENU),)
        return Resting(), (Say("move", {"text": event.move.text}, rows),)
    return Discussing(event.discussion_id), (Say("move", {"text": event.move.text}, _wish_rows(event)),)


def _wish_rows(event: MoveMade) -> Rows:
    def button(name: str) -> Button:
        return Button(WISHES[name][1], f"wish:{event.discussion_id}:{event.turn}:{name}")

    clock = Button("Clock", f"dis:clock:{event.discussion_id}")
    first = (button("say"), button("hint") if event.plan.mode == "practice" else clock)
    can_claim = event.move.kind in PROBING and event.move.criterion_keys
    claim: Rows = ((button("said"),),) if can_claim else ()
    return (first, tuple(map(button, ("skip", "done"))), *claim, tuple(map(button, ("pause", "stop"))))


def clock(state: State, event: ClockShown) -> Step:
    """How long it has lasted, in a mock where that is wanted. The question stays open."""
    return state, (Say("clock", {"used": event.used, "planned": event.planned}),)


def _closed(event: MoveMade) -> Step:
    if event.move.kind == "safeguard":
        return Resting(), (Say("safeguarding", {"text": event.move.text, "told": event.people_told}, ((MENU,),)),)
    ratings = tuple(Button(str(rating), f"dis:rate:{event.discussion_id}:{rating}") for rating in SELF_RATINGS)
    rows: Rows = (ratings, *after_rows(event.discussion_id))
    values = {"text": event.move.text, "is_rated": event.move.kind == "recap", "fingerprint": event.fingerprint}
    return Resting(), (Say("recap", values, rows),)


def after_rows(discussion_id: int) -> Rows:
    """What can be done with a finished discussion."""
    return (
        (Button("Make the draft", f"drf:start:{discussion_id}"), Button("Save the log", f"dis:log:{discussion_id}")),
        (Button("Text to paste", f"dis:paste:{discussion_id}"),),
        (Button("Release to my assessor", f"dis:release:{discussion_id}"),),
        (Button("I did say that", f"own:claim:{discussion_id}"),),
        (Button("Talk about the rest", f"dis:rest:{discussion_id}"), Button("Revise", f"dis:revise:{discussion_id}")),
        (Button("Another discussion", f"dis:again:{discussion_id}"), MENU),
    )


def mine_found(event: MyDiscussionsFound) -> Step:
    """One button a finished discussion."""
    rows: Rows = tuple(
        (Button(f"{one.unit_label}, outcome {one.outcome_number}, {one.due}", f"dis:files:{one.discussion_id}"),)
        for one in event.finished
    )
    return Resting(), (Say("my_discussions", {"has_any": bool(rows)}, (*rows, (MENU,))),)


def files_made(state: State, event: FilesMade) -> Step:
    """The log is on its way."""
    return state, (Say("files", {"what": event.what}, after_rows(event.discussion_id)),)


def paste_made(state: State, event: PasteMade) -> Step:
    """The log as text to be pasted."""
    return state, (Say("paste", {"text": event.text}), Say("pasted", {}, after_rows(event.discussion_id)))


def released(state: State, event: Released) -> Step:
    """The log was released, or the release taken back."""
    values = {"is_released": event.is_released, "readers": event.readers}
    button = Button("Take it back", f"dis:withdraw:{event.discussion_id}")
    return state, (Say("released", values, ((button, MENU) if event.is_released else (MENU,),)),)


def sent(state: Discussing, event: SentEdit | SentVoice) -> Step:
    """A changed message is one more turn, the first stays. A voice message is kept as sound."""
    if isinstance(event, SentEdit):
        return state, (KeepEdit(state.discussion_id, event.text, event.message_id),)
    if event.file is None or event.file.problem:
        return state, (Say("voice_lost"),)
    sound = (event.file.content, event.media_type, event.seconds, event.message_id, event.file.transcript)
    return state, (KeepVoice(state.discussion_id, *sound),)


def voice_kept(state: State, event: VoiceKept) -> Step:
    """The sound is kept. What a tool wrote down is shown as the tool's; the learner confirms it or types their own."""
    values: dict[str, object] = {"seconds": event.seconds}
    if not event.transcript:
        return state, (Say("voice_kept", values),)
    confirm = Button("Yes, I said that", f"dis:heard:{event.discussion_id}:{event.number}")
    return state, (Say("voice_heard", {**values, "words": event.transcript}, ((confirm,),)),)


def edit_kept(state: State, event: EditKept) -> Step:
    """Both versions stand in the transcript; or the changed message was no part of it."""
    return state, (Say("edited_turn" if event.is_turn else "edited"),)


def noted(state: State, event: Noted) -> Step:
    """A self-rating or a flag was kept."""
    rows: Rows = ((next_button(event.delivery_id), MENU),) if event.delivery_id else ((MENU,),)
    if event.discussion_id:
        rows = after_rows(event.discussion_id)
    return state, (Say("noted", {"what": event.what}, rows),)


def left(state: Discussing) -> tuple[Effect, ...]:
    """The person went elsewhere: the discussion waits."""
    return (PauseDiscussion(state.discussion_id),)

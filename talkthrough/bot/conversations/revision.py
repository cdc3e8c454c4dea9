"""Revising: a sitting of mixed questions, typed or tapped, each followed by feedback."""

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import attrgetter

from talkthrough.bot.conversations import menu, typed
from talkthrough.bot.conversations.aim_effects import AddToAnswer, Confide, KnewIt, ShowFeedback
from talkthrough.bot.conversations.effects import (
    Button,
    CheckAnswer,
    ComposeSitting,
    Effect,
    EndSitting,
    FlagQuestion,
    Overrule,
    PutQuestion,
    PutQuestionAfter,
    Rows,
    Say,
    SkipQuestion,
    UndoAnswer,
)
from talkthrough.bot.conversations.events import Tapped
from talkthrough.bot.conversations.menu import MENU, POINT_BUTTON, Step, shortened
from talkthrough.bot.conversations.results import (
    AnswerChecked,
    NothingToAsk,
    QuestionPut,
    SittingComposed,
    SittingEnded,
    Skipped,
)
from talkthrough.bot.conversations.states import Answering, Commenting, ReadingFeedback, Resting, State
from talkthrough.question_bank.discussion import wish_of
from talkthrough.question_bank.discussion.distress import is_upset
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking.model import PointMark, PointState
from talkthrough.scheduler.larger_steps import is_partial_list
from talkthrough.scheduler.sitting import Change

LETTERS = "ABCDEFGH"
OTHER = Button("Choose another unit", "rev")
MOST_POINT_BUTTONS = 4
MOST_MISSING_BUTTONS = 10
IS_MENTIONED = attrgetter("is_mentioned")


def tapped(state: State, event: Tapped) -> Step | None:
    """The buttons of revision and rounds; None where the data is not understood."""
    if isinstance(state, Answering) and state.is_more and _goes_on(event, state.delivery_id):
        return state, (Say("more_open", {}, _that_is_all(state.delivery_id)),)
    match event.data:
        case ("rev", "unit", version_id):
            return Resting(), (ComposeSitting(int(version_id)),)
        case ("rev", "go", session_id):
            return state, (PutQuestion(session_id=int(session_id)),)
        case ("rev", "open", delivery_id):
            return state, (PutQuestionAfter(int(delivery_id)),)
        case ("round", "go", round_id):
            return state, (PutQuestion(round_id=int(round_id)),)
        case ("ans", delivery_id, "dk"):
            return state, (*menu.gone(event), CheckAnswer(int(delivery_id)))
        case ("ans", delivery_id, option):
            return state, (*menu.gone(event), CheckAnswer(int(delivery_id), option=int(option)))
        case ("next", delivery_id):
            return state, (PutQuestionAfter(int(delivery_id)),)
        case ("said", delivery_id, point):
            return state, (*menu.gone(event), Overrule(int(delivery_id), int(point)))
        case ("saidlist", delivery_id):
            return state, (Overrule(int(delivery_id)),)
        case ("all", delivery_id):
            waited = isinstance(state, Answering) and state.is_more and state.delivery_id == int(delivery_id)
            return state, (*menu.gone(event), ShowFeedback(int(delivery_id), is_first=waited))
        case ("knew", delivery_id):
            return state, (*menu.gone(event), KnewIt(int(delivery_id)))
        case ("conf", delivery_id, "s"):
            return state, (Confide(int(delivery_id), "sure"), PutQuestionAfter(int(delivery_id)))
        case ("conf", delivery_id, "n"):
            return state, (Confide(int(delivery_id), "not sure"), PutQuestionAfter(int(delivery_id)))
        case ("skip", delivery_id):
            return state, (*menu.gone(event), SkipQuestion(int(delivery_id)))
        case ("undo", delivery_id):
            return state, (*menu.gone(event), UndoAnswer(int(delivery_id)))
        case ("flag", delivery_id):
            waiting = state if isinstance(state, Answering) else None
            after = Commenting(int(delivery_id), waiting)
            return after, (Say("flag_question", {}, ((next_button(int(delivery_id)),),)),)
        case ("rev", "stop"):
            return Resting(), (EndSitting(),)
    return None


def _goes_on(event: Tapped, delivery_id: int) -> bool:
    """Whether an old button would leave a list of which more is asked for."""
    return event.data[0] in {"next", "conf"} and event.data[1:2] != (str(delivery_id),)


def commented(state: Commenting, text: str) -> Step:
    """What is wrong with a question. One that was open meanwhile still is."""
    return state.waiting or ReadingFeedback(state.delivery_id), (FlagQuestion(state.delivery_id, text),)


def said(state: Answering, text: str) -> Step:
    """Typed words: the answer to the open question, unless the whole message is a wish. A wish costs nothing."""
    number = state.delivery_id
    match wish_of(text):
        case "stop":
            return Resting(), (EndSitting(),)
        case "pause":
            return state, (Say("question_waits"),)
        case "skip" | "nothing to add" if state.is_more:
            return state, (ShowFeedback(number),)
        case "skip":
            return state, (SkipQuestion(number),)
        case "nothing to add":
            return state, (CheckAnswer(number),)
    if wish_of(text) == "answer" and typed.is_unknown(text):
        return state, (ShowFeedback(number) if state.is_more else CheckAnswer(number),)
    return _letter(state, text) if state.options else _answer(state, text)


def _answer(state: Answering, text: str) -> Step:
    """An answer in words; neither a plea for help nor a mere "ok" is one."""
    if state.is_more and typed.words_of(text) in typed.NO:
        return state, (ShowFeedback(state.delivery_id),)
    if wish_of(text) in {"rephrase", "hint", "continue"}:
        return state, (Say("question_help"),)
    if is_upset(text):
        return state, (Say("question_upset", {}, ((Button("Skip", f"skip:{state.delivery_id}"), MENU),)),)
    add, check = AddToAnswer(state.delivery_id, text), CheckAnswer(state.delivery_id, text=text)
    return state, (add if state.is_more else check,)


def _letter(state: Answering, text: str) -> Step:
    """A letter typed instead of tapped."""
    letters = LETTERS[: state.options]
    letter = text.strip().strip(".)").upper()
    if len(letter) == 1 and letter in letters:
        return state, (CheckAnswer(state.delivery_id, option=letters.index(letter)),)
    return state, (Say("please_tap", {"letters": list(letters)}),)


def skipped(state: State, event: Skipped) -> Step:
    """On to the next question; this one comes back."""
    return state, (Say("skipped"), PutQuestionAfter(event.delivery_id))


def composed(event: SittingComposed) -> Step:
    """What the sitting costs, before it starts."""
    values = {"unit": event.unit_label, "questions": event.questions, "minutes": event.minutes}
    return Resting(), (Say("sitting", values, ((Button("Start", f"rev:go:{event.session_id}"), MENU),)),)


def nothing_to_ask(event: NothingToAsk) -> Step:
    """A blank unit, or nothing left for today."""
    return Resting(), (Say("nothing_to_ask", {"unit": event.unit_label, "is_blank": event.is_blank}, ((OTHER, MENU),)),)


def put(state: State, event: QuestionPut) -> Step:
    """Show a question. A second tap within seconds shows nothing twice."""
    answering = Answering(event.delivery_id, len(event.question.options))
    if event.is_just_asked and state == answering:
        return state, ()
    return answering, (Say("question", question_values(event), question_rows(event.delivery_id, event.question)),)


def question_values(event: QuestionPut) -> dict[str, object]:
    """What the question template shows."""
    question = event.question
    return {
        "unit": event.unit_label,
        "position": event.position,
        "total": event.total,
        "criterion": question.criterion_number,
        "stem": question.stem,
        "options": [[LETTERS[place], option.text] for place, option in enumerate(question.options)],
        "is_round": event.is_round,
        "whole": len(question.card_keys) if event.is_whole and is_partial_list(question) else 0,
    }


def question_rows(delivery_id: int, question: Question) -> Rows:
    """Letters for tapped questions; typed ones offer a way out that costs no pride."""
    way_out = (Button("I don't know yet", f"ans:{delivery_id}:dk"), Button("Stop", "rev:stop"))
    if not question.is_tapped:
        return (way_out,)
    letters = tuple(Button(LETTERS[place], f"ans:{delivery_id}:{place}") for place in range(len(question.options)))
    return (letters, way_out)


def checked(before: State, event: AnswerChecked) -> Step:
    """Feedback: what was mentioned and what not yet, with the criterion and the line it rests on."""
    state = _reading(before, event)
    if event.is_repeat:
        return state, (Say("already_answered", {}, ((next_button(event.delivery_id),),)),)
    if event.is_held_back:
        return state, (Say("answer_kept", {}, ((next_button(event.delivery_id),),)),)
    if event.still_asked_for:
        return Answering(event.delivery_id, is_more=True), (_ask_more(event),)
    return state, (Say("feedback", feedback_values(event), _feedback_rows(event)),)


def _reading(before: State, event: AnswerChecked) -> State:
    """Reading feedback; or still at another question that was open while an old button was tapped."""
    is_open = isinstance(before, Answering) and before.delivery_id != event.delivery_id
    return before if is_open else ReadingFeedback(event.delivery_id)


def _ask_more(event: AnswerChecked) -> Effect:
    """How many points a list still asks for and what was counted; of what is not sure only the learner's own words."""
    question, texts = event.question, {point.key: point.text for point in event.question.expected_points}
    keys = set(question.card_keys)
    points = [mark for mark in event.mark.points if mark.point_key in keys]
    unsure = [mark.words.text for mark in points if mark.words and _is_maybe(mark)]
    takes_others = question.is_open and not question.all_required
    values = {
        "mentioned": _texts(event.mark.points, texts, keys, IS_MENTIONED),
        "unlisted": [words.text for words in event.mark.others] if takes_others else [],
        "unsure": list(dict.fromkeys(unsure)),
        "more": event.still_asked_for,
    }
    return Say("ask_more", values, _that_is_all(event.delivery_id))


def _that_is_all(delivery_id: int) -> Rows:
    return ((Button("That is all", f"all:{delivery_id}"),),)


def feedback_values(event: AnswerChecked) -> dict[str, object]:
    """What the feedback template shows: points by state, never a verdict."""
    question, texts = event.question, {point.key: point.text for point in event.question.expected_points}
    published = {point.key for point in question.expected_points if point.is_published}
    key = next((option for option in question.options if option.is_key), None)
    chosen = question.options[event.option] if event.option is not None else None
    return {
        "unit": event.unit_label,
        "criterion": question.criterion_number,
        "line": question.source.first,
        "document": event.document,
        "supports": question.supports,
        "mentioned": _texts(event.mark.points, texts, published, IS_MENTIONED),
        "showed": _texts(event.mark.points, texts, set(texts) - published, IS_MENTIONED),
        "unsure": _texts(event.mark.points, texts, set(texts), _is_unsure),
        "not_yet": _texts(event.mark.points, texts, published, _is_missing),
        "could_add": _texts(event.mark.points, texts, set(texts) - published, _is_missing),
        "others": [words.text for words in event.mark.others] if question.is_open else [],
        "needed": question.quantity,
        "all_required": question.all_required,
        "count": sum(point.is_mentioned and point.point_key in published for point in event.mark.points),
        "is_tapped": question.is_tapped,
        "is_key": bool(chosen and chosen.is_key),
        "chosen": chosen.text if chosen else "",
        "why": chosen.why if chosen and not chosen.is_key else "",
        "key": key.text if key else "",
        "feedback": question.feedback if _is_true_of(event) else "",
        "is_unknown": event.mark.signals.dont_know,
        "is_overruled": event.is_overruled,
        "explanation": event.explanation,
        "is_tutor_told": event.is_tutor_told,
        "is_echo": event.mark.echo is not None,
    }


def _is_true_of(event: AnswerChecked) -> bool:
    """Whether the question's remark is true of this answer: a warning only where what it warns of is missing."""
    warned = {point.key for point in event.question.expected_points if point.slot in event.question.feedback_for}
    missing = {point.point_key for point in event.mark.points if _is_missing(point)}
    return not event.question.feedback_for or (not event.mark.signals.dont_know and not warned.isdisjoint(missing))


def _is_unsure(point: PointMark) -> bool:
    return point.band == "unsure" and point.state is not PointState.NOT_MENTIONED


def _is_maybe(point: PointMark) -> bool:
    """Partly there, contradicted, or perhaps there: answered for, and yet not mentioned for sure."""
    return point.state is not PointState.NOT_MENTIONED and not point.is_mentioned


def _is_missing(point: PointMark) -> bool:
    return not point.is_mentioned and not _is_unsure(point)


def _texts(
    points: Iterable[PointMark], texts: Mapping[str, str], keys: Collection[str], wanted: Callable[[PointMark], bool]
) -> list[str]:
    return [texts[point.point_key] for point in points if point.point_key in keys and wanted(point)]


def _feedback_rows(event: AnswerChecked) -> Rows:
    points = {point.key: point for point in event.question.expected_points}
    unsure = [
        (place, points[mark.point_key].text)
        for place, mark in enumerate(event.mark.points)
        if _is_unsure(mark) and mark.point_key in points
    ]
    rows: Rows = tuple(
        (Button("Yes, I meant: %s", f"said:{event.delivery_id}:{place}", shortened(text, POINT_BUTTON)),)
        for place, text in unsure[:MOST_POINT_BUTTONS]
    )
    is_answer = not event.question.is_tapped and not event.mark.signals.dont_know
    has_gap = is_answer and any(_is_missing(mark) for mark in event.mark.points)
    more = (Button("I did say that", f"saidlist:{event.delivery_id}"),) if has_gap else _tapped_button(event)
    tail = (*more, Button("Report question", f"flag:{event.delivery_id}"), Button("Undo", f"undo:{event.delivery_id}"))
    return (*rows, (next_button(event.delivery_id),), *_confidence_row(event), tail)


def _tapped_button(event: AnswerChecked) -> tuple[Button, ...]:
    """For a tap that was not the key: a slip of the finger is no gap in memory."""
    is_slip = event.option is not None and not event.question.options[event.option].is_key
    return (Button("I knew that", f"knew:{event.delivery_id}"),) if is_slip and not event.is_overruled else ()


def _confidence_row(event: AnswerChecked) -> Rows:
    """After a right tap: was it a guess? Either button also goes on to the next question."""
    if event.option is None or not event.question.options[event.option].is_key:
        return ()
    delivery = event.delivery_id
    return ((Button("I was sure", f"conf:{delivery}:s"), Button("I was not sure", f"conf:{delivery}:n")),)


def did_say(before: State, event: AnswerChecked) -> Step:
    """Which of the points not found did the learner mention?"""
    texts = {point.key: point.text for point in event.question.expected_points}
    missing = [(place, texts[mark.point_key]) for place, mark in enumerate(event.mark.points) if not mark.is_mentioned]
    rows = tuple(
        (Button("%s", f"said:{event.delivery_id}:{place}", shortened(text, POINT_BUTTON)),)
        for place, text in missing[:MOST_MISSING_BUTTONS]
    )
    last = (Button("I knew all of these", f"knew:{event.delivery_id}"), next_button(event.delivery_id))
    return _reading(before, event), (Say("did_say", {}, (*rows, last)),)


def next_button(delivery_id: int) -> Button:
    """On to the question that follows a delivery."""
    return Button("Next", f"next:{delivery_id}")


def _change_values(change: Change) -> dict[str, object]:
    has_date = change.exam_date is not None and change.before is not None and change.after is not None
    return {
        "unit": change.unit_label,
        "seen": change.seen,
        "total": change.total,
        "new": change.new,
        "day": change.exam_date.isoformat() if has_date and change.exam_date else "",
        "before": f"{change.before:.0%}" if has_date else "",
        "after": f"{change.after:.0%}" if has_date else "",
    }


def ended(event: SittingEnded) -> Step:
    """The end of a sitting or a round."""
    values = {
        "unit": event.unit_label,
        "answered": event.answered,
        "mentioned_all": event.mentioned_all,
        "change": _change_values(event.change) if event.change else None,
        "is_round": event.is_round,
    }
    outlook: Rows = ((Button("What this leads to", f"prog:outlook:{event.version_id}"),),) if event.version_id else ()
    rows: Rows = (*outlook, (Button("Revise more", "rev"), Button("Progress", "prog")), (MENU,))
    return Resting(), (Say("sitting_ended", values, rows),)

"""The examiner: plan + transcript -> next move, purely. The state diagram is in `policy.md` beside it.

The policy is a list of rules, tried in order; the first that has something to say makes the move. It asks one open
question at a time, follows the learner, never asks for what was said, and always ends (assessment-practice.md
sections 1.2 and 1.3).
"""

from collections.abc import Callable, Sequence

from talkthrough.question_bank.discussion.asked_back import REPLIES, asked_back
from talkthrough.question_bank.discussion.asking import about_question, ask, ask_again, ask_together, plain_move
from talkthrough.question_bank.discussion.closing import closing_move, ending
from talkthrough.question_bank.discussion.distress import CARE, is_distressed, is_upset, needs_care
from talkthrough.question_bank.discussion.hearing import is_copied, is_off_topic
from talkthrough.question_bank.discussion.hints import hint_move
from talkthrough.question_bank.discussion.model import Move, Plan, Turn
from talkthrough.question_bank.discussion.safeguarding import safeguarding
from talkthrough.question_bank.discussion.situation import Situation
from talkthrough.question_bank.discussion.standing import SHORT_ANSWER, marks_of, needed, published
from talkthrough.question_bank.discussion.wording import opening_script, stopped_for_safety
from talkthrough.question_bank.discussion.words import words_of

_AGREED = frozenset({"yes", "yeah", "yep", "ok", "okay", "ready", "read", "start", "sure", "agree", "begin", "go"})
_MISSED: dict[str, str] = {
    "answer.dont-know": "That is all right.",
    "answer.short": "Please tell me a little more.",
    "answer.off-topic": "Let us come back to the question.",
    "answer.echo": "Please use your own words.",
    "nothing.said": "Let me ask it in another way.",
}
_BREAKS = frozenset({"wish.pause", "silence.pause", "answer.upset-again", *CARE})
_UPSET_REPLIES: dict[str, str] = {
    "answer.upset": "I am sorry that this is annoying. You can say skip, pause or stop. Or answer when you want to.",
    "answer.upset-again": (
        "I am sorry. I ask nothing now. Press Pause to have a rest, or Stop to end. Your words are saved. "
        "If you want to go on, say continue."
    ),
}


def next_move(plan: Plan, transcript: Sequence[Turn]) -> Move:
    """The examiner's next move after the turns so far. Everything it needs is in the arguments; same in, same out.

    Tool turns must carry kind, rule, target and criterion keys of the move that made them, learner turns their wish
    and marks. The last move of every discussion is of kind "close" (or "safeguard", then "close").
    """
    situation = Situation(plan, transcript)
    return next(move for rule in _RULES_IN_ORDER if (move := rule(situation)) is not None)


def _safeguard(s: Situation) -> Move | None:
    stopped = any(turn.kind == "safeguard" for turn in s.tool_turns)
    if stopped:
        text = (
            "This discussion has stopped. What you wrote stays out of your log and your draft. "
            "Please talk to somebody you trust."
        )
        return ending(s, "safeguard.stopped", text)
    heard = s.last and s.last.speaker == "learner" and ("safeguarding" in s.last.flags or safeguarding(s.last.text))
    if not heard:
        return None
    return plain_move("safeguard", stopped_for_safety(s.plan), "safeguard.stop")


def _ended(s: Situation) -> Move | None:
    if any(turn.kind == "close" for turn in s.tool_turns):
        return ending(
            s, "close.already", "This discussion has ended and is saved. You can start another one at any time."
        )
    return None


def _start(s: Situation) -> Move | None:
    """The plan first; the first question only after the learner has agreed to it."""
    if not s.tool_turns:
        return plain_move("plan", opening_script(s.plan), "plan.sheet")
    has_begun = any(turn.kind == "open" for turn in s.tool_turns)
    if has_begun or s.last is None or s.last.speaker == "tool" or _agrees(s.last):
        return None
    if s.last.wish == "pause":
        return _pause()
    if s.last.wish == "stop" or any(turn.rule == "plan.confirm" for turn in s.tool_turns):
        return ending(s, "plan.declined", "That is fine. Nothing was asked. You can start whenever you like.")
    return plain_move("plan", "Please read the plan first. When you are ready, say yes.", "plan.confirm")


def _agrees(turn: Turn) -> bool:
    return turn.wish == "continue" or bool(_AGREED & set(words_of(turn.text)) and "not" not in words_of(turn.text))


def _silence(s: Situation) -> Move | None:
    """Taken up again with no new answer: ask once in other words, then wait, then end. Nobody is pressed.

    A plan that was agreed by button, and a recap that was rated by button, are no silence.
    """
    if s.last is None or s.last.speaker == "learner" or s.last.kind == "plan":
        return None
    if s.last.kind == "recap":
        return closing_move(s)
    if s.last.rule == "silence.pause" or not s.question:
        return ending(s, "silence.close", "I have saved this discussion. You can start another one whenever you like.")
    waits = plain_move("acknowledge", "There is no hurry. Say continue when you are ready.", "silence.pause")
    if s.last.rule == "silence.ask":
        return waits
    return ask_again(s, "silence.ask", "There is no hurry.", in_same_words=True) or waits


def _closing(s: Situation) -> Move | None:
    """Once the last word was offered, or the learner stops, only recap and close follow."""
    assert s.last is not None
    recapped = any(turn.kind == "recap" for turn in s.tool_turns)
    return closing_move(s) if recapped or s.last.wish == "stop" or _had_last_word(s) else None


def _had_last_word(s: Situation) -> bool:
    if s.question is None or s.question.target != "anything to add" or s.last is None:
        return False
    return s.last.wish != "pause" and (s.last.wish != "rephrase" or s.question.kind == "ask again")


def _wish(s: Situation) -> Move | None:
    assert s.last is not None
    if s.last.wish == "pause":
        return _pause()
    if s.last.wish == "rephrase":
        return ask_again(s, "wish.rephrase", "") or _no_more_wordings(s)
    if s.last.wish == "hint" and s.question:
        return hint_move(s)
    if s.last.wish == "continue" and _was_paused(s):
        return ask_again(s, "resume.welcome", "Welcome back.", in_same_words=True)
    return None


def _was_paused(s: Situation) -> bool:
    before = next((turn for turn in reversed(s.transcript[:-1]) if turn.speaker != "tutor"), None)
    return before is not None and (before.wish == "pause" or before.rule in _BREAKS)


def _pause() -> Move:
    return plain_move("acknowledge", "Paused. Your words are saved. You can carry on when you like.", "wish.pause")


def _no_more_wordings(s: Situation) -> Move | None:
    if s.tool_turns[-1].rule == "wish.rephrase-none":
        return None
    text = "I have no other words for this one. Answer it in your own way, or say skip."
    return about_question(s, "acknowledge", text, "wish.rephrase-none")


def _out_of_turns(s: Situation) -> Move | None:
    return closing_move(s, "close.turns", "That is the number of messages we planned.") if s.turns_left <= 0 else None


def _out_of_time(s: Situation) -> Move | None:
    return closing_move(s, "close.time", "That is the time we planned.") if s.is_time_up else None


def _asked_back(s: Situation) -> Move | None:
    """A short honest reply to a question of the learner; the tool's own question waits."""
    assert s.last is not None
    rule = asked_back(s.last.text)
    return about_question(s, "acknowledge", REPLIES[rule], rule) if rule else None


def _first_care(s: Situation) -> Move | None:
    """Who can help is said at any moment: before the plan is agreed, and in the last word, too."""
    move = _care(s)
    return None if move is None or any(turn.rule == move.rule for turn in s.tool_turns) else move


def _care(s: Situation) -> Move | None:
    if s.last is None or s.last.speaker != "learner":
        return None
    rule = needs_care(s.last.text)
    return about_question(s, "acknowledge", CARE[rule], rule) if rule else None


def _distressed(s: Situation) -> Move | None:
    """A learner who is bullied, worn out or angry gets a reply, every time; from the second on nothing is asked."""
    assert s.last is not None
    if care := _care(s):
        return care
    if not is_upset(s.last.text) or any(found.mark.mentioned for found in s.last.marks):
        return None
    told = any(turn.rule in {"answer.upset", "answer.upset-again"} for turn in s.tool_turns)
    rule = "answer.upset-again" if told else "answer.upset"
    return about_question(s, "acknowledge", _UPSET_REPLIES[rule], rule)


def _missed(s: Situation) -> Move | None:
    """An answer that says nothing yet to the question: the same question once more, in other words.

    After an opening of several criteria the smaller ones follow instead.
    """
    assert s.last is not None
    if (
        not s.question
        or len(s.question.criterion_keys) > 1
        or s.last.wish not in {"answer", "continue"}
        or is_distressed(s.last.text)
        or _was_missed(s, s.question)
    ):
        return None
    rule = _why_missed(s)
    return ask_again(s, rule, _MISSED[rule]) if rule else None


def _was_missed(s: Situation, question: Turn) -> bool:
    same = (t for t in s.tool_turns if (t.criterion_keys, t.target) == (question.criterion_keys, question.target))
    return any(turn.rule in _MISSED for turn in same)


def _why_missed(s: Situation) -> str | None:
    assert s.last is not None and s.question is not None  # noqa: PT018
    text = s.last.text
    marks = [found.mark for found in s.last.marks]
    if is_copied(s.plan, _before(s), text):
        return "answer.echo"
    if is_off_topic(s.plan, _before(s), text, marks):
        return "answer.off-topic"
    if s.question.target != "opening" or s.is_touched(s.question.criterion_keys[0]):
        return None
    if any(mark.signals.dont_know for mark in marks):
        return "answer.dont-know"
    return "answer.short" if len(words_of(text)) <= SHORT_ANSWER else "nothing.said"


def _before(s: Situation) -> Sequence[Turn]:
    return s.transcript[:-1]


def _follow_up(s: Situation) -> Move | None:
    """The next probe on the criterion under discussion, chosen by what is missing."""
    if not s.question or not s.question.criterion_keys or s.question.target in {"evidence", "reflection"}:
        return None
    key = s.question.criterion_keys[0]
    return _probe(s, key) if s.is_touched(key) else None


def _probe(s: Situation, key: str) -> Move | None:
    if s.is_left(key) or not s.has_share(key):
        return None
    target = "own action" if _said_we_only(s, key) else s.next_target(key)
    return ask(s, "probe", key, target) if target else None


def _said_we_only(s: Situation, key: str) -> bool:
    """Whether the learner last said what "we" did, where their own part is asked for and was not asked before."""
    is_doing = s.criteria[key].kind == "competence-doing"
    if (
        not is_doing
        or "own action" not in s.missing(key)
        or any(e.question.target == "own action" for e in s.asked(key))
    ):
        return False
    spoken = next((marks for turn in reversed(s.transcript) if (marks := tuple(marks_of(turn, key)))), ())
    return any(mark.signals.we for mark in spoken)


def _evidence(s: Situation) -> Move | None:
    """Once for each group of doing criteria: what could an assessor look at?"""
    for group in _groups(s):
        is_doing = any(s.criteria[key].kind == "competence-doing" for key in group)
        is_done = all(s.is_led(key) or (s.is_touched(key) and not s.missing(key)) for key in group)
        if is_doing and is_done and s.turns_left > len(_waiting(s)) and (move := _ask_evidence(s, group)):
            return move
    return None


def _evidence_of_knowledge(s: Situation) -> Move | None:
    """Once at the end, where nothing was asked about evidence before."""
    return None if s.was_asked("evidence") else _ask_evidence(s, tuple(s.criteria))


def _ask_evidence(s: Situation, keys: tuple[str, ...]) -> Move | None:
    touched = tuple(key for key in keys if s.is_touched(key))
    named = any("evidence_named" in s.standings[key].signals for key in keys)
    if not touched or named or any(s.was_asked("evidence", (key,)) for key in keys):
        return None
    return ask(s, "probe", touched[-1], "evidence")


def _groups(s: Situation) -> tuple[tuple[str, ...], ...]:
    together = {key for cluster in s.plan.clusters for key in cluster}
    return (*s.plan.clusters, *((key,) for key in s.criteria if key not in together))


def _waiting(s: Situation) -> list[str]:
    return [key for key in s.criteria if not s.is_led(key) and not s.is_touched(key)]


def _next_criterion(s: Situation) -> Move | None:
    """On to the next criterion: its opening if nothing was said, else what is missing of what came up unplanned."""
    for group in _groups(s):
        for key in group:
            if s.is_led(key):
                continue
            if not s.is_touched(key):
                return _open(s, key, group)
            if move := _take_up(s, key):
                return move
    return None


def _open(s: Situation, key: str, group: tuple[str, ...]) -> Move | None:
    """The opening of a criterion; in larger steps, of its group, as far as nothing was asked or said about it."""
    first = not any(turn.kind == "open" for turn in s.tool_turns)
    rule = "open.first" if first else "open.next"
    others = [k for k in group if k != key and not s.asked(k) and not s.is_touched(k)]
    if s.plan.has_larger_steps and not s.asked(key) and (move := ask_together(s, key, others, rule)):
        return move
    return ask(s, "open", key, "opening", rule)


def _take_up(s: Situation, key: str) -> Move | None:
    """A criterion that came up unplanned: what is missing; its opening where part of a list was named in passing."""
    if s.asked(key):
        return _probe(s, key)
    is_passing = published(s.criteria[key]) and (needed(s.criteria[key]) is None or "quantity" in s.missing(key))
    if is_passing and s.missing(key):
        return ask(s, "open", key, "opening", "open.mentioned")
    return _probe(s, key)


def _reflection(s: Situation) -> Move | None:
    touched = [key for key in s.criteria if s.is_touched(key)]
    if not touched or s.was_asked("reflection"):
        return None
    doing = [key for key in touched if s.criteria[key].kind == "competence-doing"]
    return ask(s, "probe", (doing or touched)[-1], "reflection")


def _last_word(s: Situation) -> Move:
    return closing_move(s, "close.add")


_RULES_IN_ORDER: tuple[Callable[[Situation], Move | None], ...] = (
    _safeguard,
    _ended,
    _first_care,
    _start,
    _silence,
    _closing,
    _out_of_turns,
    _wish,
    _out_of_time,
    _asked_back,
    _distressed,
    _missed,
    _follow_up,
    _evidence,
    _next_criterion,
    _evidence_of_knowledge,
    _reflection,
    _last_word,
)

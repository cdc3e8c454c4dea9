"""The hint ladder of practice mode: pump, cue without the answer, then the document's list. A mock has no hints.

Every hint is a move of its own, so that the log shows it before the answer that follows (assessment-practice.md D6).
"""

from talkthrough.question_bank.discussion.asking import about_question
from talkthrough.question_bank.discussion.model import Move
from talkthrough.question_bank.discussion.situation import Situation
from talkthrough.question_bank.discussion.standing import published
from talkthrough.question_bank.discussion.wording import NO_LIST, PUMPS, cue, letter_cue

_LONGEST_CUED = 6
_LIST_TARGETS = frozenset({"opening", "quantity", "more"})


def hint_move(s: Situation) -> Move:
    """The next rung for the question that waits."""
    assert s.question is not None
    if s.plan.mode == "mock":
        text = "There are no hints in a mock discussion. Take your time, or say skip."
        return about_question(s, "acknowledge", text, "hint.mock")
    keys = s.question.criterion_keys
    given = [turn for turn in s.tool_turns if turn.kind == "hint" and turn.criterion_keys == keys]
    rung = len([turn for turn in given if turn.target == s.question.target])
    if rung == 0:
        pumped = sum(turn.rule == "hint.1.pump" for turn in s.tool_turns)
        return about_question(s, "hint", PUMPS[pumped % len(PUMPS)], "hint.1.pump")
    if rung == 1:
        return about_question(s, "hint", _cue(s), "hint.2.cue")
    if not any(turn.rule == "hint.3.list" for turn in given):
        return about_question(s, "hint", _list(s), "hint.3.list")
    text = "That was every hint I have. Answer in your own words, or say skip."
    return about_question(s, "acknowledge", text, "hint.none-left")


def _cue(s: Situation) -> str:
    assert s.question is not None
    if s.question.target not in _LIST_TARGETS or not s.question.criterion_keys:
        return cue(s.question.target)
    key = s.question.criterion_keys[0]
    listed = published(s.criteria[key])
    unsaid = [point for point in listed if point.text not in s.standings[key].mentioned]
    short = [point.text for point in unsaid if len(point.text.split()) <= _LONGEST_CUED]
    return letter_cue(short[0], len(listed)) if short else cue(s.question.target)


def _list(s: Situation) -> str:
    assert s.question is not None
    criteria = [s.criteria[key] for key in s.question.criterion_keys]
    listed = [point.text for criterion in criteria for point in published(criterion)]
    if listed:
        return "The document lists: " + "; ".join(listed) + ".\n\nNow say it in your own words."
    asks = "\n".join(f"{criterion.number} {criterion.text}" for criterion in criteria)
    return f"{NO_LIST} It asks for:\n{asks}\n\nSay what you know from your own work."

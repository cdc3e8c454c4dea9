"""Which messages of a learner an account can hold (assessment-practice.md D6-D8), and why the others are left out."""

import re
from collections.abc import Collection, Sequence

from talkthrough.question_bank.discussion.asked_back import asked_back
from talkthrough.question_bank.discussion.wishes import wish_of
from talkthrough.question_bank.marking.words import tokens
from talkthrough.storage.records.model import LeftOut, LoggedTurn
from talkthrough.storage.records.told_events import LOOKING_AHEAD, REPLACES, flag_value

HYPOTHETICAL = "speaks of what might be done, not of what was done"
OPINIONS = ("judge", "suitab", "reflect")
LONGEST_QUESTION_BACK = 80
QUESTION_BACK = re.compile(
    r"(?:(?:what|wat|wht|how) (?:(?:do|does|did|are|is|you|it|this|that) )*(?:mean|means|meaning|asking)(?: by .+)?"
    r"|(?:what|wat|which|who)(?: (?:one|bit|part|thing|question|time))?|pardon|huh|eh)"
)


def silent_turns(turns: Sequence[LoggedTurn]) -> dict[int, str]:
    """The learner's turns that are no part of an account whatever the learner decides, each with the reason."""
    reasons, before = {}, None
    for turn in turns:
        if turn.speaker != "learner":
            before = turn
        elif reason := why_left_out(turn, before):
            reasons[turn.number] = reason
    return reasons


def left_out(turns: Sequence[LoggedTurn], struck_out: Collection[int]) -> tuple[LeftOut, ...]:
    """All learner's turns that the account does not hold, each with the reason."""
    own = {turn.number for turn in turns if turn.speaker == "learner"}
    reasons = silent_turns(turns) | _edited(turns) | dict.fromkeys(struck_out, "struck out by the learner")
    return tuple(LeftOut(number, reasons[number]) for number in sorted(own & reasons.keys()))


def _edited(turns: Sequence[LoggedTurn]) -> dict[int, str]:
    """Turns that a later one replaces; they stay in the transcript."""
    pairs = ((turn.number, flag_value(turn, REPLACES)) for turn in turns)
    return {old: f"edited by the learner, see turn {number}" for number, old in pairs if old is not None}


def why_left_out(turn: LoggedTurn, before: LoggedTurn | None) -> str | None:
    """Why a learner turn is no part of an account; None where it is. `before` is the last thing the tool said."""
    if turn.text is None or turn.facts is None:
        return "not part of this file"
    asked = (before.facts or {}).get("kind") if before else None
    flags = flags_of(turn)
    reasons = (
        (not turn.text.strip(), "a voice message without typed words" if "voice" in flags else "no words"),
        (turn.facts["wish"] != "answer", f"asked the tool: {turn.facts['wish']}"),
        (asks_back(turn.text), "asked the tool what it meant"),
        ("quiz" in flags, "a quiz answer"),
        (asked in ("plan", "recap"), f"an answer to the {asked}"),
        ("dont_know" in turn.signals and not turn.references, "says that this is not known yet"),
        (_is_hypothetical(turn, before), HYPOTHETICAL),
    )
    return next((reason for applies, reason in reasons if applies), None)


def asks_back(text: str) -> bool:
    """Whether a message only asks the tool what it means: "wat you mean"."""
    if len(text) > LONGEST_QUESTION_BACK:
        return False
    words = " ".join(token.word for token in tokens(text))
    return wish_of(text) == "rephrase" or asked_back(text) is not None or bool(QUESTION_BACK.fullmatch(words))


def flags_of(turn: LoggedTurn) -> tuple[str, ...]:
    """The flags of a turn as its chain keeps them."""
    return tuple((turn.facts or {}).get("flags", ()))


def _is_hypothetical(turn: LoggedTurn, before: LoggedTurn | None) -> bool:
    """Rule D7: a what-if answer, or "would" without a real event where the question did not ask for an opinion."""
    target = str((before.facts or {}).get("target", "")) if before else ""
    if "what if" in target.replace("-", " ").lower():
        return True
    would = ("hypothetical" in turn.signals and "real_event" not in turn.signals) or "would" in flags_of(turn)
    return would and not _asks_for_opinion(target, before) and not LOOKING_AHEAD.search(turn.text or "")


def _asks_for_opinion(target: str, before: LoggedTurn | None) -> bool:
    """A question that says "would" is answered with it; so is one for a judgement or a reflection."""
    return any(word in target for word in OPINIONS) or "would" in ((before and before.text) or "")

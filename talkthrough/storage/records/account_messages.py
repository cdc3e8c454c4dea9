"""Which messages of a learner an account can hold (assessment-practice.md D6-D8), and why the others are left out."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from talkthrough.question_bank.discussion.asked_back import asked_back
from talkthrough.question_bank.discussion.wishes import wish_of
from talkthrough.question_bank.marking.words import tokens
from talkthrough.storage.records.model import LeftOut, LoggedTurn
from talkthrough.storage.records.told_events import EVENT, HAPPENED, LOOKING_AHEAD, REPLACES, flag_value

HYPOTHETICAL = "speaks of what might be done, not of what was done"
OPINIONS = ("judge", "suitab", "reflect")
LONGEST_QUESTION_BACK = 80
YES = {"yes", "yeah", "yep", "yup", "yea", "ya", "y"}
NO = {"no", "nope", "nah", "not", "never"}
HAS_HAPPENED = {"did", "has", "have", "happened", "happens"}
LONGEST_YES = 4  # words of "it did happen", where nothing says yes
BESIDE_A_REPLY = (
    "i it this that was is do does happen yet really actually so far ever just only true real sorry thanks ok well but"
    " of course an example would could might what to me at work"
)
REPLY_WORDS = YES | NO | HAS_HAPPENED | set(BESIDE_A_REPLY.split())  # of these alone: nothing but yes or no
POINTS_BACK = re.compile(
    r"(?:(?:but|well|no|yes|as|like|and|so|again|already) )*i (?:(?:have|had|did|just|already) )*"
    r"(?:told|tell|said|say|mentioned|mention|answered|answer|explained|explain|wrote)"
    r"(?: (?:you|that|this|it|so|all|already|before|earlier|above|just|now|once|twice|times|lots))*"
)
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
    decided = {told for told, answer in happened_answers(turns).items() if _confirms(answer.text or "")}
    return {number: reason for number, reason in reasons.items() if reason != HYPOTHETICAL or number not in decided}


def happened_answers(turns: Sequence[LoggedTurn]) -> dict[int, LoggedTurn]:
    """For each message of which the draft asked whether it happened: the last answer."""
    named = ((flag_value(turn, HAPPENED), turn) for turn in turns)
    return {told: answer for told, answer in named if told is not None}


def _confirms(text: str) -> bool:
    """Whether an answer settles that the rule on hypotheticals no longer decides, but the learner.

    They do with a "yes", also before a telling. After a bare "no" they have the message among those taken out.
    """
    words = _words(text)
    return reply_of(text) is not None or bool(words and words[0] in YES)


def reply_of(text: str) -> Literal["yes", "no"] | None:
    """The yes or no that is all a message says ("no it did not happen yet"); None where it tells more."""
    words = _words(text)
    if not words or not REPLY_WORDS.issuperset(words):
        return None
    if NO & set(words):
        return "no"
    is_yes = YES & set(words) or (len(words) <= LONGEST_YES and HAS_HAPPENED & set(words))
    return "yes" if is_yes else None


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text.lower())]


def left_out(turns: Sequence[LoggedTurn], struck_out: Collection[int]) -> tuple[LeftOut, ...]:
    """All learner's turns that the account does not hold, each with the reason."""
    own = {turn.number for turn in turns if turn.speaker == "learner"}
    silent = silent_turns(turns)
    struck = dict.fromkeys(struck_out, "struck out by the learner") | dict.fromkeys(
        (told for told, answer in happened_answers(turns).items() if told in struck_out and _denies(answer)),
        HYPOTHETICAL,
    )
    reasons = silent | _edited(turns, silent) | struck
    return tuple(LeftOut(number, reasons[number]) for number in sorted(own & reasons.keys()))


def _denies(answer: LoggedTurn) -> bool:
    return reply_of(answer.text or "") == "no"


def _edited(turns: Sequence[LoggedTurn], silent: Mapping[int, str]) -> dict[int, str]:
    """Turns that a later one replaces; they stay in the transcript.

    An answer to a question of the draft that is no part of the account replaces nothing. An edit in the chat always
    does: the learner took the first words back.
    """
    versions = (turn for turn in turns if turn.number not in silent or "edited" in flags_of(turn))
    pairs = ((turn.number, flag_value(turn, REPLACES)) for turn in versions)
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
        (points_back(turn.text), "says that this was said already"),
        (_answers_the_draft(turn) and reply_of(turn.text) is not None, "only says yes or no"),
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


def points_back(text: str) -> bool:
    """Whether a message only says that it was said already: "i told you"."""
    return wish_of(text) == "said already" or bool(POINTS_BACK.fullmatch(" ".join(_words(text))))


def _answers_the_draft(turn: LoggedTurn) -> bool:
    return any(flag_value(turn, name) is not None for name in (EVENT, REPLACES, HAPPENED))


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

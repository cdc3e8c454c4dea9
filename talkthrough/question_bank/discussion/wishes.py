"""What a learner may ask for at any moment, in words. Only a message that is nothing but the wish counts as one."""

import re
from collections.abc import Mapping

from talkthrough.question_bank.discussion.model import Wish

_LONGEST_WISH = 80
_FRAME = re.compile(
    r"^(?:(?:please|pls|sorry|ok|okay|um|er|hi|hey|well|and|so|but|actually|no)\s+)*"
    r"(?:(?:can|could|may|shall|will)\s+(?:you|u|we|i)\s+(?:please\s+)?"
    r"|i\s+(?:would\s+|d\s+)?(?:like|want|need)\s+(?:you\s+)?(?:to\s+)?"
    r"|lets\s+|let\s+(?:me|us|s)\s+|i\s+think\s+)?"
    r"(?:please\s+|just\s+)?"
)
_TAIL = re.compile(r"(?:\s+(?:please|pls|plz|thanks|thank\s+you|now|for\s+now|mate|sorry))+$")
_THIS = r"(?:\s+(?:(?:this|that|the|it)(?:\s+(?:one|question))?|one|question))?"
_HERE = r"(?:\s+(?:it|this|that|here|there|the discussion))?"
_NOT = r"(?:do not|don t|dont|did not|didn t|didnt|not)"

_PHRASES: Mapping[Wish, tuple[str, ...]] = {
    "skip": (
        rf"(?:skip|pass on|leave|miss){_THIS}",
        r"next(?: one| question)?|move on|go to (?:the )?next(?: one| question)?|pass|another question",
        r"(?:come|go) back to (?:it|this|that)(?: one)? later",
    ),
    "pause": (
        rf"pause{_HERE}|(?:have |take )?(?:a )?(?:short |little )?break",
        r"wait(?: a (?:minute|moment|second|bit))?|(?:give me )?(?:a |one )?(?:minute|moment|sec|second)|hold on|hang on",
        r"later|not now|stop for (?:a bit|a minute|a moment)|(?:do|finish|continue) (?:it |this )?later",
        r"(?:i will |i ll )?(?:come|be) (?:right )?back(?: later| soon)?|brb|(?:i )?have to go(?: back to work)?",
    ),
    "stop": (
        rf"(?:stop|end|finish){_HERE}|stop asking|quit|exit|cancel|(?:i )?(?:am|m) finished|i have finished",
        r"no more(?: questions)?|(?:that is |thats |that s )?enough|i give up",
        rf"(?:i )?{_NOT} want to (?:do this|carry on|continue|go on)(?: any ?more)?",
    ),
    "rephrase": (
        r"(?:say|ask|put)(?: it| that| this| the question)?(?: again)?(?: in)?"
        r" (?:another|a different|other|different|some other|simpler|easier)(?: way| words)?",
        rf"(?:say|ask)(?: it| that)?(?: again)? differently|(?:rephrase|reword|repeat|explain){_THIS}",
        r"(?:say|ask)(?: it| that| me)? again|what do you mean(?: by (?:that|this|it))?",
        r"what does (?:that|this|it|the question) mean|what|huh|eh|pardon",
        rf"(?:i )?{_NOT} (?:understand|get)(?: (?:it|this|that|you|the question|what you mean|the words?))?",
        r"(?:in )?(?:simpler|easier|other|different|another)(?: words| way)?",
    ),
    "nothing to add": (
        r"(?:i )?(?:have |ve |got |have got |ve got )?(?:nothing|no more|not anything)(?: (?:more|else|further|new|left))?"
        r"(?: to (?:add|say|tell(?: you)?))?",
        rf"(?:i )?{_NOT} have (?:anything|any more|more)(?: (?:else|more))?(?: to (?:add|say))?",
        r"(?:that is|thats|that s) (?:it|all|everything)(?: (?:from me|i know|i have(?: got)?|really))?",
        r"i (?:have )?said (?:it all|everything|all i know)",
        r"(?:i )?can(?:not| not|t| t) (?:think of|add|say) (?:anything|any|more)(?: (?:else|more))?",
    ),
    "hint": (
        r"(?:give me |show me |get |have )?(?:a |another |the |one more |any |more )?(?:hint|hints|clue|clues|tip|help)"
        r"(?: me)?(?: with (?:this|that|it)(?: one)?)?",
    ),
    "continue": (
        r"(?:(?:yes|yeah|yep|yup|ya|y|ok|okay|sure|ready|go|start|begin|continue|resume|go on|go ahead|carry on|keep going"
        r"|fine|right|alright|all right|good|agreed|i agree|(?:i am|i m|im|am) (?:ready|back)|back|hello again|i am"
        r"|(?:i )?(?:have )?read (?:this|it|the plan)|now|and)(?:\s+|$))+",
    ),
}
_PATTERNS = tuple((wish, re.compile("|".join(phrases))) for wish, phrases in _PHRASES.items())


def wish_of(text: str) -> Wish:
    """The wish that the whole message is, else "answer". A wish inside an answer is part of the answer."""
    if len(text) > _LONGEST_WISH:
        return "answer"
    words = " ".join(re.findall(r"[a-z]+", text.lower()))
    bare = _TAIL.sub("", words)
    for candidate in (words, bare, _FRAME.sub("", bare, count=1).strip()):
        for wish, pattern in _PATTERNS:
            if candidate and pattern.fullmatch(candidate):
                return wish
    return "answer"

"""Questions that a learner asks the tool instead of answering: is that right, who reads this, who are you."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_LONGEST = 80
_THIS = r"(?:this|it|that|my (?:answers?|words))"
_ASKED: Mapping[str, str] = MappingProxyType(
    {
        "asked.verdict": (
            r"(?:(?:so |and |but )?(?:is|was|are|were) (?:that|this|it|my answers?|those|these)"
            r" (?:right|ok|okay|correct|enough|good|good enough|wrong|fine|what you want(?:ed)?)"
            r"|(?:am|was) i (?:right|wrong|correct|doing (?:ok|okay|well|it right)|ready)"
            r"|(?:(?:did|have|do|will|would|can|could) i|(?:am|m) i (?:going to|gonna))"
            r" (?:pass(?:ed)?|fail(?:ed)?|do (?:ok|okay|well)|get (?:it|that|this)(?: one)? (?:right|wrong))"
            r"|how (?:am|did) i (?:doing|do)|what (?:is|s) my (?:mark|score|grade))"
            r"(?: (?:so far|now|then|this|it))?"
        ),
        "asked.answer": (
            r"(?:(?:please )?(?:(?:can|could|will) (?:you|u) )?(?:give|tell|show) me|what (?:is|s|are|r|was)|whats)"
            r" (?:the |an )?(?:right |correct |good )?answers?"
            r"(?: (?:to|for) (?:this|that|it)(?: one| question)?)?(?: please| then)?"
            r"|what (?:should|shall|must|do|can|am) i (?:have to |need to |supposed to |meant to )?"
            r"(?:say|write|answer|put|type|do)(?: (?:here|now|then|about (?:this|that|it)))?"
            r"|what do (?:you|u) want(?: me)?(?: to (?:say|write|hear|know))?"
            r"|how (?:should|do|can) i answer(?: (?:this|that|it))?"
        ),
        "asked.length": (
            r"how (?:many|much)(?: (?:more|longer|questions?|messages?|time))*"
            r"(?: (?:are|is|there|left|to go|to answer|do i have|have i got|will there be))*"
            r"|how long (?:is (?:this|it|the discussion)|does (?:this|it) (?:take|last)|will (?:this|it) (?:take|last))"
            r"|how long(?: is left| left)?"
            r"|(?:is|are) (?:this|it|we) (?:nearly |almost )?(?:finished|over|done)(?: (?:yet|soon|now))?"
            r"|(?:is|was) (?:this|that) the last(?: one| question)?|when (?:is|does|will) (?:this|it)(?: be)?"
            r" (?:end|over|finish(?:ed)?|done)"
        ),
        "asked.readers": (
            rf"who (?:can |will |is going to |gets to )?(?:reads?|sees?|gets?|looks? at) {_THIS}(?: all)?"
            r"|(?:can|will|does|do) (?:my |the )?(?:tutor|assessor|manager|boss|anyone|anybody|other people|they)"
            rf" (?:read|see|get) {_THIS}"
        ),
        "asked.who": (
            r"(?:are|r) (?:you|u) (?:a |an )?(?:real(?: person)?|robot|bot|human|person|machine|computer|ai)"
            r"|who (?:are|r) (?:you|u)|what are you"
            r"|is (?:this|there) (?:a |an )?(?:robot|bot|human|person|real person|ai)"
        ),
    }
)
_PATTERNS = tuple((rule, re.compile(pattern)) for rule, pattern in _ASKED.items())

REPLIES: Mapping[str, str] = MappingProxyType(
    {
        "asked.verdict": "I do not judge answers. At the end I list what was mentioned. Please go on in your own way.",
        "asked.answer": (
            "I have no set answer, and the words need to be yours. Say what you do or see at work, in any order. "
            "You can also say skip, or say it another way."
        ),
        "asked.length": (
            "I cannot say how many. It depends on what comes up, and the plan gives the longest time. "
            "You can say pause or stop at any moment."
        ),
        "asked.readers": (
            "Nobody else reads this until you release it. There is one exception: when someone may be at risk of harm."
        ),
        "asked.who": "I am a practice tool with a fixed list of questions. I am not a person and not an assessor.",
    }
)


def asked_back(text: str) -> str | None:
    """The rule that replies to a message which is nothing but a question to the tool; None for everything else."""
    if len(text) > _LONGEST:
        return None
    words = " ".join(re.findall(r"[a-z]+", text.lower()))
    return next((rule for rule, pattern in _PATTERNS if pattern.fullmatch(words)), None)

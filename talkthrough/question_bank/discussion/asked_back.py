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
            r"|(?:did|have|do|will|would) i (?:pass(?:ed)?|fail(?:ed)?|do (?:ok|okay|well)"
            r"|get (?:it|that|this)(?: one)? (?:right|wrong))|how (?:am|did) i (?:doing|do)"
            r"|what (?:is|s) my (?:mark|score|grade)|what (?:is|s|was) the (?:right |correct )?answer)"
            r"(?: (?:so far|now|then|this|it))?"
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

"""Words of a learner who is angry, bullied or worn out: answered with kindness, without stopping the discussion.

What means harm to a person stops it (`safeguarding.py`); these words are answered and nothing is asked
(assessment-practice.md section 6.2).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

_UPSET = re.compile(
    r"\b(?:f+u+c+k\w*|shit\w*|bollocks|bullshit|crap|piss(?:ed)?\s+off|bloody\s+(?:stupid|useless|hell)|wtf|ffs|"
    r"(?:this\s+is|what\s+a|you\s+are|you['’]?re|ur|so|such\s+a)\s+(?:\w+\s+)?(?:stupid|rubbish|pointless|useless|ridiculous"
    r"|joke|waste\s+of\s+(?:my\s+)?time|annoying|boring)|waste\s+of\s+(?:my\s+)?time|leave\s+me\s+alone|go\s+away|shut\s+up|"
    r"(?:i\s+)?hate\s+(?:this|you|these|it|my\s+(?:job|life|work))|sick\s+of\s+(?:this|these|you)|stop\s+asking\s+me)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|says|told|shouted|swore|called|complained|customers?|caller|guest|he|she|they)\b", re.IGNORECASE
)
_SHORTEST_REPORT = 5

_BULLIED = re.compile(
    r"\b(?:bull(?:y|ies|ied|ying)\s+(?:me|us)|(?:i\s*(?:am|['’]?m|was|get|got|have\s+been|['’]?ve\s+been)\s+(?:being\s+|getting\s+)?"
    r"(?:bullied|picked\s+on|harassed|discriminated\s+against))|pick(?:s|ed|ing)?\s+on\s+me|harass(?:es|ed|ing)?\s+me|"
    r"humiliat(?:es|ed|ing)\s+me|(?:racist|sexist|homophobic)\s+(?:to|towards|about)\s+me|(?:everyone|everybody|they\s+all)\s+"
    r"(?:at\s+work\s+)?(?:hates|hate)\s+me)\b",
    re.IGNORECASE,
)
_LOW = re.compile(
    r"\b(?:(?:so\s+|really\s+|just\s+)?(?:tired|sick|fed\s+up)\s+(?:of|with)\s+(?:everything|life|it\s+all|living|being\s+alive)"
    r"|i\s*(?:am|['’]?m|feel)\s+(?:so\s+|just\s+|really\s+)?(?:worthless|hopeless|depressed|a\s+failure|so\s+alone|broken)"
    r"|(?:feel(?:ing)?|everything\s+is|it['’]?s\s+all|life\s+is)\s+(?:so\s+|just\s+)?(?:hopeless|pointless|worthless)"
    r"|no\s+hope(?:\s+left)?(?!\s+of)|what(?:['’]?s|\s+is)\s+the\s+point\s+(?:of\s+(?:anything|it\s+all|life)|any\s?more)"
    r"|(?:i\s+)?(?:can\s?no?['’]?t|can['’]?t|cannot)\s+(?:cope|go\s+on|take\s+(?:it|this|any)\s*(?:any\s?more|more))"
    r"|nobody\s+cares\s+(?:about\s+me|if\s+i)|i\s+hate\s+(?:my\s+life|myself)|cry(?:ing)?\s+(?:every\s+(?:day|night)|all\s+the\s+time))\b",
    re.IGNORECASE,
)

CARE: Mapping[str, str] = MappingProxyType(
    {
        "care.bullied": (
            "I am sorry. Nobody should be treated like that at work. I am a practice tool and cannot help with this, "
            "but people can. Acas gives free advice about bullying at work: call 0300 123 1100. You can also tell "
            "your tutor or somebody you trust.\n\nThere is no need to answer now. You can say pause or stop."
        ),
        "care.low": (
            "I am sorry that things are so hard. I am a practice tool and cannot help with this, but people can. "
            "Samaritans listen day and night: call 116 123, free. You can also talk to somebody you trust.\n\n"
            "There is no need to answer now. You can say pause or stop."
        ),
    }
)


def is_upset(text: str) -> bool:
    """Angry or tired words at the tool or the job. What a customer said is an answer about work."""
    match = _UPSET.search(text)
    if match is None:
        return False
    before = text[: match.start()]
    return len(text.split()) < _SHORTEST_REPORT or _REPORTED.search(before) is None


def needs_care(text: str) -> str | None:
    """The rule of the caring reply to a learner who is bullied or has lost hope; None for everything else."""
    if _LOW.search(text):
        return "care.low"
    return "care.bullied" if _BULLIED.search(text) else None


def is_distressed(text: str) -> bool:
    """Whether the words are about how the learner feels, so that they answer no question about the work."""
    return is_upset(text) or needs_care(text) is not None

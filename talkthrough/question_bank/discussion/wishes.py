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
_SAID = r"(?: (?:that|this|it|so))?(?: (?:one|question|already|before|earlier|above|now|just now))*"
_SAID_BEFORE = r"(?: (?:that|this|it|so))?(?: (?:already|before|earlier|above|just now))+"
_NOT = r"(?:do not|don t|dont|did not|didn t|didnt|not)"

_PHRASES: Mapping[Wish, str] = {
    "skip": rf"""
        (?:skip|pass on|leave|miss){_THIS} | next(?: one| question)? | move on | go to (?:the )?next(?: one| question)?
        | pass | another question | what is next | whats next | what s next
        | (?:i )?(?:(?:would|d) )?(?:rather not|prefer not to|{_NOT} (?:(?:want|wish) to|wanna)|can(?:not| not|t| t))
            [ ](?:talk|speak|say|answer|tell(?: you)?|discuss)(?: (?:about|on|anything about))?
            (?: (?:it|this|that|them|these|the))?(?: (?:one|question))?
        | (?:a|some)thing else please | (?:come|go) back to (?:it|this|that)(?: one)? later""",
    "pause": rf"""
        pause{_HERE} | (?:have |take )?(?:a )?(?:short |little )?break | wait(?: a (?:minute|moment|second|bit))?
        | (?:give me )?(?:a |one )?(?:minute|moment|sec|second) | hold on | hang on | later | not now
        | stop for (?:a bit|a minute|a moment) | (?:do|finish|continue) (?:it |this )?later
        | (?:i will |i ll )?(?:come|be) (?:right )?back(?: later| soon)? | brb | (?:i )?have to go(?: back to work)?""",
    "stop": rf"""
        (?:stop|end|finish){_HERE} | stop asking | quit | exit | cancel | (?:i )?(?:am|m) finished | i have finished
        | no more(?: questions)? | (?:that is |thats |that s )?enough | i give up
        | (?:i )?{_NOT} want to (?:do this|carry on|continue|go on)(?: any ?more)?""",
    "rephrase": rf"""
        (?:say|ask|put)(?: it| that| this| the question)?(?: again)?(?: in)?
            [ ](?:another|a different|other|different|some other|simpler|easier)(?: way| words)?
        | (?:say|ask)(?: it| that)?(?: again)? differently
        | (?:rephrase|reword|repeat|explain|clarify|simplify)(?: to)?(?: me)?{_THIS}
            (?: (?:again|better|to me|for me))*
        | (?:i )?no(?:t)? (?:understand|understood|get)(?: (?:it|this|that|you|the|question|word|what))*
        | (?:this|that|it|the question)(?: is| s)? (?:too )?(?:hard|difficult|confusing)(?: to understand)?
        | what (?:is|s|are|r) (?!next\b|you$|(?:the )?(?:right |correct )?answers?\b|my\b|this for\b|the point\b)
            [a-z]+(?: [a-z]+){{0,3}}
        | (?:i )?{_NOT} know what (?:[a-z]+ ){{1,4}}(?:means?|is)
        | (?:say|ask)(?: it| that| me)? again | wh?at (?:(?:do|did) )?(?:you|u) mean(?: by [a-z ]+)? | huh | eh | pardon
        | what(?: (?:does|do|is) [a-z ]+ mean)? | what is meant by [a-z ]+
        | (?:again )?(?:in )?(?:simpler|easier|other|different|another)(?: words| way)?(?: again)?
        | (?:i )?{_NOT} (?:understand|get)(?: (?:it|this|that|you|the question|what you mean|the words?))?""",
    "nothing to add": rf"""
        (?:i )?(?:have |ve |got |have got |ve got )?(?:nothing|no more|not anything)
            (?: (?:more|else|further|new|left))?(?: to (?:add|say|tell(?: you)?))?
        | (?:i )?{_NOT} have (?:anything|any more|more)(?: (?:else|more))?(?: to (?:add|say))?
        | (?:that is|thats|that s) (?:it|all|everything)(?: (?:from me|i know|i have(?: got)?|really))?
        | i (?:have )?said (?:it all|everything|all i know)
        | (?:i )?can(?:not| not|t| t) (?:think of|add|say) (?:anything|any|more)(?: (?:else|more))?""",
    "hint": r"""
        (?:give me |show me |get |have )?(?:a |another |the |one more |any |more )?(?:hint|hints|clue|clues|tip|help)
            (?: me)?(?: with (?:this|that|it)(?: one)?)?""",
    "said already": rf"""
        (?:i )?(?:did|have|ve|already|just)(?: already| just)*
            [ ](?:say|said|mention(?:ed)?|told|tell|answer(?:ed)?|explain(?:ed)?|(?:talked|spoke|spoken) about)
            (?: you| u)?{_SAID}
        | (?:i )?(?:said|told (?:you|u)|mentioned|answered|explained|wrote){_SAID_BEFORE}
        | i told (?:you|u)(?: (?:that|this|it))?
        | i (?:have |ve )?already (?:told (?:you|u)|said|mentioned)(?: (?:it|that|this))? about(?: [a-z]+){{1,5}}
        | i (?:told (?:you|u)|said|mentioned)(?: (?:it|that|this))? about(?: [a-z]+){{1,4}} (?:already|before|earlier)
        | (?:as|like) i (?:have |ve )?(?:already )?said{_SAID} | i said (?:that|this|it|so) | (?:see|as) above
        | (?:the )?same as (?:before|above|i said(?: before)?)
        | (?:you|u) (?:have |ve )?(?:already |just )?asked (?:me )?(?:that|this|it)(?: already| before| just now)*""",
    "continue": r"""
        (?:(?:yes|yeah|yep|yup|ya|y|ok|okay|sure|ready|go|start|begin|continue|resume|go on|go ahead|carry on|keep going
            |fine|right|alright|all right|good|agreed|i agree|(?:i am|i m|im|am) (?:ready|back)|back|hello again|i am
            |(?:i )?(?:have )?read (?:this|it|the plan)|now|and)(?:\s+|$))+""",
}


_WELSH: Mapping[str, Wish] = {
    "hepgor": "skip",
    "nesaf": "skip",
    "oedi": "pause",
    "saib": "pause",
    "stopio": "stop",
    "gorffen": "stop",
    "dyna r cyfan": "nothing to add",
    "dim byd i w ychwanegu": "nothing to add",
    "awgrym": "hint",
    "help": "hint",
    "cymorth": "hint",
    "mewn geiriau eraill": "rephrase",
    "beth mae hynny n ei feddwl": "rephrase",
    "dwi ddim yn deall": "rephrase",
    "dywedais hynny eisoes": "said already",
    "parhau": "continue",
    "ymlaen": "continue",
    "barod": "continue",
    "iawn": "continue",
}


def _compiled(phrases: str) -> re.Pattern[str]:
    """One pattern of the phrases: line breaks, and a bar with a space on both sides, are layout."""
    return re.compile(re.sub(r"\s*\n\s*", "", re.sub(r"\s+\|\s", "|", phrases)))


_PATTERNS = tuple((wish, _compiled(phrases)) for wish, phrases in _PHRASES.items())


def wish_of(text: str) -> Wish:
    """The wish that the whole message is, in English or Welsh, else "answer". A wish inside an answer is part of it."""
    if len(text) > _LONGEST_WISH:
        return "answer"
    if (said := " ".join(re.findall(r"\w+", text.casefold()))) in _WELSH:
        return _WELSH[said]
    words = " ".join(re.findall(r"[a-z]+", text.lower()))
    bare = _TAIL.sub("", words)
    for candidate in (words, bare, _FRAME.sub("", bare, count=1).strip()):
        for wish, pattern in _PATTERNS:
            if candidate and pattern.fullmatch(candidate):
                return wish
    return "answer"

"""The words of an answer as people type them on a phone: where they stand, and what they count as."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import simplemma

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SHORT = 2
NEGATED_AUXILIARY = re.compile(
    r"(do|does|did|is|are|was|were|have|has|had|would|should|could|ca|can|wo|must|need|ai)n'?t"
)
CLITIC = re.compile(r"(?<=\w)'(?:s|m|ve|re|ll|d)$")
SUFFIXES = {
    4: ("ational", "ation", "ition", "ement", "ment", "ship", "ness", "tion", "sion", "ance", "ence", "able", "ible",
        "ity", "ive", "ate", "ise", "ing", "ant", "ent", "ion", "ed"),
    5: ("al", "ly", "e", "y"),
}  # fmt: skip
ENDINGS = tuple((least, ending) for least, endings in SUFFIXES.items() for ending in endings)
COMPUTERS_FOLLOW = frozenset(
    ("failure", "failures", "failing", "fails", "failed", "down", "crash", "crashes", "crashed", "crashing",
     "system", "systems", "problem", "problems", "issue", "issues", "department", "equipment", "support",
     "breakdown", "outage", "goes", "went", "team")
)  # fmt: skip
PHONE_SPELLINGS = {
    "u": "you", "ur": "your", "r": "are", "n": "and", "cos": "because", "coz": "because", "cuz": "because",
    "cus": "because", "bc": "because", "bcos": "because", "becuase": "because", "becos": "because", "ppl": "people",
    "b4": "before", "dnt": "don't", "dont": "don't", "cust": "customer", "custs": "customers", "cus's": "customers",
    "mgr": "manager", "mgrs": "managers", "mgmt": "management", "thru": "through", "wot": "what", "wen": "when",
    "comms": "communication", "info": "information", "docs": "documents", "stats": "statistics", "dept": "department",
    "depts": "departments", "org": "organisation", "txt": "text", "txts": "texts", "msg": "message",
    "msgs": "messages", "convo": "conversation", "convos": "conversations", "hols": "holidays", "kpis": "kpi",
    "slas": "sla", "shud": "should",
    "wud": "would", "cud": "could", "hav": "have", "nd": "and", "wiv": "with", "tele": "telephone", "gonna": "going",
    "wanna": "want", "dunno": "don't know", "behavior": "behaviour", "behaviors": "behaviours", "ads": "adverts",
    "ad": "advert", "telly": "tv", "television": "tv", "email's": "emails", "e-mail": "email", "cannot": "can't",
    "temps": "temp", "reps": "rep", "wud've": "would have", "nobodys": "nobody", "no1": "nobody", "some1": "someone",
    "every1": "everyone", "any1": "anyone", "tho": "though", "abt": "about", "pls": "please",
}  # fmt: skip
CONFUSED = {
    "manger": "manager", "mangers": "managers", "costumer": "customer", "costumers": "customers",
    "compliant": "complaint", "compliants": "complaints", "moral": "morale", "stuff": "staff", "rolls": "roles",
    "sails": "sales", "massage": "message", "massages": "messages", "manor": "manner", "filled": "field",
    "trail": "trial", "polices": "policies", "prices": "prices", "finical": "financial", "breech": "breach",
    "bard": "board", "attentions": "attention", "rotor": "rota", "rotors": "rotas", "coarse": "course",
    "tone's": "tone", "sight": "site", "advise": "advice", "practise": "practice", "loose": "lose", "loosing": "losing",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word: characters start..end of the text, the plain word it stands for, and its family (stem of the lemma)."""

    start: int
    end: int
    word: str
    family: str


def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` in order; "don't" and "dunno" become several tokens over the same characters."""
    shouted = text.upper() == text
    found = list(WORD.finditer(text))
    result: list[Token] = []
    for place, match in enumerate(found):
        following = found[place + 1].group().lower() if place + 1 < len(found) else ""
        raw = match.group()
        if raw.lower() == "it" and ((raw == "IT" and not shouted) or following in COMPUTERS_FOLLOW):
            words: tuple[str, ...] = ("computers",)
        else:
            words = plain_words(raw)
        result.extend(Token(match.start(), match.end(), word, family(word)) for word in words)
    return tuple(result)


@lru_cache(maxsize=16384)
def plain_words(raw: str) -> tuple[str, ...]:
    """The plain lower-case words that one typed word stands for: "Dont" -> do, not; "ppl" -> people."""
    return tuple(_plain_words(raw.lower().replace("’", "'")))


def _plain_words(typed: str) -> Iterator[str]:
    for word in PHONE_SPELLINGS.get(typed, typed).split():
        negated = NEGATED_AUXILIARY.fullmatch(word)
        if negated:
            yield from ({"ca": "can", "wo": "will", "ai": "is"}.get(negated[1], negated[1]), "not")
        else:
            yield CLITIC.sub("", word).replace("'", "")


@lru_cache(maxsize=16384)
def lemma(word: str) -> str:
    """The dictionary form, British spelling kept: "listening" -> "listen"."""
    if word == "goods":  # the list says "good"
        return word
    found: str = simplemma.lemmatize(word, lang="en") if len(word) > SHORT else word
    return found.lower()


@lru_cache(maxsize=16384)
def is_english(word: str) -> bool:
    """Whether the word list knows it, so that spelling repair leaves it alone."""
    known: bool = simplemma.is_known(word, lang="en")
    return known


@lru_cache(maxsize=16384)
def family(word: str) -> str:
    """What related forms share: observe, observing and observation give "observ". Never shown to anybody."""
    stem = lemma(word).replace("ize", "ise").replace("yze", "yse")
    for _ in range(2):
        stem = next((stem[: -len(end)] for least, end in ENDINGS if _leaves(stem, end, least)), stem)
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem  # noqa: PLR2004 - "shopp", not "see"


def _leaves(stem: str, ending: str, least: int) -> bool:
    return stem.endswith(ending) and len(stem) - len(ending) >= least

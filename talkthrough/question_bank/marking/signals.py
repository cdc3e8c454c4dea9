"""Language signals of an answer: a reason, an example, a judgement ... What is said, never how good it is.

The slots are those of the command verbs (assessment-practice.md sections 1.3, 2.1 and 3.1); the words that show them
are data (`data/signals.txt`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from talkthrough.question_bank.marking.lexicon import data_lines
from talkthrough.question_bank.marking.model import Signals, Words

LISTS = {
    "WEEKDAY": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "MONTH": (
        "jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
        "dec(?:ember)?"
    ),
    "SEASON": (
        "(?:spring|summer|autumn|winter|christmas|easter|black friday|half term|bank holiday)"
        "(?: holidays?| term| season| sales?)?"
    ),
    "PERSON": (
        "customers?|residents?|guests?|patients?|clients?|visitors?|tenants?|passengers?|students?|pupils?|learners?|"
        "members?|callers?|shoppers?|diners?|users?|parents?|mums?|mothers?|dads?|fathers?|sons?|daughters?|famil(?:y|ies)|"
        "couples?|(?:wo)?m[ae]n|lad(?:y|ies)|guys?|gentlem[ae]n|persons?|people|child(?:ren)?|boys?|girls?|lads?|"
        "colleagues?|managers?|supervisors?|boss(?:es)?|suppliers?|drivers?|nurses?"
    ),
    "PAST": (
        r"(?:was|were|did|had|went|told|asked|took|made|gave|found|got|saw|said|came|rang|spoke|wrote|sent|set|put|ran|"
        r"held|dealt|chose|led|kept|met|built|brought|bought|thought|felt|began|drew|let|taught|sold|lost|fell|"
        r"(?!(?:need|feed|speed|exceed|proceed|succeed|indeed|based)\b)\w{2,}ed)"
    ),
}
SPAN = rf"(?:day|morning|afternoon|evening|night|week|weekend|month|year|shift|time|{LISTS['WEEKDAY']})"
ROUTINE = re.compile(
    rf"\b(?:(?:every|each) (?:\w+ )?{SPAN}|always|usually|normally|often|sometimes|daily|weekly|monthly|"
    rf"(?:once|twice) an? {SPAN}|(?:{LISTS['WEEKDAY']}) to (?:{LISTS['WEEKDAY']}))\b",
    re.IGNORECASE,
)
AT_ANY_TIME = re.compile(
    rf"\b(?:whenever|(?:when|if|any ?time) (?:an?|any|some|new|one|{LISTS['PERSON']}))\b", re.IGNORECASE
)
TELLS_OF_PAST = re.compile(rf"(?<!\bam )(?<!\bis )(?<!\bare )(?<!\bbe )\b{LISTS['PAST']}\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+")
FEW_WORDS = 5
JOBS = (
    "manager|supervisor|colleague|boss|customer|team leader|assistant|member|director|mate|trainee|guy|lady|woman|man"
)
NAMED = "[A-Z][a-z]{2,14}"
THIRD_PARTY_NAME = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? {NAMED}\b|(?i:\b(?:{JOBS})(?: called| named|,)?) (?!I\b)({NAMED}\b)|"
    rf"(?i:\bcalled|\bnamed|\bname is|\bname was) ({NAMED})\b|(?<=[a-z,] )({NAMED} [A-Z][a-z]{{2,}})\b"
)
NOT_NAMES = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Christmas|Easter|Facebook|Google|Twitter|Instagram|Excel|Teams|Zoom|Microsoft|English|Customer|"
    r"Unit|Service|Manager|The|And|But|Then|When|They|There|This|That|What|With|From|Key|Performance|Head|Office|She|"
    r"His|Her|Our|You|Not|Who|Was|Has|Had|Said|Because|After|Before|Once)\b"
)


def signals(answer: str) -> Signals:
    """Which signals the answer shows. `third_party_name` asks the learner to use a role instead."""
    return as_signals(signal_words(answer))


def as_signals(found: Mapping[str, Words]) -> Signals:
    """The signals that have words."""
    return Signals(**{name: name in found for name in Signals.__dataclass_fields__})


def signal_words(answer: str) -> dict[str, Words]:
    """The first words that show each signal present in the answer. What really happened is an example, too."""
    found = {}
    for name, patterns in _patterns().items():
        places = [words for pattern in patterns if (words := pattern.first_in(answer))]
        if places:
            found[name] = min(places, key=lambda words: words.start)
    if "real_event" in found:
        found.setdefault("example", found["real_event"])
    named = _third_party(answer)
    return found | ({"third_party_name": named} if named else {})


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The expressions of a signal that need the same of the sentence they stand in: `mark` is "", "~" or "~~"."""

    expression: re.Pattern[str]
    mark: str

    def first_in(self, answer: str) -> Words | None:
        """The first words that fit."""
        for match in self.expression.finditer(answer):
            if match.group().strip() and self._fits(answer, match):
                return Words(match.start(), match.end(), match.group())
        return None

    def _fits(self, answer: str, match: re.Match[str]) -> bool:
        if not self.mark:
            return True
        spans = (each.span() for each in SENTENCE.finditer(answer))
        sentence = next((answer[first:last] for first, last in spans if first <= match.start() < last), answer)
        is_past = bool(TELLS_OF_PAST.search(sentence))
        if ROUTINE.search(sentence) or (AT_ANY_TIME.search(sentence) and not is_past):
            return False
        return self.mark == "~" or is_past or len(sentence.split()) <= FEW_WORDS


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, tuple[_Pattern, ...]]:
    lines: dict[str, dict[str, list[str]]] = {}
    for line in data_lines("signals.txt"):
        if line.startswith("["):
            lines[line.strip("[]")] = defaultdict(list)
        else:
            plain = line.lstrip("~")
            lines[next(reversed(lines))][line[: -len(plain)]].append(_alternative(plain))
    flags = re.IGNORECASE | re.MULTILINE
    return {
        name: tuple(_Pattern(re.compile("|".join(_joined(some)), flags), mark) for mark, some in marked.items())
        for name, marked in lines.items()
    }


def _alternative(line: str) -> str:
    for name, listed in LISTS.items():
        line = line.replace(name, f"(?:{listed})")
    return line


def _joined(lines: list[str]) -> Iterator[str]:
    """Whole words together, then the expressions that stand as they are."""
    words = [line for line in lines if not line.startswith("=")]
    if words:
        yield rf"\b(?:{'|'.join(words)})\b"
    yield from (line[1:] for line in lines if line.startswith("="))


def _third_party(answer: str) -> Words | None:
    for match in THIRD_PARTY_NAME.finditer(answer):
        name = next((group for group in match.groups() if group), match.group())
        if not NOT_NAMES.search(name):
            start = match.start() + match.group().rindex(name)
            return Words(start, start + len(name), name)
    return None

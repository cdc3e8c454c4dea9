"""Language signals of an answer: a reason, an example, a judgement ... What is said, never how good it is.

The slots are those of the command verbs (assessment-practice.md sections 1.3, 2.1 and 3.1); the words that show them
are data (`data/signals.txt`).
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from talkthrough.question_bank.marking.lexicon import data_lines
from talkthrough.question_bank.marking.model import Signals, Words

LISTS = {
    "WEEKDAY": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "MONTH": (
        "jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|"
        "dec(?:ember)?"
    ),
    "PAST": (
        r"(?:was|were|did|had|went|told|asked|took|made|gave|found|got|saw|said|came|rang|spoke|wrote|sent|set|put|ran|"
        r"held|dealt|chose|led|kept|met|built|brought|bought|thought|felt|began|drew|let|taught|\w{2,}ed)"
    ),
}
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
    """The first words that show each signal present in the answer."""
    found = {}
    for name, pattern in _patterns().items():
        match = pattern.search(answer)
        if match and match.group().strip():
            found[name] = Words(match.start(), match.end(), match.group())
    named = _third_party(answer)
    return found | ({"third_party_name": named} if named else {})


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    alternatives: dict[str, list[str]] = {}
    for line in data_lines("signals.txt"):
        if line.startswith("["):
            alternatives[line.strip("[]")] = []
        else:
            alternatives[next(reversed(alternatives))].append(_alternative(line))
    flags = re.IGNORECASE | re.MULTILINE
    return {name: re.compile("|".join(_joined(lines)), flags) for name, lines in alternatives.items()}


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

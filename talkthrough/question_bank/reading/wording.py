"""What the wording of a criterion says: its command verbs, kind, listed items and quantity."""

import re
import tomllib
from importlib.resources import files

from talkthrough.question_bank.specification import CriterionKind, OutcomeKind

_WORDS = tomllib.loads(files(__package__).joinpath("criterion_words.toml").read_text(encoding="utf-8"))
THINKING_VERBS = frozenset(_WORDS["thinking"])
DOING_VERBS = frozenset(_WORDS["doing"])
VERBS = THINKING_VERBS | DOING_VERBS
NOUN_LIKE = frozenset(_WORDS["noun_like"])
DETERMINERS = frozenset(_WORDS["determiners"])
PARTICLES = {verb: frozenset(particles) for verb, particles in _WORDS["particles"].items()}

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
SUBORDINATE = re.compile(
    r"\b(?:how|why|whether|ways (?:in|of|to)|used to|in order to|so that|needed to|required to|able to|likely to)\b",
    re.IGNORECASE,
)
FURTHER = re.compile(
    r"(?:,|\band\b|\bor\b|\bthen\b)\s+(?:and\s+|then\s+|where \w+,\s+"
    r"|also\s+)?([a-z-]+)(?=\s+([\w'’-]+))",
    re.IGNORECASE,
)
DEMAND = re.compile(r"\b(?:must|should|needs? to|required to|has to|have to|will need)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
BRACKETS = re.compile(r"\(([^()]+)\)\W*$")
INTRODUCED = re.compile(r"(?:\bincluding|\bsuch as|\bnamely|:)\s+(.+)$", re.IGNORECASE)
LONGEST_VERB = 30  # letters with "to"
LONGEST_ITEM = 5  # words; a longer "item" is the rest of the sentence
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_TIMES = r"(?!\s+(?:(?:different|separate|further)\s+)?(?:occasions?|times|hours?|days?|weeks?|months?|years?)\b)"
AT_LEAST = re.compile(
    rf"\b(?:at least|a minimum of|minimum of|no fewer than"
    rf"|not less than)\s+({'|'.join(NUMBERS)}|\d{{1,2}})\b{_TIMES}",
    re.IGNORECASE,
)
COUNTED = re.compile(rf"[a-z]+(?: and [a-z]+)?\s+({'|'.join(NUMBERS)})\s+(?:[a-z-]+ )?[a-z]+s\b{_TIMES}", re.IGNORECASE)
ALL_LISTED = re.compile(r"\ball (?:of )?(?:the )?(?:following|listed|below|above|these)\b", re.IGNORECASE)
OPEN = re.compile(
    r"(?:\be\.?g\b\.?|\betc\b|\bfor example\b|\bsuch as\b|\bmay include\b|\bcould include\b)", re.IGNORECASE
)


def words_alone(text: str) -> str:
    """The words without marks and capitals, to see whether two lines say the same."""
    return " ".join(re.findall(r"\w+", text.lower()))


def command_verbs(text: str) -> tuple[str, ...]:
    """The criterion's verbs in order: the outer verb ("explain how to analyse" -> explain) and verbs joined to it.

    Empty where the statement starts with no verb (K statements).
    """
    words = WORD.findall(text)
    if not words:
        return ()
    start = 1 if words[0].lower().endswith("ly") and len(words) > 1 else 0
    first = words[start].lower()
    if first not in VERBS:
        return ()
    particle = words[start + 1].lower() if len(words) > start + 1 else ""
    outer = f"{first} {particle}" if particle in PARTICLES.get(first, frozenset()) else first
    return tuple(dict.fromkeys((outer, *_further_verbs(text))))


def _further_verbs(text: str) -> list[str]:
    subordinate = SUBORDINATE.search(text)
    main = text[: subordinate.start()] if subordinate else text
    found = []
    for match in FURTHER.finditer(main):
        word, following = match.group(1).lower(), match.group(2).lower()
        if (
            word in VERBS
            and (word not in NOUN_LIKE or following in DETERMINERS)
            and not _in_infinitive(main[max(0, match.start() - LONGEST_VERB) : match.start()])
        ):
            found.append(word)
    return found


def _in_infinitive(before: str) -> bool:
    """Whether "to train" stands right before ("to train and develop" is one purpose, not a second task)."""
    return bool(re.search(r"\bto [a-z-]+$", before.rstrip(), re.IGNORECASE))


def criterion_kind(outcome: OutcomeKind, text: str) -> CriterionKind:
    """Both the outcome's stem and the verb decide (assessment-practice.md section 3.2)."""
    if outcome == "knowledge":
        return "knowledge"
    verbs = command_verbs(text)
    return "competence-thinking" if verbs and verbs[0] in THINKING_VERBS else "competence-doing"


def outcome_kind(text: str, criteria: tuple[str, ...] = ()) -> OutcomeKind:
    """From the stem ("understand" or "be able to"), else from what most of its criteria ask for."""
    stem = text.lower().lstrip()
    if re.match(r"(?:be able to|can\b|demonstrate\b|carry out\b)", stem):
        return "competence"
    if re.match(r"(?:understand|know|be aware|gain an understanding|have (?:an? )?(?:knowledge|understanding))", stem):
        return "knowledge"
    first_verbs = [verbs[0] for verbs in map(command_verbs, criteria) if verbs]
    doing = sum(verb not in THINKING_VERBS for verb in first_verbs)
    return (
        "competence"
        if doing * 2 > len(first_verbs) or (not first_verbs and stem.split(" ")[0] in DOING_VERBS)
        else "knowledge"
    )


def inline_items(text: str) -> tuple[str, ...]:
    """Items listed within the criterion: a range in brackets, or after "including" or a colon; an abbreviation is
    none.
    """
    bracket = BRACKETS.search(text)
    if bracket and "," in bracket.group(1):
        return listed(bracket.group(1))
    introduced = INTRODUCED.search(text)
    if introduced and "," in introduced.group(1):
        items = listed(introduced.group(1))
        return items if all(len(item.split()) <= LONGEST_ITEM for item in items) else ()
    return ()


def listed(text: str) -> tuple[str, ...]:
    """The things of a list in a row, as printed: "labels, menus and notices etc" -> labels, menus, notices."""
    items = [item.strip() for item in re.sub(r"^\s*e\.?g\.?,?\s+", "", text, flags=re.IGNORECASE).split(",")]
    head, conjunction, tail = items[-1].rpartition(" and ")
    if conjunction:
        items[-1:] = [head.removeprefix("and ").strip(), tail]
    cleaned = (item.removeprefix("and ").strip(" .;") for item in items)
    return tuple(item for item in cleaned if item and item.lower() != "etc")


def required_quantity(text: str) -> int | None:
    """The number asked for ("at least three" -> 3, "describe two signs" -> 2); None where none is. How often or how
    long something is done is no number of things.
    """
    match = AT_LEAST.search(text) or (COUNTED.match(text) if command_verbs(text) else None)
    if not match:
        return None
    word = match.group(1).lower()
    return NUMBERS.get(word) or int(word)


def asks_for_all(text: str) -> bool:
    """Whether every listed item is asked for ("all of the following")."""
    return bool(ALL_LISTED.search(text))


def is_open_list(text: str) -> bool:
    """Whether eg, e.g., etc or "for example" leaves the list open."""
    return bool(OPEN.search(text))

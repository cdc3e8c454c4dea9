# ruff: noqa: SIM905 - word lists read better in a row
"""Item-writing flaws: what a test-wise learner could use, and what a tired one would stumble over."""

import re

from talkthrough.question_bank.item_review.cues import surface_cue
from talkthrough.question_bank.item_review.flaw import QUOTED, Reviewed, has_phrase
from talkthrough.question_bank.items.lists import definition_sentences, lists_of_unit
from talkthrough.question_bank.items.options import stands_out
from talkthrough.question_bank.items.question import QuestionKind
from talkthrough.question_bank.items.wording import FEEDBACK_LIMIT, OPTION_LIMIT, STEM_LIMIT
from talkthrough.question_bank.items.words import echoes, lemmas, same_thing, words
from talkthrough.question_bank.specification import Unit

ABSOLUTE = frozenset("always never only every everyone everybody nobody none completely totally impossible".split())
VAGUE = frozenset(
    "often usually sometimes frequently rarely occasionally generally normally typically probably maybe might".split()
)
NEGATIVE = frozenset("not no never except cannot without neither nor isn't aren't doesn't don't won't can't".split())
VERDICTS = frozenset("met meets pass passed competent achieved sufficient fail failed".split())
LONGEST_SENTENCE = 25
TIMES, CHARACTERS = 3, 40  # difference between options that draws the eye
FEWEST_OPTIONS, MOST_OPTIONS = 3, 4
_CATCH_ALL = re.compile(
    r"\b(?:all|none|both|neither) of (?:the above|these|them|those)\b|\bboth a and b\b", re.IGNORECASE
)
_QUESTION_WORD = r"(?:what|why|how|who|when|where|which)"
_DOUBLE = re.compile(
    rf"\b{_QUESTION_WORD}\b[^?.]*(?:,| and| or) (?:and |or )?{_QUESTION_WORD}\b[^?.]*\?", re.IGNORECASE
)
_CLOSED = re.compile(
    r"^(?:do|does|did|don't|is|are|isn't|can|could|should|would|have|has) (?:you|it|they|we|there|not)\b", re.IGNORECASE
)
_NAMES = re.compile(
    r"\bwho (?:was|is|were) the (?:customer|colleague|client)|"
    r"\bname (?:of )?(?:the|your|a) (?:customer|colleague|client|manager)",
    re.IGNORECASE,
)


def longest_key(item: Reviewed) -> str:
    """The right option is much longer than each wrong one."""
    if item.key is None or not item.wrong or not stands_out(item.key, item.wrong):
        return ""
    longest = max(len(option.text) for option in item.wrong)
    return f"The right option has {len(item.key.text)} characters, the longest wrong one {longest}."


def absolute_term(item: Reviewed) -> str:
    """Words like "always" and the like give an option away."""
    return _term_in_options(item, ABSOLUTE, "allows no exception")


def vague_term(item: Reviewed) -> str:
    """Words like "usually" and the like can be read in two ways."""
    return _term_in_options(item, VAGUE, "is vague")


def negative_stem(item: Reviewed) -> str:
    """A learner in a hurry reads over a negative."""
    found = [word for word in words(item.asking) if word in NEGATIVE]
    return f"The question asks with “{found[0]}”. Ask for what is so." if found and item.question.is_tapped else ""


def catch_all(item: Reviewed) -> str:
    """A catch-all like "all of the above" can be worked out from two options."""
    found = [option.text for option in item.question.options if _CATCH_ALL.search(option.text)]
    return f"“{found[0]}” can be worked out without knowing the answer." if found else ""


def grammatical_cue(item: Reviewed) -> str:
    """The last word of the stem fits the right option only."""
    last = (words(item.question.stem) or ("",))[-1]
    if item.key is None or last not in ("a", "an"):
        return ""
    fitting = [option for option in item.question.options if (option.text[:1].lower() in "aeiou") == (last == "an")]
    return f"After “{last}” only the right option fits." if fitting == [item.key] else ""


def stem_echo(item: Reviewed) -> str:
    """A word of the stem comes again in the right option and in no wrong one."""
    if item.key is None:
        return ""
    echoed = echoes(item.key.text, item.question.stem)
    echoed -= frozenset().union(*(echoes(option.text, item.question.stem) for option in item.wrong))
    return f"“{min(echoed)}” stands in the stem and in the right option only." if echoed else ""


def convergence(item: Reviewed) -> str:
    """The right option shares most with the others, so it can be found by counting."""
    if item.key is None or item.is_kind(QuestionKind.SEQUENCE) or len(item.wrong) < FEWEST_OPTIONS - 1:
        return ""
    shared = {option: _shared_words(option.text, item) for option in item.question.options}
    most = shared.pop(item.key)
    is_alone = most > 1 and all(most > other for other in shared.values())
    return "The right option shares more words with the others than any wrong one does." if is_alone else ""


def overlapping_options(item: Reviewed) -> str:
    """One option contains another, so both are right or both are wrong."""
    if item.is_kind(QuestionKind.SEQUENCE):
        return ""
    texts = [option.text for option in item.question.options]
    for place, one in enumerate(texts):
        for other in texts[place + 1 :]:
            if one.lower() == other.lower() or (same_thing(one, other) and not _both_printed(one, other, item.unit)):
                return f"“{one}” and “{other}” say much the same."
    return ""


def unequal_form(item: Reviewed) -> str:
    """Options that differ in form draw the eye."""
    texts = [option.text for option in item.question.options]
    if len({text.rstrip().endswith((".", ";")) for text in texts}) > 1:
        return "Some options end with a full stop and some do not."
    if len({bool(re.fullmatch(r"[\d.,%]+", text)) for text in texts}) > 1:
        return "Some options are figures and some are words."
    lengths = [len(text) for text in texts if not _is_printed(text, item.unit)]
    uneven = len(lengths) > 1 and max(lengths) > TIMES * min(lengths) and max(lengths) - min(lengths) > CHARACTERS
    return f"One option has {min(lengths)} characters and one has {max(lengths)}." if uneven else ""


def two_questions(item: Reviewed) -> str:
    """One task at a time (Q5)."""
    if item.own_stem.count("?") > 1:
        return "The stem asks more than one question."
    found = _DOUBLE.search(item.own_stem)
    return f"“{found[0]}” asks two things at once." if found else ""


def reading_level(item: Reviewed) -> str:
    """Short sentences (Q9); what is quoted from the document does not count."""
    texts = [
        item.own_stem,
        *(option.text for option in item.question.options if not _is_printed(option.text, item.unit)),
    ]
    for sentence in (part for text in texts for part in re.split(r"(?<=[.!?:])\s+", text)):
        if len(words(sentence)) > LONGEST_SENTENCE:
            return f"A sentence has {len(words(sentence))} words; {LONGEST_SENTENCE} is the limit."
    return ""


def phone_limits(item: Reviewed) -> str:
    """A quiz poll's limits (Q10)."""
    question = item.question
    if len(question.stem) > STEM_LIMIT:
        return f"The stem has {len(question.stem)} characters; {STEM_LIMIT} fit."
    if long := [option.text for option in question.options if len(option.text) > OPTION_LIMIT]:
        return f"“{long[0][:40]}…” has {len(long[0])} characters; {OPTION_LIMIT} fit."
    if question.is_tapped and len(question.feedback) > FEEDBACK_LIMIT:
        return f"The feedback has {len(question.feedback)} characters; {FEEDBACK_LIMIT} fit."
    return ""


def options_count(item: Reviewed) -> str:
    """Three or four options, exactly one of them right."""
    if not item.question.is_tapped:
        return ""
    keys = sum(option.is_key for option in item.question.options)
    if keys != 1:
        return f"{keys} options are marked as right; one must be."
    count = len(item.question.options)
    return "" if FEWEST_OPTIONS <= count <= MOST_OPTIONS else f"It has {count} options; three or four are needed."


def verdict(item: Reviewed) -> str:
    """The tool never states a decision (Q11)."""
    own = QUOTED.sub("", f"{item.question.feedback} {item.question.supports}")
    found = [word for word in words(own) if word in VERDICTS]
    return f"“{found[0]}” sounds like an assessor's decision." if found else ""


def closed_question(item: Reviewed) -> str:
    """A question that can be answered by yes leads the learner."""
    closed = not item.question.is_tapped and _CLOSED.match(item.asking.strip())
    return "It can be answered with yes or no." if closed else ""


def names_people(item: Reviewed) -> str:
    """No customer's or colleague's name is asked for (Q12)."""
    return "It asks for a person's name. Ask for a role." if _NAMES.search(item.own_stem) else ""


def writes_for_the_learner(item: Reviewed) -> str:
    """The learner's words are the learner's: no opening sentence is offered in the first person."""
    first_person = re.search(r"\b(?:I|my|we|our)\b", item.own_stem)
    return "It speaks in the learner's place (“I”, “we”)." if first_person else ""


def _term_in_options(item: Reviewed, terms: frozenset[str], trouble: str) -> str:
    for option in item.question.options:
        found = [word for word in words(option.text) if word in terms]
        if found and not _is_printed(option.text, item.unit):
            return f"“{found[0]}” in “{option.text}” {trouble}."
    return ""


def _shared_words(text: str, item: Reviewed) -> int:
    others = [option.text for option in item.question.options if option.text != text]
    return sum(lemma in lemmas(other) for lemma in lemmas(text) for other in others)


def _both_printed(one: str, other: str, unit: Unit) -> bool:
    return _is_printed(one, unit) and _is_printed(other, unit)


def _is_printed(text: str, unit: Unit) -> bool:
    """Whether the unit prints this option: a listed point, a heading, a definition, a criterion."""
    printed = (part for listed in lists_of_unit(unit) for part in (listed.term, *listed.texts))
    if any(text == part for part in printed):
        return True
    prose = [criterion.text for criterion in unit.criteria]
    prose += [
        sentence
        for criterion in unit.criteria
        for guidance in criterion.guidance
        for sentence in definition_sentences(guidance)
    ]
    return any(has_phrase(part, text) for part in prose if len(part) >= len(text))


RULES = {
    "longest-option": longest_key,
    "absolute-term": absolute_term,
    "vague-term": vague_term,
    "negative-stem": negative_stem,
    "all-or-none-of-the-above": catch_all,
    "grammatical-cue": grammatical_cue,
    "stem-echo": stem_echo,
    "convergence": convergence,
    "surface-cue": surface_cue,
    "overlapping-options": overlapping_options,
    "unequal-form": unequal_form,
    "two-questions": two_questions,
    "reading-level": reading_level,
    "phone-limits": phone_limits,
    "options-count": options_count,
    "verdict": verdict,
    "closed-question": closed_question,
    "names-people": names_people,
    "writes-for-the-learner": writes_for_the_learner,
}

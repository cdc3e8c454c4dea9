"""Every list a unit prints: guidance lists, enumerations inside criteria and guidance prose, evidence, content.

One shape for all, so that one model asks from them and one check finds what is listed twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.enumerations import FEWEST, enumerated
from talkthrough.question_bank.items.shared_guidance import is_about
from talkthrough.question_bank.items.wording import gapped, label, lead, shown, tidy
from talkthrough.question_bank.items.words import same_thing
from talkthrough.question_bank.specification import AssessmentCriterion, Guidance, GuidanceItem, SourceSpan, Unit

Origin = Literal["guidance", "criterion", "prose", "content"]

# Guidance prose announces an enumeration by one of these (Unit 20: "legislation, for example relating to ...").
_ANNOUNCED = re.compile(
    r"\b(for example relating to|such as|assessing|acquired through|including) "
    r"((?:[^,.;:]+, )+[^,.;:]+? and [^,.;:]+)"
)
_UNHEADED = "the list for"
_CONTENT_EXAMPLES = re.compile(r"([^;:.,]+), e\.g\. ([^;]+)")


@dataclass(frozen=True, slots=True)
class Listed:
    """One list. `term` names it to a learner (“Monitoring techniques”); `gap` is the sentence it was taken from,
    with the list left out, where it stands inside a sentence.
    """

    term: str
    items: tuple[GuidanceItem, ...]
    span: SourceSpan
    origin: Origin
    is_open: bool = False
    gap: str = ""
    owner: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything it lists, nested points included."""
        return tuple(text for item in self.items for text in (shown(item), *item.children))

    @property
    def place(self) -> str:
        """Where a point of it stands, in words: "under “Resources”", "in AC 2.4"."""
        return f"under “{self.term}”" if self.has_heading else f"in {self.term}"

    @property
    def has_heading(self) -> bool:
        """Whether the document prints a heading over it."""
        return self.origin in ("guidance", "content") and not self.term.startswith(_UNHEADED)

    @property
    def role(self) -> str:
        """Its part in the identity of questions: never from a printed number."""
        return slug(self.term) if self.origin == "guidance" and self.has_heading else self.origin

    @property
    def nested(self) -> "tuple[Listed, ...]":
        """Lists that stand inside one of its points: rotas, schedules and workloads under "staff"."""
        return tuple(
            Listed(
                shown(item).split(" (")[0],
                tuple(GuidanceItem(child, item.span) for child in item.children),
                item.span,
                self.origin,
                self.is_open,
                owner=self.owner,
            )
            for item in self.items
            if item.children
        )

    def holds(self, text: str) -> bool:
        """Whether it lists this, or something near it."""
        return any(same_thing(text, listed) for listed in self.texts)

    def overlaps(self, other: "Listed") -> bool:
        """Whether any point of the other list is on this one."""
        return any(self.holds(text) for text in other.texts)


@lru_cache(maxsize=1024)
def lists_of_criterion(criterion: AssessmentCriterion, unit: Unit) -> tuple[Listed, ...]:
    """The lists that a question for this criterion may be asked from, without those shown for display only."""
    found = [_guidance_list(guidance, criterion) for guidance in criterion.guidance if _is_list(guidance)]
    found += _criterion_list(criterion)
    for guidance in criterion.guidance:
        if guidance.text and guidance.kind == "narrative" and not guidance.display_only:
            found += _prose_lists(guidance, criterion, unit)
    return tuple(one for place, one in enumerate(found) if not any(_repeats(one, other) for other in found[:place]))


def _repeats(one: Listed, other: Listed) -> bool:
    """Whether `one` prints again what `other` has printed (401 4.1 names its six points twice)."""
    return all(other.holds(text) for text in one.texts)


@lru_cache(maxsize=64)
def lists_of_unit(unit: Unit) -> tuple[Listed, ...]:
    """All lists of a unit, those for display only included: nothing on any of them may count as wrong by accident."""
    found: list[Listed] = []
    for criterion in unit.criteria:
        found += lists_of_criterion(criterion, unit)
        found += [
            _guidance_list(guidance, criterion)
            for guidance in criterion.guidance
            if guidance.kind == "list" and guidance.display_only
        ]
    found += list(_content_lists(unit))
    return tuple({(one.span, one.term, one.texts): one for one in found}.values())


def is_definition(guidance: Guidance) -> bool:
    """Whether the guidance says what a term means, as against what a candidate has to do."""
    text = guidance.text or ""
    is_task = re.search(r"\b(candidate|learner)s?\b", text, re.IGNORECASE)
    return guidance.kind != "list" and bool(text and lead(guidance.heading or "")) and not is_task


def definition_sentences(guidance: Guidance) -> tuple[str, ...]:
    """The sentences that say what the term means, without a note of their source: the first is the meaning itself."""
    parts = re.split(r"(?<=\.)\s+", (guidance.text or "").strip())
    return tuple(tidy(part) for part in parts if part and not part.startswith("("))


def _is_list(guidance: Guidance) -> bool:
    return bool(guidance.items) and not guidance.display_only


def _guidance_list(guidance: Guidance, criterion: AssessmentCriterion) -> Listed:
    heading = lead(guidance.heading or "")
    term = heading or f"{_UNHEADED} {label(criterion)}"
    gap = "" if heading else gapped(criterion.text, tuple(item.text for item in guidance.items)) or ""
    return Listed(term, guidance.items, guidance.span, "guidance", guidance.is_open, gap, criterion.key)


def _criterion_list(criterion: AssessmentCriterion) -> list[Listed]:
    texts = criterion.sub_points or max(criterion.inline_items, enumerated(criterion.text), key=len)
    if len(texts) < FEWEST:
        return []
    items = tuple(GuidanceItem(tidy(text), criterion.span) for text in texts)
    gap = f"{criterion.text.rstrip(' :')} …" if criterion.sub_points else gapped(criterion.text, texts) or ""
    return [Listed(label(criterion), items, criterion.span, "criterion", gap=gap, owner=criterion.key)] if gap else []


def _prose_lists(guidance: Guidance, criterion: AssessmentCriterion, unit: Unit) -> Iterator[Listed]:
    sentences = re.split(r"(?<=\.)\s+", guidance.text or "")
    for sentence in (one for one in sentences if is_about(one, criterion, guidance, unit)):
        for found in _ANNOUNCED.finditer(sentence):
            *first, rest = found[2].split(", ")
            items = tuple(GuidanceItem(tidy(text), guidance.span) for text in (*first, *rest.split(" and ", 1)))
            before = re.split(r"[,;] |\band ", sentence[: found.start()].rstrip(" ,"))[-1].split()[-12:]
            gap = f"{' '.join(before)}{',' if 'example' in found[1] else ''} {found[1]} …"
            is_open = found[1] in ("such as", "for example relating to")
            yield Listed(
                f"the guidance for {label(criterion)}", items, guidance.span, "prose", is_open, gap, criterion.key
            )


def _content_lists(unit: Unit) -> Iterator[Listed]:
    """What stands after "e.g." in unit content: grouped by topic, so never asked from."""
    for topic in unit.content_topics:
        for found in _CONTENT_EXAMPLES.finditer(f"{topic.heading}: {topic.text}"):
            items = tuple(GuidanceItem(tidy(text), topic.span) for text in found[2].split(", "))
            yield Listed(f"{topic.heading}: {found[1].strip()}", items, topic.span, "content", is_open=True)

"""Guidance blocks and the criteria they belong to.

Only marked or named terms link (assessment-practice.md section 4.6): bold text is matched as a whole phrase, never by
its head word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from talkthrough.question_bank.reading.wording import is_open_list
from talkthrough.question_bank.specification import Guidance, GuidanceItem, GuidanceKind, SourceSpan

QUOTED = re.compile(r"[\"“”]\s*([^\"“”]{3,60}?)\s*[\"“”]")
NESTED = re.compile(r"^([^,:;–-]{2,40}?)\s*[-–:]\s+(.+,.+)$")
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "this",
        "to",
        "with",
        "who",
        "what",
        "which",
        "should",
    ]
)
SHORTEST_INFLECTED = 4  # letters; shorter words keep their ending
SUFFIXES = re.compile(r"(?:ations?|ation|ings?|ments?|ing|ed|es|s)$")


@dataclass(slots=True)
class GuidanceBlock:
    """One heading of the guidance with what stands under it, while it is being read."""

    heading: str | None
    terms: tuple[str, ...]
    first: int
    last: int
    texts: list[str] = field(default_factory=list)
    items: list[GuidanceItem] = field(default_factory=list)

    def finished(self) -> Guidance:
        """The block as the specification keeps it."""
        text = "\n".join(self.texts)
        whole = " ".join([self.heading or "", text, *(item.text for item in self.items)])
        return Guidance(
            heading=self.heading,
            kind=self._kind(text),
            span=SourceSpan(self.first, self.last),
            items=tuple(self.items),
            is_open=is_open_list(whole),
            text=None if not text or is_only_eg(text) else text,
        )

    def _kind(self, text: str) -> GuidanceKind:
        if self.items:
            return "list"
        return "narrative" if not self.heading or re.search(r"\b(?:candidate|learner)s?\b", text) else "definition"


@dataclass(frozen=True, slots=True)
class Term:
    """How a criterion can be named by a heading: its text, its marked phrases, and the outcome it stands in."""

    criterion: int
    outcome: int
    text: str
    marked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A guidance block (by position) belongs to a criterion (by position)."""

    criterion: int
    guidance: Guidance


def is_only_eg(text: str) -> bool:
    """A paragraph that only says "eg"."""
    return re.fullmatch(r"\(?e\.?g\.?:?\)?", text.strip(), re.IGNORECASE) is not None


def guidance_item(text: str, span: SourceSpan) -> GuidanceItem:
    """One listed point; "staff- rotas, schedules, workloads" nests three."""
    nested = NESTED.match(text)
    children = tuple(child.strip() for child in nested.group(2).split(",")) if nested else ()
    return GuidanceItem(text, span, children)


def marked_phrases(text: str, bold: Sequence[str]) -> tuple[str, ...]:
    """The phrases of a criterion that the publisher marked: bold words and words in double quotes."""
    return (*bold, *(match.group(1) for match in QUOTED.finditer(text)))


def link_guidance(terms: Sequence[Term], blocks: Sequence[tuple[int, GuidanceBlock]]) -> list[Link]:
    """All links between criteria and guidance of one unit; `blocks` come with the outcome they are printed under."""
    links: list[Link] = []
    previous: list[int] = []
    for position, (outcome, block) in enumerate(blocks):
        guidance = block.finished()
        own = [term for term in terms if term.outcome == outcome]
        found = list(_own_links(block, own))
        if not found and position and block.items and _is_list_of(blocks[position - 1], outcome):
            found = [(criterion, "adjacent heading") for criterion in previous]
        previous = [criterion for criterion, _ in found]
        links.extend(Link(criterion, replace(guidance, attached_by=reason)) for criterion, reason in found)
        links.extend(_later_links(block, guidance, [term for term in terms if term.outcome > outcome], blocks))
    return sorted(links, key=lambda link: link.criterion)


def _is_list_of(previous: tuple[int, GuidanceBlock], outcome: int) -> bool:
    """Whether the block before asks for a number of things but lists none, so that the list under the next heading is
    its own.
    """
    return previous[0] == outcome and not previous[1].items and bool(previous[1].texts)


def _own_links(block: GuidanceBlock, terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
    names = _names(block)
    marked = [term for term in terms if any(_is_marked(name, term.marked) for name in names)]
    if marked:
        yield from ((term.criterion, "marked term") for term in marked)
        return
    for term in terms:
        if any(_is_named(name, term.text) for name in names):
            yield term.criterion, "named in the criterion"


def _later_links(
    block: GuidanceBlock, guidance: Guidance, terms: Sequence[Term], blocks: Sequence[tuple[int, GuidanceBlock]]
) -> Iterator[Link]:
    """A definition serves later outcomes too: linked where the term is marked there, shown only where it is merely
    named.
    """
    for term in terms:
        defined_there = any(outcome == term.outcome and _names(other) == _names(block) for outcome, other in blocks)
        if defined_there or not block.heading:
            continue
        if _is_marked(block.heading, term.marked):
            yield Link(
                term.criterion, replace(guidance, attached_by=f"defined in outcome {block_outcome(block, blocks)}")
            )
        elif not term.marked and _phrase(block.heading) in _phrase(term.text):
            reason = f"named; defined in outcome {block_outcome(block, blocks)}"
            yield Link(term.criterion, replace(guidance, display_only=True, attached_by=reason))


def block_outcome(block: GuidanceBlock, blocks: Sequence[tuple[int, GuidanceBlock]]) -> int:
    """The outcome under which the block is printed, counted from 1."""
    return next(outcome for outcome, other in blocks if other is block) + 1


def _names(block: GuidanceBlock) -> tuple[str, ...]:
    return (block.heading,) if block.heading else block.terms


def _is_marked(name: str, marked: Sequence[str]) -> bool:
    """Whether the name is one of the marked phrases, or one of the two that "and" joins in it."""
    wanted = _phrase(name)
    return any(wanted == part for phrase in marked for part in (_phrase(phrase), *map(_phrase, phrase.split(" and "))))


def _is_named(name: str, text: str) -> bool:
    """Whether the criterion names the heading: the same phrase, or all its content words in any form."""
    if _phrase(name) in _phrase(text):
        return True
    wanted = _stems(name)
    return len(wanted) > 1 and wanted <= _stems(text)


def _phrase(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "


def _stems(text: str) -> frozenset[str]:
    words = (word for word in re.findall(r"[a-z]+", text.lower()) if word not in STOP_WORDS)
    return frozenset(SUFFIXES.sub("", word) if len(word) > SHORTEST_INFLECTED else word for word in words)

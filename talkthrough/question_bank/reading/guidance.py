"""Guidance blocks and the criteria they belong to.

Only marked or named terms link (assessment-practice.md section 4.6): bold text is matched as a whole phrase, never by
its head word.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from talkthrough.question_bank.reading.wording import is_open_list
from talkthrough.question_bank.specification import Guidance, GuidanceItem, GuidanceKind, SourceSpan

QUOTED = re.compile(r"[\"“”]\s*([^\"“”]{3,60}?)\s*[\"“”]")
NESTED = re.compile(r"^([^,:;–-]{2,40}?)\s*[-–:]\s+(.+,.+)$")
ABBREVIATION = re.compile(r"\s*\([A-Z]{2,6}s?\)")
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
    """How a heading can name a criterion.

    `phrase`: all its words; `stems`: its content words in any form; `marked`: the phrases that the publisher marked;
    `marked_phrases`: these for comparison, also the two parts that "and" joins ("systems and structures").
    """

    criterion: int
    outcome: int
    phrase: str
    stems: frozenset[str]
    marked: tuple[str, ...]
    marked_phrases: frozenset[str]


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


def term(criterion: int, outcome: int, text: str, bold: Sequence[str]) -> Term:
    """The criterion (by its position and that of its outcome) as headings may name it."""
    marked = (*bold, *(match.group(1) for match in QUOTED.finditer(text)))
    parts = (part for phrase in marked for part in (phrase, *phrase.split(" and ")))
    return Term(criterion, outcome, _phrase(text), _stems(text), marked, frozenset(map(_phrase, parts)))


def link_guidance(terms: Sequence[Term], blocks: Sequence[tuple[int, GuidanceBlock]]) -> list[Link]:
    """All links between criteria and guidance of one unit; `blocks` come with the outcome they are printed under."""
    links: list[Link] = []
    previous: list[int] = []
    defined = {(outcome, _names(block)) for outcome, block in blocks}
    for position, (outcome, block) in enumerate(blocks):
        guidance = block.finished()
        found = list(_own_links(block, [term for term in terms if term.outcome == outcome]))
        if not found and position and block.items and _is_list_of(blocks[position - 1], outcome):
            found = [(criterion, "adjacent heading") for criterion in previous]
        if not found:  # one section of guidance after all the outcomes
            found = [(term.criterion, "named in the criterion") for term in terms if _names_whole(block, term, outcome)]
        previous = [criterion for criterion, _ in found]
        links.extend(Link(criterion, replace(guidance, attached_by=reason)) for criterion, reason in found)
        if block.heading:
            later = (each for each in terms if each.outcome > outcome and (each.outcome, _names(block)) not in defined)
            links.extend(_later_links(block.heading, guidance, outcome + 1, later))
    return sorted(links, key=lambda link: link.criterion)


def _names_whole(block: GuidanceBlock, term: Term, outcome: int) -> bool:
    """Whether the block names a criterion of an earlier outcome word for word."""
    phrases = [_phrase(name) for name in _names(block)]
    return term.outcome < outcome and any(phrase in term.phrase for phrase in phrases)


def _is_list_of(previous: tuple[int, GuidanceBlock], outcome: int) -> bool:
    """Whether the block before asks for a number of things but lists none, so that the list under the next heading is
    its own.
    """
    return previous[0] == outcome and not previous[1].items and bool(previous[1].texts)


def _own_links(block: GuidanceBlock, terms: Sequence[Term]) -> Iterator[tuple[int, str]]:
    names = [(_phrase(name), _stems(name)) for name in _names(block)]
    marked = [term for term in terms if any(phrase in term.marked_phrases for phrase, _ in names)]
    if marked:
        yield from ((term.criterion, "marked term") for term in marked)
        return
    for term in terms:
        if any(phrase in term.phrase or (len(stems) > 1 and stems <= term.stems) for phrase, stems in names):
            yield term.criterion, "named in the criterion"


def _later_links(heading: str, guidance: Guidance, outcome: int, terms: Iterable[Term]) -> Iterator[Link]:
    """A definition serves later outcomes too: linked where the term is marked there, only shown where it is named."""
    phrase = _phrase(heading)
    for term in terms:
        if phrase in term.marked_phrases:
            yield Link(term.criterion, replace(guidance, attached_by=f"defined in outcome {outcome}"))
        elif not term.marked and phrase in term.phrase:
            reason = f"named; defined in outcome {outcome}"
            yield Link(term.criterion, replace(guidance, display_only=True, attached_by=reason))


def _names(block: GuidanceBlock) -> tuple[str, ...]:
    """What it is about; an abbreviation after the words for it is no further word: "Key indicators (KPIs)"."""
    return (ABBREVIATION.sub("", block.heading),) if block.heading else block.terms


def _phrase(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} "


def _stems(text: str) -> frozenset[str]:
    words = (word for word in re.findall(r"[a-z]+", text.lower()) if word not in STOP_WORDS)
    return frozenset(SUFFIXES.sub("", word) if len(word) > SHORTEST_INFLECTED else word for word in words)

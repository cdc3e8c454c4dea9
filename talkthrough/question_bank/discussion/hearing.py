"""Listening to one learner turn: which criteria it speaks to, asked for or not, and which flags it gets."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil

from talkthrough.question_bank.discussion.asked_back import asked_back
from talkthrough.question_bank.discussion.distress import is_distressed
from talkthrough.question_bank.discussion.harm_words import NO_WORDS, HarmWords
from talkthrough.question_bank.discussion.model import CriterionMark, Plan, PlannedCriterion, Turn
from talkthrough.question_bank.discussion.naming import without_passing_words
from talkthrough.question_bank.discussion.safeguarding import names_people, safeguarding
from talkthrough.question_bank.discussion.standing import (
    ASKING,
    SHORT_ANSWER,
    SLOT_OF_TARGET,
    facts,
    needed,
    published,
)
from talkthrough.question_bank.discussion.topics import Named, Sentence, sentences_about, speaks_for
from talkthrough.question_bank.discussion.words import STEM, stems_of, word_set, words_of
from talkthrough.question_bank.items.question import Demand, Question, QuestionKind
from talkthrough.question_bank.marking import signals
from talkthrough.question_bank.marking.model import Mark, PointMark, Signals
from talkthrough.question_bank.specification import SourceSpan

_SHORTEST_OFF_TOPIC = 6
_ECHO_RUN = 7
_COPY_RUN = 4
_COPY_SHARE = 0.7
_LONGEST_QUOTE = 80
_LEAST_QUOTED = 3
_STORY = 8
_CLAUSE_END = re.compile(r"[.!?,;:\n]|\b(?:because|but|so|and then)\b", re.IGNORECASE)
_ABOUT_THE_ASKED = frozenset({"evidence", "reflection"})
_SIGNALS = frozenset(Signals.__dataclass_fields__)
_SAID_IN_A_WORD = frozenset({"dont_know", "we", "hypothetical", "third_party_name"})
_NO_SOURCE = SourceSpan(0, 0)

_WORKPLACE = frozenset(
    word[:STEM]
    for word in word_set(
        """
        achieve action address agree answer appointment area ask asked assess audit book brief budget business call
        caller cash chase chat check client colleague communicate complain complaint computer contact cost course
        cover customer deadline deal decide delay deliver delivery department desk details document duty email
        employee enquiry error explain feedback figures fix floor follow form goods guest handle help helped improve
        induction information issue item job law learn legal letter line listen log manage manager meeting member
        message monitor mystery need note notice number office online order organise organisation part patient pay
        people phone plan policy price priority problem procedure process product promise promised public quality
        query question queue rang record refund report resident resource responsibility return review risk role rota
        rule sale sales schedule score sell serve service shift shop shoppers site skill social solve sort sorted
        staff standard stock store student supervisor supplier support survey system target task team technology
        test till told train training update user visit visitor wait website work worker workload workplace
        """
    )
)
_FREE_TIME = frozenset(
    word[:STEM]
    for word in word_set(
        """
        band barbecue beach beer birthday boyfriend cat cinema club concert cousin dad dog dream film football game
        garden girlfriend guitar gym holiday horse kids lottery match mates movie mum music netflix night party pizza
        playstation pub rain rugby singer snow song sunny swimming telly television tonight tv video weather
        wedding weekend xbox
        """
    )
)
_I = re.compile(r"\b(?:i|i'm|i've|i'd|im|ive|my|me|myself)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|we're|we've|we'd|our|us|ourselves)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:(?:i|we|you|they)(?:'d|\s+would|\s+could|\s+should|\s+might)|would)\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\b(?:yesterday|last\s+\w+|ago|\w+ed|was|were|did|went|told|gave|made|took|found|spoke|rang|wrote|sent|saw|got|had)\b",
    re.IGNORECASE,
)


def pending_question(transcript: Sequence[Turn]) -> Turn | None:
    """The question that is waiting for an answer: the last one asked."""
    return next((t for t in reversed(transcript) if t.speaker == "tool" and t.kind in ASKING), None)


def hear(
    plan: Plan, transcript: Sequence[Turn], text: str, mark: Callable[[Question, str], Mark]
) -> tuple[CriterionMark, ...]:
    """Marks of a learner turn for every planned criterion that it speaks to.

    What it shows for a verb belongs to the criterion that the sentence is about (`topics`), asked for or not
    (assessment-practice.md section 1.1). Listed points count for every criterion. Where nothing speaks for the
    criterion that was asked about, its mark says so: it was asked, and answered. A turn that only copies the tool's
    words, asks the tool something, says only how the learner feels, or is about something else, speaks to none.
    """
    if asked_back(text):
        return ()
    question = pending_question(transcript)
    marks = {c.key: _counted(mark(_as_question(c), text), text, question) for c in plan.criteria}
    heard = without_passing_words(plan, marks, question, text)
    if is_copied(plan, transcript, text) or is_off_topic(plan, transcript, text, heard.values()):
        return ()
    if is_distressed(text) and not any(found.mentioned for found in heard.values()):
        return ()
    answer = _Answer(text, question, _spoken_before(transcript), mark)
    named = [named for c in plan.criteria for named in _named(c, marks[c.key], heard[c.key])]
    about = answer.sentences(plan, named)
    found = (_criterion_mark(c, heard[c.key], answer, about) for c in plan.criteria)
    return tuple(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A learner turn with the question it replies to, what the learner spoke about before, and the marker."""

    text: str
    question: Turn | None
    carried: frozenset[str]
    mark: Callable[[Question, str], Mark]

    @property
    def asked(self) -> tuple[str, ...]:
        return self.question.criterion_keys if self.question else ()

    def sentences(self, plan: Plan, named: Sequence[Named]) -> tuple[Sentence, ...]:
        """What each sentence is about. One that begins with its own time tells another story."""
        target = self.question.target if self.question else ""
        said, size = signals(self.text), len(words_of(self.text))
        return sentences_about(
            plan,
            self.text,
            self.asked,
            carried=() if said.dont_know else self.carried,
            named=named,
            goes_on=not (said.when and size >= _STORY),
            is_fixed=target in _ABOUT_THE_ASKED or size < SHORT_ANSWER,
        )


def _named(criterion: PlannedCriterion, marked: Mark, heard: Mark) -> Iterator[Named]:
    """Where listed points are named: surely, and in passing."""
    sure = {point.point_key for point in _listed(criterion, heard)}
    for point in _listed(criterion, marked):
        if point.words:
            is_passing = point.point_key not in sure
            yield Named(criterion.key, point.words.start, point.words.end, is_passing)


def _spoken_before(transcript: Sequence[Turn]) -> frozenset[str]:
    """What the reply before was about, where the question that waits goes on with the same criterion."""
    questions = [place for place, turn in enumerate(transcript) if turn.speaker == "tool" and turn.kind in ASKING]
    if len(questions) < 2 or transcript[questions[-1]].target == "opening":  # noqa: PLR2004
        return frozenset()
    before, asked = transcript[questions[-2]].criterion_keys[:1], transcript[questions[-1]].criterion_keys[:1]
    replies = transcript[questions[-2] : questions[-1]]
    marks = next((turn.marks for turn in reversed(replies) if turn.speaker == "learner" and turn.marks), ())
    about = frozenset(found.criterion_key for found in marks if found.is_about)
    return (about & frozenset(asked) or about) if before == asked else frozenset()


def _criterion_mark(
    criterion: PlannedCriterion, whole: Mark, answer: _Answer, about: Sequence[Sentence]
) -> CriterionMark | None:
    """What an answer showed for a criterion; None where it did not speak to it."""
    key = criterion.key
    own = [each for each in about if key in each.keys]
    points = _listed(criterion, whole)
    if not own and not points:
        return None
    said = " ".join(answer.text[each.start : each.end].strip() for each in own)
    read = _counted(answer.mark(_as_question(criterion), said), answer.text, answer.question) if own else Mark()
    if key not in answer.asked:
        mark = replace(whole, points=points, others=(), echo=None, signals=read.signals)
        return CriterionMark(key, mark) if facts(mark) else None
    is_about = bool(points) or key in answer.carried or any(each.has_topic for each in own)
    return CriterionMark(key, replace(whole, signals=read.signals), is_about=is_about)


def _counted(mark: Mark, text: str, question: Turn | None) -> Mark:
    """The mark without what a reply cannot show: not knowing names nothing, a few words show only what was asked."""
    if mark.signals.dont_know and not mark.mentioned:
        mark = replace(mark, others=())
    if len(words_of(text)) >= SHORT_ANSWER:
        return mark
    asked = question.target.replace(" ", "_") if question else ""
    kept = _SAID_IN_A_WORD | {SLOT_OF_TARGET.get(asked, asked)}
    return replace(mark, signals=Signals(**{name: getattr(mark.signals, name) for name in kept & _SIGNALS}))


def _as_question(criterion: PlannedCriterion) -> Question:
    return Question(
        key=f"{criterion.key}/discussion",
        kind=QuestionKind.WORKPLACE,
        stem=criterion.text,
        criterion_key=criterion.key,
        criterion_number=criterion.number,
        source=_NO_SOURCE,
        demand=Demand.EXPLAIN,
        expected_points=criterion.expected_points,
        quantity=needed(criterion),
        all_required=criterion.all_required,
        is_open=criterion.is_open,
        is_thin=not published(criterion),
    )


def _listed(criterion: PlannedCriterion, mark: Mark) -> tuple[PointMark, ...]:
    listed = {point.key for point in published(criterion)}
    return tuple(p for p in mark.points if p.point_key in listed and p.words and p.is_mentioned)


def quote_of(plan: Plan, criterion: PlannedCriterion, transcript: Sequence[Turn]) -> str:
    """A whole clause of the learner, verbatim, that spoke to the criterion; empty when none can be quoted safely."""
    for turn in transcript:
        for found in turn.marks:
            if turn.speaker == "learner" and found.criterion_key == criterion.key and found.is_about:
                named = [p.words.start for p in _listed(criterion, found.mark) if p.words]
                if quote := next(filter(_is_quotable, _clauses(plan, criterion, turn.text, named)), ""):
                    return quote
    return ""


def _clauses(plan: Plan, criterion: PlannedCriterion, text: str, named: Sequence[int]) -> Iterator[str]:
    """The clauses that name a listed point, then those that hold words of the criterion."""
    ends = [match.span() for match in _CLAUSE_END.finditer(text) if match.group() != "?"]
    spans = list(zip([0, *(last for _, last in ends)], [*(first for first, _ in ends), len(text)], strict=True))
    telling = [span for span in spans if speaks_for(plan, criterion.key, text[slice(*span)])]
    for first, last in (*(span for span in spans if any(span[0] <= place < span[1] for place in named)), *telling):
        yield text[first:last].strip()


def _is_quotable(clause: str) -> bool:
    """Whether it says enough by itself, fits a line, and names nobody."""
    is_long_enough = len(stems_of(clause)) >= _LEAST_QUOTED and len(words_of(clause)) > _LEAST_QUOTED
    has_marks = re.search(r'[?"“”]', clause)
    return is_long_enough and len(clause) <= _LONGEST_QUOTE and not has_marks and not names_people(clause)


def shares_run(text: str, sources: Iterable[str], length: int) -> bool:
    """Whether `length` or more consecutive words of `text` stand in a source in the same order."""
    runs = _runs(text, length)
    return bool(runs) and any(not runs.isdisjoint(_runs(source, length)) for source in sources)


@lru_cache(maxsize=512)
def _runs(text: str, length: int) -> frozenset[tuple[str, ...]]:
    words = words_of(text)
    return frozenset(words[place : place + length] for place in range(len(words) - length + 1))


def _tool_texts(plan: Plan, transcript: Sequence[Turn]) -> tuple[str, ...]:
    return tuple(t.text for t in transcript if t.speaker == "tool") + tuple(c.text for c in plan.criteria)


def is_copied(plan: Plan, transcript: Sequence[Turn], text: str) -> bool:
    """Whether the answer is mostly the tool's or the document's words given back."""
    size = len(words_of(text))
    return size >= _COPY_RUN and shares_run(
        text, _tool_texts(plan, transcript), max(_COPY_RUN, ceil(_COPY_SHARE * size))
    )


def is_off_topic(plan: Plan, transcript: Sequence[Turn], text: str, marks: Iterable[Mark]) -> bool:
    """Whether a sentence is about free time and not about the question or any work. Doubt counts as on topic."""
    said = stems_of(text)
    if len(words_of(text)) < _SHORTEST_OFF_TOPIC or not said & _FREE_TIME or any(_touches(mark) for mark in marks):
        return False
    question = pending_question(transcript)
    topic = stems_of(plan.outcome_text) | stems_of(plan.unit_title) | _WORKPLACE
    asked = question.criterion_keys if question else ()
    for criterion in plan.criteria:
        if criterion.key in asked:
            topic |= stems_of(" ".join((criterion.text, *criterion.openings)))
    return not topic & said


def _touches(mark: Mark) -> bool:
    return mark.signals.dont_know or any(
        p.state in {"covered", "partial", "contradicted"} and p.words for p in mark.points
    )


def flags_of(
    plan: Plan,
    transcript: Sequence[Turn],
    text: str,
    *,
    own_words: HarmWords = NO_WORDS,
    is_voice: bool = False,
    is_edited: bool = False,
) -> tuple[str, ...]:
    """Neutral flags for the log (assessment-practice.md section 2.5 D5-D7): never an accusation, never an edit.

    `own_words`: a safeguarding lead's own list.
    """
    points = tuple(p.text for c in plan.criteria for p in c.expected_points if p.is_published)
    echoes = shares_run(text, (*_tool_texts(plan, transcript), *points), _ECHO_RUN)
    flags = {
        "safeguarding": safeguarding(text, own_words),
        "echo": echoes or is_copied(plan, transcript, text),
        "after-hint": _follows_hint(transcript),
        "we": bool(_WE.search(text)) and not _I.search(text),
        "would": bool(_WOULD.search(text)) and not _HAPPENED.search(_WOULD.sub(" ", text)),
        "name": bool(names_people(text)),
        "upset": is_distressed(text),
        "voice": is_voice,
        "edited": is_edited,
    }
    return tuple(flag for flag, is_set in flags.items() if is_set)


def _follows_hint(transcript: Sequence[Turn]) -> bool:
    """Whether a hint was shown for what is being asked, at any time before this turn (section 2.5 D6)."""
    question = pending_question(transcript)
    keys = set(question.criterion_keys) if question else set()
    return any(t.speaker == "tool" and t.kind == "hint" and keys & set(t.criterion_keys) for t in transcript)

"""What came of the effects of specifications and the question bank."""

from dataclasses import dataclass

from talkthrough.question_bank.item_statistics import ItemStatistics
from talkthrough.question_bank.items.question import Question


@dataclass(frozen=True, slots=True)
class UnitPreview:
    """A unit that was read. `outcomes`: (number, criteria). `news`: what a new version changes; empty: a new unit."""

    label: str
    title: str
    criteria: int
    outcomes: tuple[tuple[str, int], ...]
    news: str = ""


@dataclass(frozen=True, slots=True)
class SpecificationRead:
    """The preview of a document; `problem` says why it cannot be added. `shown_unit`: the one that was opened."""

    file_name: str
    attachment_ids: tuple[int, int] = (0, 0)
    units: tuple[UnitPreview, ...] = ()
    findings: tuple[str, ...] = ()
    first_criteria: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A part of a document that was read: a unit with its outcomes, an outcome word for word, or the changes."""

    unit_place: int
    unit: UnitPreview
    outcome: int | None = None
    heading: str = ""
    blocks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    page: int = 0
    pages: int = 1


@dataclass(frozen=True, slots=True)
class MatchUncertain:
    """Is the new criterion the old one in other words? The tutor decides."""

    unit_place: int
    unit_label: str
    old: tuple[str, str]
    new: tuple[str, str]
    left: int


@dataclass(frozen=True, slots=True)
class SpecificationAdded:
    """Units that entered the bank, with how many questions are asked and held back.

    `waiting`: (version id, unit, the tutor's groups that use the version before), for the tutor to move them.
    """

    units: tuple[tuple[str, int, int], ...] = ()
    waiting: tuple[tuple[int, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class BankUnitChoice:
    """A unit as a button."""

    version_id: int
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class BankOpened:
    """The bank: its units, how many reports and disagreements wait."""

    units: tuple[BankUnitChoice, ...]
    reports: int
    disagreements: int


@dataclass(frozen=True, slots=True)
class BankUnitOpened:
    """A unit of the bank: (criterion number, questions) in printed order, and how many questions are in each state."""

    version_id: int
    label: str
    title: str
    criteria: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    document: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A question in a list."""

    handle: str
    kind: str
    stem: str
    state: str


@dataclass(frozen=True, slots=True)
class ItemsListed:
    """Questions of a criterion, or of a unit in one state."""

    version_id: int
    unit_label: str
    heading: str
    text: str
    items: tuple[ItemLine, ...]
    criterion: int | None
    state: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class ItemOpened:
    """A question with what a tutor needs to decide on it. `done`: what was just done, in a sentence."""

    handle: str
    question: Question
    unit_label: str
    version_id: int
    criterion: int | None
    state: str
    version: int
    flaws: tuple[str, ...]
    statistics: ItemStatistics
    reports: tuple[str, ...]
    also_said: tuple[str, ...] = ()
    following: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class WordingsShown:
    """Earlier wordings of a question: (version, who gave it, the question)."""

    handle: str
    wordings: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class WordingTried:
    """A new wording, checked: `problem` is why it cannot be kept, `flaws` what the review found."""

    handle: str
    part: str
    text: str
    before: str
    problem: str = ""
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnTried:
    """A tutor's own question, checked but not kept."""

    problem: str = ""
    question: Question | None = None
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A learner's report; `flag_id` 0 where none is left."""

    flag_id: int = 0
    handle: str = ""
    unit_label: str = ""
    stem: str = ""
    comment: str = ""
    day: str = ""
    left: int = 0
    done: str = ""


@dataclass(frozen=True, slots=True)
class DisagreementShown:
    """Learner and tool disagree about a point; `phrasing_id` 0 where nothing is left."""

    phrasing_id: int = 0
    unit_label: str = ""
    stem: str = ""
    point: str = ""
    answer: str = ""
    words: str = ""
    opinion: str = ""
    left: int = 0
    done: str = ""


@dataclass(frozen=True, slots=True)
class WordsShown:
    """The points of a question, each with the words (id, text) that tutors gave it."""

    handle: str
    stem: str
    points: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    done: str = ""


@dataclass(frozen=True, slots=True)
class BankFileSent:
    """A file of the bank is on its way."""

    unit_label: str
    format: str
    questions: int


@dataclass(frozen=True, slots=True)
class TableRead:
    """What an edited table would change; with `problems` nothing can be taken over."""

    file_name: str
    attachment_id: int = 0
    unit_label: str = ""
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    unchanged: int = 0
    flawed: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableImported:
    """The table is in the bank."""

    unit_label: str
    changed: int
    added: int
    held_back: int


@dataclass(frozen=True, slots=True)
class NotThere:
    """The item, report or file that a button meant is gone."""


BankResult = (
    SpecificationRead
    | ReadingShown
    | MatchUncertain
    | SpecificationAdded
    | BankOpened
    | BankUnitOpened
    | ItemsListed
    | ItemOpened
    | WordingsShown
    | WordingTried
    | OwnTried
    | ReportShown
    | DisagreementShown
    | WordsShown
    | BankFileSent
    | TableRead
    | TableImported
    | NotThere
)

"""What the dialogues about specifications and the question bank ask for. Performed only for tutors and the owner."""

from dataclasses import dataclass

from talkthrough.bot.conversations.fetching import FetchedFile
from talkthrough.storage.bank_files import ExportFormat

Decision = tuple[
    int, str, str, bool
]  # place of the unit in the document, old number, new number, whether it is the same


@dataclass(frozen=True, slots=True)
class ShowSpecification:
    """Show what was read in a document that a tutor sent, and keep it until it is confirmed."""

    file_name: str
    file: FetchedFile


@dataclass(frozen=True, slots=True)
class ShowReading:
    """Open a unit of a document that was read, or one of its outcomes, or what it changes."""

    attachment_ids: tuple[int, int]
    unit: int
    outcome: int | None = None
    page: int = 0
    changes: bool = False


@dataclass(frozen=True, slots=True)
class AddSpecification:
    """Put a document into the bank; first ask about uncertain matches that are not among the decisions."""

    attachment_ids: tuple[int, int]
    file_name: str
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class DropFiles:
    """Nothing of a document is kept."""

    attachment_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SendTemplate:
    """The sheet to fill in where a document cannot be read."""


@dataclass(frozen=True, slots=True)
class OpenBank:
    """The units, and what waits for a tutor."""


@dataclass(frozen=True, slots=True)
class OpenBankUnit:
    version_id: int


@dataclass(frozen=True, slots=True)
class ListItems:
    """Questions of a criterion (by its place in the unit), or of the unit in one state."""

    version_id: int
    criterion: int | None = None
    state: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenItem:
    handle: str


@dataclass(frozen=True, slots=True)
class DecideItem:
    """Approve or retire the wording of this version; a later one is left alone."""

    handle: str
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class TryWording:
    """Check a new wording of one part of a question (a column of the table); keep it if `save`."""

    handle: str
    part: str
    text: str
    save: bool = False


@dataclass(frozen=True, slots=True)
class ShowWordings:
    handle: str


@dataclass(frozen=True, slots=True)
class TakeWording:
    """Use an earlier wording again."""

    handle: str
    version: int


@dataclass(frozen=True, slots=True)
class TryOwn:
    """Check a tutor's own question; keep it in the state `save` if that is given."""

    version_id: int
    criterion: int
    question: str
    answer: str
    save: str = ""


@dataclass(frozen=True, slots=True)
class ShowReport:
    """The report of a question after the one with this id, or the first one."""

    after: int = 0


@dataclass(frozen=True, slots=True)
class SettleReport:
    flag_id: int


@dataclass(frozen=True, slots=True)
class ShowDisagreement:
    """The disagreement after the one with this id, or the first one."""

    after: int = 0


@dataclass(frozen=True, slots=True)
class SettleDisagreement:
    """Approve the words (or others that the tutor typed), or decline them."""

    phrasing_id: int
    approve: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class ShowWords:
    """The points of a question with the words that tutors gave them."""

    handle: str


@dataclass(frozen=True, slots=True)
class AddWords:
    """From now on these words count as a point (by its place in the question)."""

    handle: str
    point: int
    text: str


@dataclass(frozen=True, slots=True)
class DropWords:
    """Words that a tutor gave a point count no longer."""

    handle: str
    phrasing_id: int


@dataclass(frozen=True, slots=True)
class SendBankFile:
    version_id: int
    format: ExportFormat


@dataclass(frozen=True, slots=True)
class ShowTable:
    """Show what an edited table would change, and keep it until it is confirmed."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ImportTable:
    attachment_id: int


BankAction = (
    ShowSpecification
    | ShowReading
    | AddSpecification
    | DropFiles
    | SendTemplate
    | OpenBank
    | OpenBankUnit
    | ListItems
    | OpenItem
    | DecideItem
    | TryWording
    | ShowWordings
    | TakeWording
    | TryOwn
    | ShowReport
    | SettleReport
    | ShowDisagreement
    | SettleDisagreement
    | ShowWords
    | AddWords
    | DropWords
    | SendBankFile
    | ShowTable
    | ImportTable
)

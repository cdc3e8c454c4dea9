"""What a line is in its document. Layouts give lines their roles; `assemble` builds units from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from talkthrough.question_bank.reading.lines import Line


class Role(Enum):
    """The roles that any published layout is made of."""

    UNIT = auto()  # a unit begins: number, text = title
    FIELD = auto()  # name = what it says ("level"), text = its value
    NOS_LINK = auto()
    OUTCOME = auto()
    CRITERION = auto()
    SUB_POINT = auto()
    CONTINUATION = auto()  # belongs to the text of the criterion or outcome before
    OUTCOME_CONTINUATION = auto()
    GUIDANCE_HEADING = auto()
    GUIDANCE_TEXT = auto()
    GUIDANCE_ITEM = auto()
    CRITERION_GUIDANCE = auto()  # number = the criteria it names, comma-separated
    EVIDENCE = auto()
    OUTCOME_NOTE = auto()
    UNIT_NOTE = auto()
    REQUIREMENT = auto()
    CONTENT_OUTCOME = auto()
    CONTENT = auto()
    RESOURCE = auto()
    COMMENT = auto()  # belongs to the document, to no unit
    BLANK = auto()  # a field of the template left empty: name
    STRUCTURE = auto()  # labels, headings of sections, page furniture: nothing to keep
    PROSE = auto()  # text of a section that holds no criteria (delivery, introduction)
    UNREAD = auto()


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its role. `text` is the line's text without number, bullet and label."""

    role: Role
    line: Line
    text: str = ""
    number: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A family of published documents.

    `claim` counts the lines that only this family prints (0: it is not this family); `mark` gives every line its role.
    """

    name: str
    claim: Callable[[Sequence[Line]], int]
    mark: Callable[[Sequence[Line]], list[Marked]]

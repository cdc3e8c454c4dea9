"""Where the dialogue with one person stands. Kept as JSON in the conversation row, so a restart loses nothing."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from talkthrough.bot.conversations.record_effects import PlanDetail
from talkthrough.scheduler.recurrence import RoundRule

Asked = Literal["name", "date", "contact", "holiday", "term", "own date", "zone", "names"]


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing is going on; the menu is one tap away."""

    kind: Literal["resting"] = "resting"


@dataclass(frozen=True, slots=True)
class Answering:
    """A question is open; what the person types is the answer to this delivery, or `is_more`: adds to it.

    `options`: how many letters there are to choose from, 0 where it is answered in words.
    """

    delivery_id: int
    options: int = 0
    is_more: bool = False
    kind: Literal["answering"] = "answering"


@dataclass(frozen=True, slots=True)
class ReadingFeedback:
    """The answer is kept; the next question waits for a tap."""

    delivery_id: int
    kind: Literal["reading feedback"] = "reading feedback"


@dataclass(frozen=True, slots=True)
class Commenting:
    """The person is about to say what is wrong with a question. `waiting`: another one that is open meanwhile."""

    delivery_id: int
    waiting: Answering | None = None
    kind: Literal["commenting"] = "commenting"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something was typed while nothing was asked. It is kept until the person says whether it is what was open.

    Either of the two ids is 0.
    """

    text: str
    delivery_id: int = 0
    discussion_id: int = 0
    kind: Literal["unplaced"] = "unplaced"


@dataclass(frozen=True, slots=True)
class Discussing:
    """A mock discussion is open; what the person types is a turn of it."""

    discussion_id: int
    kind: Literal["discussing"] = "discussing"


@dataclass(frozen=True, slots=True)
class GivingDate:
    """The person is about to type their assessment date."""

    kind: Literal["giving date"] = "giving date"


@dataclass(frozen=True, slots=True)
class GivingMinutes:
    """The person is about to say how many minutes a day they have."""

    kind: Literal["giving minutes"] = "giving minutes"


@dataclass(frozen=True, slots=True)
class GivingZone:
    """The person is about to type where they live, for the time zone."""

    kind: Literal["giving zone"] = "giving zone"


@dataclass(frozen=True, slots=True)
class PlanningRound:
    """A tutor is setting up a quiz round; fields fill up from left to right.

    `line`: a round written in one line that waits for its group; `schedule_id`: the schedule that a line will change.
    """

    cohort_id: int | None = None
    version_id: int | None = None
    outcome_number: str | None = None
    question_count: int | None = None
    line: str | None = None
    schedule_id: int | None = None
    kind: Literal["planning round"] = "planning round"


@dataclass(frozen=True, slots=True)
class PlanningDiscussion:
    """The learner is about to type a detail of a plan: who is there, what is at hand, or their learner number."""

    discussion_id: int
    what: PlanDetail
    kind: Literal["planning discussion"] = "planning discussion"


@dataclass(frozen=True, slots=True)
class Assigning:
    """A tutor is setting a discussion; fields fill up from left to right. `learner_id` 0: the whole cohort."""

    cohort_id: int | None = None
    learner_id: int | None = None
    version_id: int | None = None
    outcome_number: str | None = None
    due: str | None = None
    kind: Literal["assigning"] = "assigning"


@dataclass(frozen=True, slots=True)
class FillingGap:
    """A question of a draft is open; what the person types is kept as their answer to it."""

    discussion_id: int
    question: str
    target: str
    flags: tuple[str, ...]
    kind: Literal["filling gap"] = "filling gap"


@dataclass(frozen=True, slots=True)
class DeclaringHelp:
    """The person is about to say what help they had with a draft."""

    discussion_id: int
    digest: str
    kind: Literal["declaring help"] = "declaring help"


@dataclass(frozen=True, slots=True)
class ReviewingRound:
    """A tutor is looking at the preview of a round; its buttons change the rule before it is kept."""

    cohort_id: int
    rule: RoundRule
    schedule_id: int | None = None
    kind: Literal["reviewing round"] = "reviewing round"


@dataclass(frozen=True, slots=True)
class TypingForCohort:
    """A tutor is about to type or send something for a cohort: its name, a date, a list of names."""

    what: Asked
    cohort_id: int | None = None
    person_id: int | None = None
    kind: Literal["typing for cohort"] = "typing for cohort"


@dataclass(frozen=True, slots=True)
class Importing:
    """A tutor is looking at the preview of a specification; nothing enters the bank before it is confirmed.

    The attachments are the file as it came and what was read in it. `asked` is the uncertain match that the tutor is
    asked about, `decisions` those settled: (place of the unit, old number, new number, whether it is the same).
    """

    attachment_ids: tuple[int, int]
    file_name: str
    decisions: tuple[tuple[int, str, str, bool], ...] = ()
    asked: tuple[int, str, str] | None = None
    kind: Literal["importing"] = "importing"


@dataclass(frozen=True, slots=True)
class ImportingTable:
    """A tutor is looking at what an edited table would change."""

    attachment_id: int
    kind: Literal["importing table"] = "importing table"


@dataclass(frozen=True, slots=True)
class Wording:
    """A tutor is typing new words for one part of a question; `text` waits to be saved."""

    handle: str
    part: str
    text: str = ""
    kind: Literal["wording"] = "wording"


@dataclass(frozen=True, slots=True)
class WritingQuestion:
    """A tutor is typing a question of their own: first the question, then what a full answer holds."""

    version_id: int
    criterion: int
    question: str = ""
    answer: str = ""
    kind: Literal["writing question"] = "writing question"


@dataclass(frozen=True, slots=True)
class NamingWords:
    """A tutor is typing the words that show a point: of a disagreement, or of a question (by the point's place)."""

    phrasing_id: int = 0
    handle: str = ""
    point: int = 0
    kind: Literal["naming words"] = "naming words"


State = (
    Resting
    | Answering
    | ReadingFeedback
    | Commenting
    | Unplaced
    | Discussing
    | GivingDate
    | GivingMinutes
    | GivingZone
    | PlanningRound
    | ReviewingRound
    | TypingForCohort
    | Importing
    | ImportingTable
    | Wording
    | WritingQuestion
    | NamingWords
    | PlanningDiscussion
    | Assigning
    | FillingGap
    | DeclaringHelp
)

STATES: TypeAdapter[State] = TypeAdapter(Annotated[State, Field(discriminator="kind")])

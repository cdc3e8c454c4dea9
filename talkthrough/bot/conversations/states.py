"""Where the dialogue with one person stands. Kept as JSON in the conversation row, so a restart loses nothing."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing is going on; the menu is one tap away."""

    kind: Literal["resting"] = "resting"


@dataclass(frozen=True, slots=True)
class Answering:
    """A question is open; what the person types is the answer to this delivery, or `is_more`: adds to it."""

    delivery_id: int
    is_tapped: bool = False
    is_more: bool = False
    kind: Literal["answering"] = "answering"


@dataclass(frozen=True, slots=True)
class ReadingFeedback:
    """The answer is kept; the next question waits for a tap."""

    delivery_id: int
    kind: Literal["reading feedback"] = "reading feedback"


@dataclass(frozen=True, slots=True)
class Commenting:
    """The person is about to say what is wrong with a question."""

    question_key: str
    delivery_id: int
    kind: Literal["commenting"] = "commenting"


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
class GivingZone:
    """The person is about to type where they live, for the time zone."""

    kind: Literal["giving zone"] = "giving zone"


@dataclass(frozen=True, slots=True)
class PlanningRound:
    """A tutor is setting up a quiz round; fields fill up from left to right."""

    cohort_id: int | None = None
    version_id: int | None = None
    outcome_number: str | None = None
    question_count: int | None = None
    when: str | None = None
    kind: Literal["planning round"] = "planning round"


@dataclass(frozen=True, slots=True)
class Importing:
    """A tutor is looking at the preview of a specification; nothing enters the bank before it is confirmed.

    The attachments are the file as it came and what was read in it.
    """

    attachment_ids: tuple[int, int]
    file_name: str
    kind: Literal["importing"] = "importing"


State = (
    Resting
    | Answering
    | ReadingFeedback
    | Commenting
    | Discussing
    | GivingDate
    | GivingZone
    | PlanningRound
    | Importing
)

STATES: TypeAdapter[State] = TypeAdapter(Annotated[State, Field(discriminator="kind")])

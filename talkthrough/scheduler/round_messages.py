"""What a round has to say to people. The scheduler gives the facts, the bot words them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Message = tuple[str, Mapping[str, Any]]  # a view and its data, as an outbox row holds them


@dataclass(frozen=True, slots=True)
class Announcement:
    """A round has opened, or still waits for answers (`is_reminder`)."""

    round_id: int
    cohort: str
    unit_label: str
    questions: int
    closes: str


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One question of a closed round: what was asked, and what the learner has not yet mentioned."""

    stem: str
    criterion: str
    standing: str
    not_yet: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LearnerFeedback:
    """What a learner's answers came to, after the round has closed."""

    cohort: str
    unit_version_id: int
    answered: int
    asked: int
    questions: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """What a tutor hears when a round closes."""

    round_id: int
    cohort: str
    unit_label: str
    people_started: int
    people: int
    unreachable: int


class Wording(Protocol):
    """The bot's words for the four moments of a round."""

    def opened(self, what: Announcement) -> Message: ...
    def reminder(self, what: Announcement) -> Message: ...
    def feedback(self, what: LearnerFeedback) -> Message: ...
    def closed(self, what: Closed) -> Message: ...

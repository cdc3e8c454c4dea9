"""What a step asks for in revision that aims at a date: more of an answer, forecasts, reminders, one's own log."""

from dataclasses import dataclass

from talkthrough.scheduler.rating import Confidence


@dataclass(frozen=True, slots=True)
class AddToAnswer:
    """More points of a list, typed when the missing ones were asked for."""

    delivery_id: int
    text: str


@dataclass(frozen=True, slots=True)
class ShowFeedback:
    """The learner has nothing to add. `is_first`: the answer waited for it; a second tap says so again."""

    delivery_id: int
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class KnewIt:
    """The learner says "I knew that": nothing of the answer counts as missed."""

    delivery_id: int


@dataclass(frozen=True, slots=True)
class Confide:
    """How sure the learner was."""

    delivery_id: int
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class ShowOutlook:
    """What the learner's pace leads to by their date."""

    version_id: int


@dataclass(frozen=True, slots=True)
class ShowCalibration:
    """How good the learner's forecasts were."""


@dataclass(frozen=True, slots=True)
class ShowCriteria:
    """The progress of an outcome, criterion by criterion."""

    version_id: int
    outcome_number: str


@dataclass(frozen=True, slots=True)
class ShowReminders:
    """What the learner chose about reminders; with a `page`, the choices there are: window, quiet, day or goal."""

    page: str = ""


@dataclass(frozen=True, slots=True)
class ChangeReminders:
    """`choice`: on, off, pause, go on, window, quiet, day, goal or snooze, with its value as the button carries it."""

    choice: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class ReadZone:
    """A time zone, or a city that gives one its name."""

    text: str


@dataclass(frozen=True, slots=True)
class ChangeLanguage:
    language: str


@dataclass(frozen=True, slots=True)
class SendDeck:
    """A unit's questions as a deck for Anki on the learner's own phone."""

    version_id: int


@dataclass(frozen=True, slots=True)
class SendLog:
    """The learner's own answers as FSRS tools read them."""


AimAction = (
    AddToAnswer
    | SendDeck
    | ShowFeedback
    | KnewIt
    | Confide
    | ShowOutlook
    | ShowCalibration
    | ShowCriteria
    | ShowReminders
    | ChangeReminders
    | ReadZone
    | ChangeLanguage
    | SendLog
)

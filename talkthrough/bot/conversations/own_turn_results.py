"""What came of the effects about the learner's own turns. `record_results.py` joins these to its others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoiceKept:
    """A voice message is a turn; `transcript` is what a tool wrote down, empty where there is none."""

    discussion_id: int
    number: int
    seconds: int
    transcript: str = ""


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something that the tool did not hear: the criterion's place in the plan and its number, what, and in words."""

    place: int
    number: str
    point: str
    words: str


@dataclass(frozen=True, slots=True)
class UnmentionedListed:
    """What the learner can say that they said."""

    discussion_id: int
    points: tuple[Unheard, ...]


@dataclass(frozen=True, slots=True)
class OwnTurn:
    """A message of the learner."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnTurnsListed:
    """The learner's messages, to choose the one that says `words`."""

    discussion_id: int
    place: int
    point: str
    criterion: str
    words: str
    turns: tuple[OwnTurn, ...]


@dataclass(frozen=True, slots=True)
class ClaimKept:
    """What the learner says is kept: their message says `words` for the criterion."""

    discussion_id: int
    criterion: str
    words: str
    turn: int


@dataclass(frozen=True, slots=True)
class ErasableListed:
    """The learner's messages with the discussion that each is in; it, or what was added to it."""

    discussion_id: int
    turns: tuple[tuple[int, OwnTurn], ...]


@dataclass(frozen=True, slots=True)
class ErasureChecked:
    """One message that the learner may have erased: where it stands and when it was sent, in local time."""

    discussion_id: int
    part: int
    turn: int
    sent: str


@dataclass(frozen=True, slots=True)
class TurnErased:
    """The words of a message are gone."""

    discussion_id: int


OwnTurnResult = (
    VoiceKept | UnmentionedListed | OwnTurnsListed | ClaimKept | ErasableListed | ErasureChecked | TurnErased
)

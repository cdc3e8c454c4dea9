"""What the dialogue about cohorts asks for. Every performer checks that the person teaches the cohort."""

from dataclasses import dataclass
from typing import Literal

from talkthrough.bot.conversations.fetching import FetchedFile
from talkthrough.storage.tables import Role

PAGE = 40  # names of a long list in one message, each with a button
Typed = Literal["name", "date", "contact", "holiday", "term", "own date", "zone"]


@dataclass(frozen=True, slots=True)
class ListCohorts:
    """The cohorts that the person teaches."""


@dataclass(frozen=True, slots=True)
class ShowCohort:
    cohort_id: int


@dataclass(frozen=True, slots=True)
class KeepTyped:
    """What a tutor typed: a new cohort's name, or a setting of a cohort (of a learner in it)."""

    what: Typed
    text: str
    cohort_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListCohortUnits:
    """All units, those of the cohort marked; `toggle` adds or takes out one first."""

    cohort_id: int
    toggle: int | None = None
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class MoveToVersion:
    """Let one group, or with 0 every group of the tutor that has the unit, use the bank's version of it."""

    cohort_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class MakeInvitation:
    cohort_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class RevokeInvitations:
    cohort_id: int


@dataclass(frozen=True, slots=True)
class ListMembers:
    """The register, from the person at this place on."""

    cohort_id: int
    first: int = 0


@dataclass(frozen=True, slots=True)
class ShowMember:
    cohort_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class RemoveMember:
    cohort_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class MoveMember:
    """Without `to_id`: which of the tutor's cohorts?"""

    cohort_id: int
    person_id: int
    to_id: int | None = None


@dataclass(frozen=True, slots=True)
class NameAssessor:
    """Whose caseload a learner is in: `assessor_id` None asks, 0 means nobody's."""

    cohort_id: int
    person_id: int
    assessor_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListCaseload:
    """The learners of a group from a place on, an assessor's marked; `toggle` takes one in (`is_on`) or out first."""

    cohort_id: int
    assessor_id: int
    first: int = 0
    toggle: int | None = None
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class ReadNames:
    """A CSV file of names that are to get a personal code each, perhaps with their assessors."""

    cohort_id: int
    file: FetchedFile


@dataclass(frozen=True, slots=True)
class SetYoung:
    cohort_id: int
    has_under_18: bool


@dataclass(frozen=True, slots=True)
class SetRetention:
    cohort_id: int
    days: int | None


@dataclass(frozen=True, slots=True)
class PreviewRetention:
    cohort_id: int


@dataclass(frozen=True, slots=True)
class ApplyRetention:
    """Delete what the tutor was shown: so many answers and discussions. Shown again where it is more by now."""

    cohort_id: int
    answers: int
    discussions: int


@dataclass(frozen=True, slots=True)
class ShowWeeks:
    """What a cohort did week by week, in words; with a picture, with all files, or with neither."""

    cohort_id: int
    handing: Literal["picture", "files", "nothing"] = "picture"


@dataclass(frozen=True, slots=True)
class SendUnitReport:
    """Heat map and gaps of one of a cohort's units."""

    cohort_id: int
    version_id: int


@dataclass(frozen=True, slots=True)
class ListOwnCohorts:
    """The cohorts that the person learns in, to leave one."""


@dataclass(frozen=True, slots=True)
class LeaveCohort:
    cohort_id: int


@dataclass(frozen=True, slots=True)
class ShowWhoSaw:
    """The access log about the person."""


CohortEffect = (
    ListCohorts
    | ShowCohort
    | KeepTyped
    | ListCohortUnits
    | MoveToVersion
    | MakeInvitation
    | RevokeInvitations
    | ListMembers
    | ShowMember
    | RemoveMember
    | MoveMember
    | NameAssessor
    | ListCaseload
    | ReadNames
    | SetYoung
    | SetRetention
    | PreviewRetention
    | ApplyRetention
    | ShowWeeks
    | SendUnitReport
    | ListOwnCohorts
    | LeaveCohort
    | ShowWhoSaw
)

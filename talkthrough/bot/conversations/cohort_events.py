"""What came of the effects of the dialogue about cohorts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CohortsListed:
    """(id, name, learners) of the tutor's cohorts."""

    cohorts: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class CohortShown:
    """A cohort as its tutor sees it. `done` says what was just changed."""

    cohort_id: int
    name: str
    units: tuple[str, ...]
    assessment_date: str
    learners: int
    started: int
    awaited: int
    staff: tuple[str, ...]
    time_zone: str
    contact: str
    term: str
    holidays: tuple[str, ...]
    retention_days: int | None
    has_under_18: bool
    done: str = ""


@dataclass(frozen=True, slots=True)
class CohortUnitsListed:
    """(version id, name, whether the cohort has it) of every unit."""

    cohort_id: int
    units: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class MembersListed:
    """(person id, name, role, whether started) of who joined, and (name, code) of who is expected."""

    cohort_id: int
    members: tuple[tuple[int, str, str, bool], ...]
    awaited: tuple[tuple[str, str], ...]
    done: str = ""


@dataclass(frozen=True, slots=True)
class MemberShown:
    cohort_id: int
    person_id: int
    name: str
    roles: tuple[str, ...]
    joined: str
    own_date: str
    is_unreachable: bool


@dataclass(frozen=True, slots=True)
class MoveOffered:
    """The tutor's other cohorts, (id, name)."""

    cohort_id: int
    person_id: int
    name: str
    cohorts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class RetentionPreviewed:
    """What the retention period would delete. `due` is the day; nothing is counted before it."""

    cohort_id: int
    days: int | None
    due: str
    learners: int
    answers: int
    discussions: int
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class TypedUnclear:
    """What was typed cannot be used; the sentence says what to type instead."""

    problem: str


@dataclass(frozen=True, slots=True)
class OwnCohortsListed:
    """(id, name) of the cohorts that the person learns in."""

    cohorts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CohortLeft:
    name: str


@dataclass(frozen=True, slots=True)
class WhoSawShown:
    """(when, who, what) of the access log, newest first."""

    lines: tuple[tuple[str, str, str], ...]
    more: int


CohortEvent = (
    CohortsListed
    | CohortShown
    | CohortUnitsListed
    | MembersListed
    | MemberShown
    | MoveOffered
    | RetentionPreviewed
    | TypedUnclear
    | OwnCohortsListed
    | CohortLeft
    | WhoSawShown
)

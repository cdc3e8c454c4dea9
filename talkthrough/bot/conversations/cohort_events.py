"""What came of the effects of the dialogue about cohorts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CohortsListed:
    """(id, name, learners) of the tutor's cohorts."""

    cohorts: tuple[tuple[int, str, int], ...]


@dataclass(frozen=True, slots=True)
class CohortShown:
    """A cohort as its tutor sees it. `done` says what was just changed.

    `behind`: a sentence for each unit whose version is not the bank's; `moves`: (the bank's version id, the unit).
    """

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
    behind: tuple[str, ...] = ()
    moves: tuple[tuple[int, str], ...] = ()
    done: str = ""


@dataclass(frozen=True, slots=True)
class CohortUnitsListed:
    """(version id, name, whether the cohort has it) of every unit."""

    cohort_id: int
    units: tuple[tuple[int, str, bool], ...]


@dataclass(frozen=True, slots=True)
class GroupsMoved:
    """The groups, by name, that now use the bank's version of a unit; none where that had been done before."""

    unit: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MembersListed:
    """(person id, name, role, whether started, assessor) of who joined, and (name, code, assessor) of who is expected.

    It is the page of the register that begins at `first`; there are `total` lines. `unseen`: how many learners no
    assessor can see, because only the others have a named one.
    """

    cohort_id: int
    members: tuple[tuple[int, str, str, bool, str], ...]
    awaited: tuple[tuple[str, str, str], ...]
    first: int = 0
    total: int = 0
    unseen: int = 0
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
    assessor: str = ""


@dataclass(frozen=True, slots=True)
class MoveOffered:
    """The tutor's other cohorts, (id, name)."""

    cohort_id: int
    person_id: int
    name: str
    cohorts: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class AssessorsOffered:
    """The assessors of a group, (id, name), for one of its learners."""

    cohort_id: int
    person_id: int
    name: str
    assessors: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CaseloadListed:
    """(id, name, whether in this assessor's caseload, another assessor's name) of a page of a group's learners."""

    cohort_id: int
    assessor_id: int
    assessor: str
    learners: tuple[tuple[int, str, bool, str], ...]
    unseen: int
    first: int = 0
    total: int = 0


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
class WeeksShown:
    """A sentence a week, newest first, who was quiet for two weeks (and how many more), and the units: (id, name).

    `behind`: a sentence for each unit whose version is not the bank's.
    """

    cohort_id: int
    name: str
    remembered: str
    weeks: tuple[str, ...]
    quiet: tuple[str, ...]
    more_quiet: int
    units: tuple[tuple[int, str], ...]
    behind: tuple[str, ...] = ()


Gap = tuple[tuple[str, ...], int]


@dataclass(frozen=True, slots=True)
class GapsShown:
    """Criteria by what is missing: (the first ones, how many more)."""

    cohort_id: int
    unit: str
    without_question: Gap
    never_asked: Gap
    never_discussed: Gap
    behind: tuple[str, ...] = ()


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
    | GroupsMoved
    | MembersListed
    | MemberShown
    | MoveOffered
    | AssessorsOffered
    | CaseloadListed
    | RetentionPreviewed
    | WeeksShown
    | GapsShown
    | TypedUnclear
    | OwnCohortsListed
    | CohortLeft
    | WhoSawShown
)

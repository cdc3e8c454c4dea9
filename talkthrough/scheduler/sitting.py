"""The use case of a sitting: which questions now, how long they take, what they change, and what a pace leads to."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from statistics import fmean

from sqlmodel import Session

from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.scheduler import forecast, memory
from talkthrough.scheduler.forgetting import DEFAULT_PARAMETERS
from talkthrough.scheduler.larger_steps import in_larger_steps
from talkthrough.scheduler.learning import CardMemory, Learner
from talkthrough.scheduler.learning_day import date_of, day_of, learning_day
from talkthrough.scheduler.memory_rows import learner_of, memory_of
from talkthrough.scheduler.session import (
    CardView,
    QuestionView,
    compose,
    leeches,
    observed_attendance,
    with_swapped_variants,
)
from talkthrough.scheduler.standing import recent_misses
from talkthrough.storage import answer_log, people, pinned, revision
from talkthrough.storage.tables import Cohort, Person

USUAL_SIZE, FEWER = 10, 5  # questions, until the learner says how many minutes they have; in larger steps
MOST_QUESTIONS = 40
MORE_MINUTES = 5
EXTRA_TIME = 1.5
ATTENDANCE_DAYS = 28


@dataclass(frozen=True, slots=True)
class Situation:
    """One person and one unit on a learning day: what may be asked, what is remembered, and until when.

    In larger steps, `questions` are those of `larger_steps.in_larger_steps`.
    """

    person: Person
    unit: Unit
    questions: tuple[Question, ...]
    cards: Mapping[str, CardMemory]
    learner: Learner
    today: int
    exam_day: int | None
    attendance: float

    @property
    def states(self) -> list[memory.MemoryState | None]:
        """The memory of every card of the unit, None for what was never asked."""
        return list(self.states_of(self.questions).values())

    def states_of(self, questions: Iterable[Question]) -> dict[str, memory.MemoryState | None]:
        """The memory of every card that these questions ask for, None for what was never asked."""
        keys = dict.fromkeys(key for question in questions for key in question.card_keys)
        return {key: self.cards[key].state if key in self.cards else None for key in keys}

    @property
    def is_before_exam(self) -> bool:
        """Whether there is a date, and it lies ahead."""
        return self.exam_day is not None and self.exam_day > self.today

    @property
    def extra_time(self) -> float:
        """What multiplies the time we assume for a question."""
        return EXTRA_TIME if people.settings_of(self.person).get("extra_time") else 1.0

    @property
    def views(self) -> list[QuestionView]:
        """The questions as the composer sees them."""
        return [QuestionView.of(question) for question in self.questions]

    def questions_in(self, minutes: float) -> int:
        """How many questions of this unit fit into so many minutes."""
        fitting = forecast.budget(minutes, self.views, self.learner.usual_seconds, self.extra_time)
        return min(fitting, MOST_QUESTIONS)

    @property
    def budget(self) -> int:
        """How many questions a sitting has: as fit into the learner's minutes a day, else a usual number."""
        minutes = people.settings_of(self.person).get("minutes_a_day")
        if minutes:
            return self.questions_in(float(minutes))
        return FEWER if takes_larger_steps(self.person) else USUAL_SIZE


@dataclass(frozen=True, slots=True)
class Sitting:
    """What is to be asked, in order, and about how many minutes it takes this learner."""

    questions: tuple[Question, ...]
    minutes: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the questions."""
        return tuple(question.key for question in self.questions)


def takes_larger_steps(person: Person) -> bool:
    """Whether the learner wants fewer, bigger questions."""
    return bool(people.settings_of(person).get("larger_steps"))


def situation(session: Session, person: Person, unit: Unit, now: datetime) -> Situation:
    """Everything that a sitting, a forecast or the progress of this person rests on."""
    assert person.id is not None
    today = learning_day(now, person.time_zone)
    exam = people.assessment_date(session, person, date_of(today))
    rows = revision.cards_in_unit(session, person.id, unit.key)
    questions = pinned.questions(session, unit)
    return Situation(
        person,
        unit,
        in_larger_steps(questions) if takes_larger_steps(person) else questions,
        {key: memory_of(card) for key, card in rows.items()},
        learner_of(session, person.id),
        today,
        day_of(exam) if exam else None,
        _attendance(session, person.id, today),
    )


def _attendance(session: Session, person_id: int, today: int) -> float:
    """The share of the last four weeks' days, since the first of them, on which the person practised; not today."""
    days = [day for day in answer_log.days_practised(session, person_id, today - ATTENDANCE_DAYS) if day < today]
    return min(1.0, observed_attendance(len(days), today - days[0] if days else 0))


def compose_for(
    session: Session, person: Person, unit: Unit, now: datetime, *, starts_with_a_tap: bool = False
) -> Sitting:
    """The person's next sitting on a unit: as many questions as fit into the minutes they gave, perhaps none.

    `starts_with_a_tap`: the first is one that a tap answers, where the unit has one to ask.
    """
    here = situation(session, person, unit, now)
    asked = revision.last_asked(session, person.id or 0)
    sitting = _fitting(here, asked)
    return _starting_with_a_tap(here, sitting, asked) if starts_with_a_tap else sitting


def _fitting(here: Situation, asked: Mapping[str, datetime]) -> Sitting:
    minutes = people.settings_of(here.person).get("minutes_a_day")
    if not minutes:
        return _composed(here, here.budget, asked)
    # What is chosen may be far slower than the bank on average, so sizes are composed and timed, not reckoned. The
    # minutes are the learner's word: who comes seldom is asked what matters most in them, never for more of them.
    composed = cache(lambda size: _composed(here, size, asked))
    fitting = bisect_right(range(1, MOST_QUESTIONS + 1), minutes, key=lambda size: composed(size).minutes)
    return composed(max(1, fitting))


def _starting_with_a_tap(here: Situation, sitting: Sitting, asked: Mapping[str, datetime]) -> Sitting:
    tapped = [question for question in sitting.questions if question.is_tapped]
    if not tapped and sitting.questions:
        only_taps = replace(here, questions=tuple(question for question in here.questions if question.is_tapped))
        tapped = list(_composed(only_taps, 1, asked).questions)
    first = tapped[:1]
    others = [question for question in sitting.questions if question not in first]
    return _costed(here, (*first, *others)[: len(sitting.questions)])


def _composed(here: Situation, budget: int, asked: Mapping[str, datetime]) -> Sitting:
    cards = [CardView(key, card.state, recent_misses(card.recent)) for key, card in here.cards.items()]
    views = {view.key: view for view in here.views}
    keys = compose(
        cards,
        with_swapped_variants(list(views.values()), leeches(cards), asked),
        today=here.today,
        exam_day=here.exam_day,
        budget=budget,
        attendance=here.attendance,
        recently_asked={key: learning_day(moment, here.person.time_zone) for key, moment in asked.items()},
        forgetting=here.learner.forgetting,
        takes_larger_steps=takes_larger_steps(here.person),
    )
    questions = {question.key: question for question in here.questions}
    return _costed(here, tuple(questions[key] for key in keys))


def _costed(here: Situation, questions: tuple[Question, ...]) -> Sitting:
    views = map(QuestionView.of, questions)
    return Sitting(questions, forecast.minutes(views, here.learner.usual_seconds, here.extra_time))


@dataclass(frozen=True, slots=True)
class Change:
    """What a sitting changed of a unit: points `seen` of `total`, `new` ones among them.

    `before` and `after`: recall (0..1) expected on the assessment date if nothing more were done; None without a date.
    """

    unit_label: str
    seen: int
    total: int
    new: int
    exam_date: date | None = None
    before: float | None = None
    after: float | None = None


def what_changed(session: Session, person: Person, unit: Unit, session_id: int, now: datetime) -> Change:
    """Said after a sitting."""
    here = situation(session, person, unit, now)
    earlier = {
        key: memory.replay(events, here.learner.parameters or DEFAULT_PARAMETERS)
        for key, events in answer_log.ratings_before(session, person.id or 0, session_id).items()
    }
    new = sum(state is None for key, state in earlier.items() if key in here.cards)
    seen = sum(state is not None for state in here.states)
    change = Change(here.unit.label, seen, len(here.states), new)
    if here.exam_day is None or not here.is_before_exam:
        return change
    after = here.states_of(here.questions)
    before = [earlier.get(key, state) for key, state in after.items()]
    calibrated, forgetting = here.learner.recalibration, here.learner.forgetting
    was, is_now = (
        forecast.expected_recall(states, here.exam_day, calibrated, forgetting)
        for states in (before, list(after.values()))
    )
    return replace(change, exam_date=date_of(here.exam_day), before=was, after=is_now)


def outlook_for(session: Session, person: Person, unit: Unit, now: datetime) -> forecast.Outlook | None:
    """What the learner's pace leads to by their date, and what five more minutes a day would; None without a date."""
    here = situation(session, person, unit, now)
    if here.exam_day is None or not here.is_before_exam or not here.states:
        return None
    return forecast.outlook(
        here.states,
        today=here.today,
        exam_day=here.exam_day,
        a_day=here.budget,
        more_a_day=here.budget + here.questions_in(MORE_MINUTES),
        attendance=here.attendance,
        calibrated=here.learner.recalibration,
        cards_per_question=_cards_per_question(here.questions),
        forgetting=here.learner.forgetting,
    )


def feasibility_line(session: Session, cohort: Cohort, unit: Unit, now: datetime, a_day: int = USUAL_SIZE) -> str:
    """For tutors: what a unit asks of somebody who begins today, "300 questions, 30 days, 10 a day: about 84% ...".

    Empty without a date ahead or without questions.
    """
    questions = pinned.questions(session, unit)
    today = learning_day(now, cohort.time_zone)
    exam_day = day_of(cohort.assessment_date) if cohort.assessment_date else today
    states = [None for _ in {key for question in questions for key in question.card_keys}]
    if exam_day <= today or not states:
        return ""
    found = forecast.outlook(
        states,
        today=today,
        exam_day=exam_day,
        a_day=a_day,
        more_a_day=2 * a_day,
        cards_per_question=_cards_per_question(questions),
    )
    return f"{unit.label}: {forecast.tutor_sentence(found)}"


def _cards_per_question(questions: Sequence[Question]) -> float:
    return fmean(QuestionView.of(question).asks_for for question in questions) if questions else 1.0

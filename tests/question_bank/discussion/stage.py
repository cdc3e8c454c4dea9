"""A stage for discussions in tests: hand-built plans, a simple marker, and a transcript that grows turn by turn."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from talkthrough.question_bank.discussion import Move, Plan, PlannedCriterion, Turn, flags_of, hear, next_move, wish_of
from talkthrough.question_bank.items.question import ExpectedPoint, Question
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Signals, Words

START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)

_SIGNALS = {
    "reason": r"\b(because|so that|since|reason)\b",
    "example": r"\b(for example|for instance|one time|eg)\b",
    "strength": r"\b(good|strength|well|quick|cheap|useful|best)\b",
    "weakness": r"\b(but|weak|misses|slow|costly|problem|downside)\b",
    "comparison": r"\b(than|different|alike|whereas|compared)\b",
    "judgement": r"\b(overall|suitable|i would keep|i think|in my view|most)\b",
    "steps": r"\b(first|then|after that)\b",
    "own_action": r"\bi (told|gave|moved|checked|decided|asked|rang|wrote|made|put|did|sorted|spoke|listened)\b",
    "we": r"\b(we|our)\b",
    "real_event": r"\b(last (week|month|year|monday|friday|tuesday)|yesterday|one day|in (march|may|june))\b",
    "hypothetical": r"\b(would|could)\b",
    "when": r"\b(last (week|month|year|monday|friday|tuesday)|yesterday|in (march|may|june))\b",
    "result": r"\b(in the end|as a result|so the|went down|went up|worked|happy|fewer)\b",
    "evidence_named": r"\b(rota|email|record|log book|spreadsheet|minutes)\b",
    "third_party_name": r"\bDave\b",
    "dont_know": r"\b(don'?t know|no idea|not sure|dunno)\b",
}


def fake_mark(question: Question, answer: str) -> Mark:
    """A point is mentioned where one of its words (its `children` are the cue words) stands in the answer."""
    lower = answer.lower()
    points = []
    for point in question.expected_points:
        if not point.is_published:
            continue
        found = next((m for cue in point.children if (m := re.search(cue, lower))), None)
        if found is None:
            points.append(PointMark(point.key, PointState.NOT_MENTIONED, "sure no", 0.0, None, "none"))
            continue
        words = Words(found.start(), found.end(), answer[found.start() : found.end()])
        negated = re.search(r"\b(not|never|don'?t|no)\b[^.]*$", lower[: found.start()])
        state = PointState.CONTRADICTED if negated else PointState.COVERED
        points.append(PointMark(point.key, state, "sure no" if negated else "sure yes", 0.9, words, "cue"))
    signals = Signals(
        **{
            name: bool(re.search(pattern, lower if name != "third_party_name" else answer))
            for name, pattern in _SIGNALS.items()
        }
    )
    return Mark(points=tuple(points), needed=question.quantity, signals=signals)


def point(key: str, text: str, *cues: str) -> ExpectedPoint:
    return ExpectedPoint(key=key, text=text, children=cues)


def slot_points(key: str, *slots: str) -> tuple[ExpectedPoint, ...]:
    return tuple(ExpectedPoint(key=f"{key}/{slot}", text=slot, is_published=False, slot=slot) for slot in slots)


METHODS = PlannedCriterion(
    key="m12",
    number="1.2",
    text="assess the suitability of a range of methods to monitor customer service operations",
    verb="assess",
    kind="knowledge",
    openings=(
        "Talk me through how customer service is monitored where you work.",
        "How do you find out whether customers are being served well?",
        "What is looked at, and by whom?",
    ),
    expected_points=(
        point("m12/calls", "listening to calls", "calls?"),
        point("m12/writing", "reviewing written communication", "emails we send", "read letters"),
        point("m12/feedback", "getting direct feedback from customers", "feedback", "ask customers"),
        point("m12/shoppers", "use of mystery shoppers", "mystery shopp"),
        point("m12/sales", "sales figures", "sales"),
        point("m12/complaints", "returns/complaints figures", "complaint"),
        *slot_points("m12", "strength", "weakness", "judgement"),
    ),
    quantity=3,
    is_open=True,
    counted="methods",
)
STRATEGIES = PlannedCriterion(
    key="m13",
    number="1.3",
    text="explain the strategies needed to deliver seamless customer service",
    verb="explain",
    kind="knowledge",
    openings=(
        "What has to be in place so that a customer never gets passed around?",
        "How do you make it smooth for a customer?",
    ),
    expected_points=slot_points("m13", "reason", "example"),
)
SOURCES = PlannedCriterion(
    key="m15",
    number="1.5",
    text="evaluate sources of information on customer performance data",
    verb="evaluate",
    kind="knowledge",
    openings=(
        "What information do you use to judge how well customers are served?",
        "Where do your numbers about service come from?",
    ),
    expected_points=(
        point("m15/sales", "sales figures", "sales"),
        point("m15/complaints", "returns/complaints figures", "complaint"),
        point("m15/targets", "achievement of targets, KPIs etc", "targets?", "kpi"),
        *slot_points("m15", "strength", "weakness", "judgement"),
    ),
    quantity=2,
    counted="sources",
)
ALLOCATE = PlannedCriterion(
    key="m31",
    number="3.1",
    text="allocate resources according to agreed priorities",
    verb="allocate",
    kind="competence-doing",
    openings=(
        "Tell me about a recent time when you had to decide where people, money or materials should go.",
        "When did you last have to share out what you had, because there was not enough?",
    ),
    expected_points=(
        point("m31/finance", "finance", "budget", "finance"),
        point("m31/staff", "staff", "staff"),
        *slot_points("m31", "own_action", "real_event", "when", "result"),
    ),
)
MONITOR = PlannedCriterion(
    key="m35",
    number="3.5",
    text="carry out monitoring activities in accordance with plans",
    verb="carry out",
    kind="competence-doing",
    openings=("Tell me about a check on service that you did yourself.", "Which check on service did you do last?"),
    expected_points=slot_points("m35", "own_action", "real_event", "when", "result"),
)
UNDERSTAND = PlannedCriterion(
    key="m41",
    number="4.1",
    text="confirm that staff understand the vision, objectives and roles to deliver customer service",
    verb="confirm",
    kind="competence-doing",
    openings=(
        "How did you make sure that your team knew what was expected?",
        "Tell me how you checked what your team knew.",
    ),
    expected_points=(
        point("m41/vision", "vision", "vision"),
        point("m41/objectives", "objectives", "objective"),
        point("m41/roles", "roles", "roles?"),
        *slot_points("m41", "own_action", "real_event", "when", "result"),
    ),
    all_required=True,
)

DESCRIBE = PlannedCriterion(
    key="d14",
    number="1.4",
    text="describe decision-making processes and authorities",
    verb="describe",
    kind="knowledge",
    openings=("How do decisions about the service get made where you work?", "Who could say yes to a change?"),
    expected_points=slot_points("d14", "steps"),
)
ANALYSE = PlannedCriterion(
    key="a36",
    number="3.6",
    text="analyse how technology can be used to improve customer service delivery",
    verb="analyse",
    kind="knowledge",
    openings=("How has technology changed what customers get?", "Which part of the service could technology help?"),
    expected_points=slot_points("a36", "reason", "comparison", "result"),
)
FACTORS = PlannedCriterion(
    key="f22",
    number="2.2",
    text="explain what makes the number of visitors change",
    verb="explain",
    kind="knowledge",
    openings=("What makes a day busy or quiet?", "Why are some days full and others empty?"),
    expected_points=(
        point("f22/weather", "weather", "weather"),
        point("f22/events", "local events", "events"),
        *slot_points("f22", "reason", "example"),
    ),
)
SPECIFY = PlannedCriterion(
    key="s24",
    number="2.4",
    text="specify targets, objectives, key performance indicators (KPIs) and monitoring arrangements",
    verb="specify",
    kind="competence-doing",
    openings=(
        "Tell me how you set out what good service looks like in numbers.",
        "How did you decide what to aim for?",
    ),
    expected_points=slot_points("s24", "own_action", "real_event", "when", "result"),
)


def plan_of(*criteria: PlannedCriterion, mode: str = "practice", **changes: object) -> Plan:
    values = {
        "unit_key": "m-506-2898",
        "unit_label": "Unit 401",
        "unit_title": "Manage customer service operations",
        "outcome_number": criteria[0].number.split(".")[0],
        "outcome_text": "manage customer service operations",
        "criteria": criteria,
        "mode": mode,
        "clusters": tuple((criterion.key,) for criterion in criteria),
        **changes,
    }
    return Plan(**values)  # type: ignore[arg-type]


@dataclass
class Stage:
    """One discussion: `say` adds the learner's turn and the tool's next move."""

    plan: Plan
    turns: list[Turn] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    gap: timedelta = timedelta(seconds=20)
    read: Callable[[Question, str], Mark] = fake_mark

    def begin(self) -> Move:
        """The plan is shown and agreed; the move is the first question."""
        self.go_on()
        return self.say("yes")

    def go_on(self) -> Move:
        move = next_move(self.plan, self.turns)
        self._add(
            "tool", move.text, criterion_keys=move.criterion_keys, kind=move.kind, rule=move.rule, target=move.target
        )
        self.moves.append(move)
        return move

    def say(self, text: str, *, after: timedelta | None = None) -> Move:
        self.hear(text, after=after)
        return self.go_on()

    def hear(self, text: str, *, after: timedelta | None = None) -> Turn:
        wish = wish_of(text)
        marks = hear(self.plan, self.turns, text, self.read) if wish in {"answer", "continue"} else ()
        flags = flags_of(self.plan, self.turns, text)
        return self._add("learner", text, wish=wish, marks=marks, flags=flags, gap=after)

    def _add(self, speaker: str, text: str, *, gap: timedelta | None = None, **values: object) -> Turn:
        at = self.turns[-1].at + (gap or self.gap) if self.turns else START
        turn = Turn(number=len(self.turns) + 1, speaker=speaker, text=text, at=at, **values)  # type: ignore[arg-type]
        self.turns.append(turn)
        return turn


def play(plan: Plan, *lines: str) -> list[str]:
    """The whole discussion after the plan was agreed: for each move "rule criterion target", the first one included."""
    stage = Stage(plan)
    moves = [stage.begin(), *(stage.say(line) for line in lines)]
    return [" ".join(filter(None, (move.rule, *_shown_keys(move), move.target))) for move in moves]


def _shown_keys(move: Move) -> tuple[str, ...]:
    return move.criterion_keys if move.kind in {"open", "probe", "ask again", "hint"} else ()

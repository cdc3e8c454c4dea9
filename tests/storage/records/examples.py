"""A discussion on 401 outcome 3 as the tests use it: the texts that break programs, and what a marker saw in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlmodel import Session, create_engine

from talkthrough.question_bank.discussion.model import CriterionMark, Plan, PlannedCriterion, Standing, Turn
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Signals, Words
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, SourceSpan, Unit
from talkthrough.storage import audit, discussions
from talkthrough.storage.records.log import discussion_log, seal
from talkthrough.storage.records.model import LogDetails
from talkthrough.storage.tables import Table

NOW = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)
KEY = audit.SigningKey(Ed25519PrivateKey.from_private_bytes(b"k" * 32))
SPAN = SourceSpan(120, 121)

TEXTS = {
    "3.1": "monitor the effectiveness of customer service operations",
    "3.5": "recommend changes to customer service operations that are within your own authority",
    "3.6": "evaluate the extent to which service complaints are handled against the organisation's targets",
}
CRITERIA = tuple(
    AssessmentCriterion(number, number, text, "competence-thinking", SPAN, key=f"k{number}")
    for number, text in TEXTS.items()
)
UNIT = Unit(
    "Manage customer service operations",
    SPAN,
    number="401",
    reference="M/506/2898",
    level="4",
    awarding_body="City & Guilds",
    status="published",
    outcomes=(LearningOutcome("3", "3", "Be able to monitor customer service", "competence", SPAN, CRITERIA),),
    key="m-506-2898",
)
POINTS = (ExpectedPoint("p1", "call listening"), ExpectedPoint("p2", "mystery shoppers"))
PLAN = Plan(
    unit_key="m-506-2898",
    unit_label="Unit 401",
    unit_title="Manage customer service operations",
    outcome_number="3",
    outcome_text="Be able to monitor customer service",
    criteria=tuple(
        PlannedCriterion(f"k{number}", number, text, text.split()[0], "competence-thinking", ("How?",), POINTS, 2)
        for number, text in TEXTS.items()
    ),
    evidence_methods=("professional discussion", "reflective account", "witness testimony"),
    workplace_held=("customer feedback records",),
    requirements=("The learner must be observed at least on one occasion.",),
    is_discussion_listed=True,
    is_reflective_account_listed=True,
    materials=("your last team report",),
    adjustments=("voice messages",),
    extra_time=1.5,
)

LONG_WORD = "supercalifragilistic" * 204 + "end of 4096 chars"[:16]
HOSTILE = (
    "<script>alert(1)</script> & <b>bold</b> </script> a < b",
    "{{7*7}} {% raw %} ${7*7}",
    '#read("/etc/passwd") #import "x" *bold* _it_ $x^2$ @ref <label> \\ ',
    "=cmd|'/C calc'!A0",
    "😀👩‍👩‍👧‍👦 👍🏽 emoji and ✓ ticks → arrows",
    "مرحبا بالعالم هذا نص عربي",
    "你好世界 שלום हिन्दी ไทย",
    "Cymraeg: ŵ ŷ Ŵ; café naïve ﬁ “quotes” – dash…",
    "\u202eright to left override\u202c \u200bzero\u200bwidth",
    "line one\n\n  indented\ttab\nlast line   ",
    "bell \x07 escape \x1b[31m",
    LONG_WORD,
)


def mark(*covered, text="", **signals):
    points = tuple(
        PointMark(key, PointState.COVERED, "sure yes", 0.9, Words(0, 4, text[:4]), "rule") for key in covered
    )
    return Mark(points=points, signals=Signals(**signals))


def asked(text, kind="probe", criteria=("k3.6",), target="", rule="verb.slot"):
    return Turn(0, "tool", text, NOW, criterion_keys=tuple(criteria), kind=kind, target=target, rule=rule)


def said(text, *covered, criteria=("k3.6",), wish="answer", flags=(), **signals):
    marks = tuple(CriterionMark(key, mark(*covered, text=text, **signals)) for key in criteria)
    return Turn(0, "learner", text, NOW, criterion_keys=tuple(criteria), wish=wish, marks=marks, flags=tuple(flags))


CONVERSATION = (
    asked("Unit 401, outcome 3. Please read the plan.", "plan", TEXTS and ("k3.1", "k3.5", "k3.6")),
    said("I have read it", criteria=()),
    asked("Tell me about a time when you looked into complaints?", "open", rule="open.first"),
    said("we had a lot of complaints about the returns desk, so i listend to calls", "p1", we=True, real_event=True),
    asked("What did you do?", target="own action"),
    said(
        "Last March I sat with the team and I wrote down each reason. This is for 3.6", "p1", own_action=True, when=True
    ),
    asked("Would you like a hint: think of someone who visits the shop?", "hint"),
    said("mystery shopper as well", "p2"),
    asked("How do you know it worked?", target="result"),
    said("complaints went from 14 a week to 5", result=True),
    asked("What if the team refuses?", target="what-if", rule="reflection.ask"),
    said("I would speak to each of them", hypothetical=True),
    asked("Tell me about changes you recommended?", "open", ("k3.5",), rule="open.next"),
    said("skip", criteria=(), wish="skip"),
    asked("Is there anything to add?", "close", ()),
    said("next time i would start earlier, the report is on the team drive", evidence_named=True),
)
NAMES = ("call listening", "mystery shoppers")
STANDINGS = (Standing("k3.6", NAMES, (), 2, 2, turn_numbers=(4, 6, 8)), Standing("k3.5", (), NAMES, 0, 2))


def held(turns=CONVERSATION, plan=PLAN, erase=(), close=True):
    """The rows of a discussion that was held with these turns, half a minute apart."""
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        discussion = discussions.start(
            session, person_id=1, unit_version_id=1, plan=plan, time_zone="Europe/London", now=NOW
        )
        for place, turn in enumerate(turns):
            at = NOW + timedelta(seconds=30 * place)
            discussions.append_turn(session, discussion, replace(turn, at=at), at)
        if close:
            discussions.close(session, discussion, KEY, NOW + timedelta(minutes=20), self_rating="nearly ready")
        for number in erase:
            discussions.erase_turn_text(session, discussion.id, number)
        rows = discussions.stored_turns(session, discussion.id)
        session.commit()
    engine.dispose()
    return discussion, rows


DETAILS = LogDetails(
    learner_reference="L-0042",
    centre="Northside College",
    document_name="unit-401.md",
    document_version="v3.0",
    tool_version="Talkthrough 0.1.0",
    retain_until=date(2027, 11, 22),
)


def log(turns=CONVERSATION, *, plan=PLAN, erase=(), standings=STANDINGS, details=DETAILS, close=True):
    discussion, rows = held(turns, plan, erase, close)
    made = discussion_log(
        discussion, rows, UNIT, standings, learner_name="Sam Ali", export_number=1, now=NOW, details=details
    )
    return seal(made, KEY) if close else made


def hostile_log():
    """Every text that breaks programs, said by a learner called something nasty."""
    turns = [turn for text in HOSTILE for turn in (asked("And then?"), said(text, "p1"))]
    details = replace(DETAILS, centre='=1+1 <img src="x"> #eval("1")')
    return log((asked("Go on?", "open"), *turns), details=details)

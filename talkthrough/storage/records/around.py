"""What a discussion log prints around its transcript: the cover, the plan, how it was made, and its integrity."""

import json
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from talkthrough.question_bank.discussion.model import Plan, Turn
from talkthrough.question_bank.discussion.plan import planned_minutes
from talkthrough.question_bank.specification import Unit
from talkthrough.storage.records.model import Cover, ExportLine, Integrity, LogDetails, PlanningSheet
from talkthrough.storage.tables import Discussion


def local(at: datetime | None, zone: ZoneInfo, missing: str = "not recorded") -> str:
    """A time for readers: local, to the second, with its zone."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S %Z") if at else missing


def _channel(turns: Sequence[Turn]) -> str:
    has_voice = any("voice" in turn.flags for turn in turns)
    return "Chat and voice messages, remote" if has_voice else "Chat messages, remote"


def cover(
    discussion: Discussion, plan: Plan, unit: Unit, learner_name: str, details: LogDetails, turns: Sequence[Turn]
) -> Cover:
    """Whose discussion, on what, when and how it was held."""
    zone = ZoneInfo(discussion.time_zone)
    first = discussion.started_at or discussion.planned_at
    document = " ".join(part for part in (details.document_name, details.document_version) if part)
    return Cover(
        learner_name=learner_name,
        learner_reference=details.learner_reference,
        centre=details.centre,
        programme=details.programme,
        unit_label=plan.unit_label,
        unit_title=plan.unit_title,
        unit_reference=unit.reference,
        level=unit.level,
        awarding_body=unit.awarding_body,
        issuer=unit.issuer,
        document=document or "not recorded",
        document_status=unit.status,
        outcome_number=plan.outcome_number,
        outcome_text=plan.outcome_text,
        local_date=f"{first.astimezone(zone):%Y-%m-%d}",
        started=local(discussion.started_at, zone, "not started"),
        ended=local(discussion.closed_at, zone, "not closed yet"),
        time_zone=discussion.time_zone,
        mode=f"{plan.mode} discussion" + (", hints on request" if plan.mode == "practice" else ", no hints"),
        channel=_channel(turns),
        present=details.present or "not stated; nobody checked who was with the learner",
    )


def planning(discussion: Discussion, plan: Plan, details: LogDetails) -> PlanningSheet:
    """What was agreed before the first question."""
    zone = ZoneInfo(discussion.time_zone)
    return PlanningSheet(
        purpose=plan.purpose,
        minutes=planned_minutes(plan),
        agreed=local(details.agreed_at or discussion.started_at, zone, "not agreed yet"),
        prepared_by=details.prepared_by,
        materials=plan.materials,
        adjustments=plan.adjustments,
        listing=(
            _listing("Professional discussion", is_listed=plan.is_discussion_listed),
            _listing("Reflective account", is_listed=plan.is_reflective_account_listed),
        ),
        consent="The learner was told that every message is saved with its time, and that nobody else reads it until "
        "the learner releases it, except where someone may be at risk of harm.",
    )


def _listing(method: str, *, is_listed: bool) -> str:
    """Named is not enough, and not named is not forbidden (section 4.3)."""
    return (
        f"{method} is listed for this outcome." if is_listed else f"{method} is not listed - check with your assessor."
    )


def disclosure(details: LogDetails, turns: Sequence[Turn], zone: ZoneInfo) -> tuple[str, ...]:
    """Rule D13, printed on every export."""
    days = sorted({turn.at.astimezone(zone).date().isoformat() for turn in turns})
    used = f"used on {', '.join(days)}" if days else "not used yet"
    return (
        f"This record was made with {details.tool_version}, {used}.",
        "Questions come from a fixed question bank made from the published document. No generative AI was used.",
        "The learner's words are printed as they were sent. Nothing was corrected, joined or added.",
        "The tool added the questions, the headings, the criterion references marked 'tool', and the notes.",
        "This is a practice discussion. It was not held by an assessor.",
    )


def export_line(number: int, now: datetime, zone: ZoneInfo, details: LogDetails) -> ExportLine:
    """This file among those of its kind, before it is compared with the one before."""
    kept = details.retain_until.isoformat() if details.retain_until else "as your centre's policy says"
    released = local(details.released_at, zone) if details.released_at else None
    return ExportLine(number, local(now, zone), kept, released)


def integrity(discussion: Discussion, turns: int) -> Integrity:
    """The signed head of the chain."""
    return Integrity(
        turns=turns,
        head=discussion.head,
        signature=discussion.signature,
        key_id=discussion.key_id,
        closed_at=discussion.closed_at,
        plan=json.loads(discussion.plan),
    )

"""Discussion log and draft as sheets: what stands where, in plain words."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from talkthrough.storage.records.criteria_index import heard_in, heard_in_draft, index_table
from talkthrough.storage.records.model import (
    Cover,
    CriterionIndex,
    CriterionReference,
    DiscussionLog,
    DraftEvent,
    DraftMessage,
    EvidenceLocation,
    ExportLine,
    LoggedTurn,
    Record,
    ReflectiveDraft,
    SaidPoint,
)
from talkthrough.storage.records.sheet import (
    Block,
    Bullets,
    Cell,
    Facts,
    Form,
    Heading,
    Notice,
    Paragraph,
    Sheet,
    Spoken,
    Table,
    linked,
)

SPEAKERS = {"learner": "Learner", "tool": "[Tool]", "tutor": "Tutor"}
LEARNER_DECLARATION = (
    "The words marked Learner are mine. They describe things I did or know. I have not used names or details that "
    "identify other people. I understand that this is not evidence until my assessor accepts it."
)
ASSESSOR_DECLARATION = (
    "I have discussed this record with the learner or compared it with other work. I confirm that the transcript is "
    "a true record as far as I can tell."
)
SIGNED = ("Name", "Signature", "Date")


@singledispatch
def sheet_of(record: Record) -> Sheet:
    """The record as a sheet of blocks."""
    raise TypeError(f"{type(record).__name__} has no sheet.")


@sheet_of.register
def _log_sheet(log: DiscussionLog) -> Sheet:
    head = f"hash {log.integrity.head[:16]}" if log.integrity.head else "not signed yet"
    return Sheet(
        title=f"Mock professional discussion: {log.cover.unit_label}, outcome {log.cover.outcome_number}",
        author=log.cover.learner_name,
        banner=log.banner,
        running=_running(log.cover),
        footer=f"Discussion {log.discussion}, export {log.export.number}, {head}",
        blocks=tuple(_log_blocks(log)),
        criteria=tuple(criterion.number for criterion in log.criteria),
    )


@sheet_of.register
def _draft_sheet(draft: ReflectiveDraft) -> Sheet:
    return Sheet(
        title=f"{draft.title}: {draft.cover.unit_label}, outcome {draft.cover.outcome_number}",
        author=draft.cover.learner_name,
        banner=draft.banner,
        running=_running(draft.cover),
        footer=f"Draft from discussion {draft.discussion}, export {draft.export.number}",
        blocks=tuple(_draft_blocks(draft)),
        criteria=tuple(criterion.number for criterion in draft.criteria),
    )


def _running(cover: Cover) -> str:
    who = cover.learner_reference or cover.learner_name
    return f"{who} - {cover.unit_label}, outcome {cover.outcome_number} - {cover.local_date}"


# --- the log --------------------------------------------------------------------------------------------------------


def _log_blocks(log: DiscussionLog) -> Iterator[Block]:
    yield Notice("This is a practice discussion. It was not held by an assessor and decides nothing.")
    yield Facts(tuple(_cover_rows(log.cover)))
    yield Heading("Index: where each criterion was spoken about")
    yield Notice(
        "The index names turns and quotes dates. It says 'mentioned', 'asked and answered' (in words that the tool "
        "does not know) or 'not yet mentioned', and judges nothing."
    )
    yield index_table(log.criteria, heard_in(log.turns))
    yield from _points(log)
    yield Heading("Plan agreed before the first question")
    yield Facts(tuple(_plan_rows(log)))
    yield Heading("Transcript, word for word")
    yield Notice(
        f"Learner's words {log.learner_words}, tool's words {log.tool_words}. "
        "The tool's messages are boxed and marked [Tool]. A criterion in the margin says who put it there."
    )
    for turn in log.turns:
        yield _spoken(turn)
    yield from _afterwards(log)
    yield from _people_blocks(log)
    yield from _closing_blocks(log)


def _cover_rows(cover: Cover) -> Iterator[tuple[str, str]]:
    yield "Learner", cover.learner_name
    yield "Learner number or reference", cover.learner_reference or "not given"
    yield "Centre", cover.centre or "not given"
    if cover.programme:
        yield "Programme or group", cover.programme
    yield "Unit", unit_of(cover)
    yield "Awarding body", cover.awarding_body or "not named in the document"
    if cover.issuer:
        yield "Document issued by", cover.issuer
    if cover.level:
        yield "Level", cover.level
    yield "Document and its status", f"{cover.document} ({cover.document_status})"
    yield "Outcome", f"{cover.outcome_number} {cover.outcome_text}"
    yield "Started", cover.started
    yield "Ended", cover.ended
    yield "Mode", f"{cover.mode}. {cover.channel}."
    yield "Who was present", cover.present


def unit_of(cover: Cover) -> str:
    """The unit in one line: label, title and reference."""
    return " - ".join(part for part in (cover.unit_label, cover.unit_title, cover.unit_reference) if part)


def _points(log: DiscussionLog) -> Iterator[Block]:
    rows = tuple(
        (
            Cell(entry.number),
            linked(_places(entry.mentioned), "-"),
            Cell("; ".join(entry.not_yet_mentioned) or "-"),
            _answered(entry),
        )
        for entry in log.criteria
        if entry.mentioned or entry.not_yet_mentioned or entry.answered
    )
    if rows:
        yield Table(
            "What the unit lists and its verbs ask for, as the tool found it",
            (
                ("Criterion", 1.3),
                ("Points mentioned, and where", 3.4),
                ("Points not yet mentioned", 3.2),
                ("Asked, and answered in words the tool does not know", 2.2),
            ),
            rows,
            tuple(row[0].text for row in rows),
        )


def _answered(entry: CriterionIndex) -> Cell:
    """What was answered, and the other answers to questions about the criterion."""
    named = {turn for point in entry.answered for turn in point.turns}
    others = ((turn, f"turn {turn}") for turn in entry.replies if turn not in named)
    return linked((*_places(entry.answered), *others), "; ".join(point.text for point in entry.answered) or "-")


def _places(points: Iterable[SaidPoint]) -> Iterator[tuple[int, str]]:
    """Each point, with its turns."""
    for point in points:
        for place, turn in enumerate(point.turns):
            yield turn, f"turn {turn}" if place else f"{point.text}: turn {turn}"


def _plan_rows(log: DiscussionLog) -> Iterator[tuple[str, str]]:
    plan = log.planning
    yield "Purpose", plan.purpose
    yield "Expected length", f"{plan.minutes} minutes"
    yield "Agreed", f"{plan.agreed}; prepared by {plan.prepared_by}"
    yield "Criteria", "\n".join(f"{entry.number} {entry.text}" for entry in log.criteria)
    yield "Materials to have at hand", "\n".join(plan.materials) or "none named"
    yield "Adjustments used", "\n".join(plan.adjustments) or "none asked for"
    yield "Evidence list of the outcome", " ".join(plan.listing)
    yield "Consent", plan.consent


def _spoken(turn: LoggedTurn) -> Spoken:
    return Spoken(
        turn=turn.number,
        speaker=SPEAKERS[turn.speaker],
        when=turn.local_time,
        text=turn.text,
        margin=_margin(turn.references),
        notes=turn.notes,
        criteria=numbers_of(turn.references),
        is_learner=turn.speaker == "learner",
    )


def numbers_of(references: Iterable[CriterionReference]) -> tuple[str, ...]:
    """The criteria that are named, each once."""
    return tuple(dict.fromkeys(reference.number for reference in references))


def _margin(references: tuple[CriterionReference, ...]) -> str:
    numbers = numbers_of(references)
    by = {number: [reference.by for reference in references if reference.number == number] for number in numbers}
    return ", ".join(f"{number} ({', '.join(by[number])})" for number in numbers)


def _afterwards(log: DiscussionLog) -> Iterator[Block]:
    yield Heading("Learner's reflection and next steps")
    yield Facts(
        (
            ("Learner's own rating", log.self_rating or "not given"),
            ("Next steps", "; ".join(log.next_steps) or "none chosen yet"),
        )
    )
    yield from _evidence_blocks(log.evidence)
    if log.requirements:
        yield Heading("What the unit also asks for")
        yield Bullets(log.requirements)
    yield Heading("Where the questions came from")
    columns = (("Turn", 1), ("Kind, rule and reason", 5), ("Criteria", 1.6), ("Source", 2))
    rows = tuple(
        (
            linked([(source.turn, str(source.turn))]),
            Cell(f"{source.asked}, {source.rule}: {source.reason}".rstrip(": ")),
            Cell(", ".join(source.criteria)),
            Cell(source.source),
        )
        for source in log.sources
    )
    yield Table("Questions and their source", columns, rows)


def _evidence_blocks(evidence: tuple[EvidenceLocation, ...]) -> Iterator[Block]:
    if not evidence:
        return
    yield Heading("Evidence and where it is kept")
    yield Notice(
        "A document marked * in the unit may stay at work. Say where it is kept and which criteria it supports."
    )
    columns = (("Item", 3), ("Rule of the unit", 3), ("Turns", 1.4), ("Where it is kept, for which criteria", 3))
    rows = tuple(
        (Cell(item.name), Cell(item.rule), linked((turn, str(turn)) for turn in item.turns), Cell(""))
        for item in evidence
    )
    yield Table("Evidence locations", columns, rows)


def _people_blocks(log: DiscussionLog) -> Iterator[Block]:
    yield Heading("For the assessor")
    yield Paragraph("Left blank by the tool. Use the decision words of your awarding body.")
    yield Form(("How authenticity was confirmed", *(f"{entry.number}: decision and why" for entry in log.criteria)))
    yield Form(("Feedback", "Next action", *SIGNED))
    yield Heading("For quality assurance")
    yield Form(("Sampled (yes or no)", "Decision", "Comment", *SIGNED))
    yield Heading("Declarations")
    yield Paragraph(f"Learner: {LEARNER_DECLARATION}")
    yield Form(("Help from another tool or person", *SIGNED))
    yield Paragraph(f"Assessor: {ASSESSOR_DECLARATION}")
    yield Form(SIGNED)


def _closing_blocks(log: DiscussionLog) -> Iterator[Block]:
    yield Heading("How this record was made")
    yield Bullets(log.disclosure)
    yield Heading("Integrity")
    yield Facts(tuple(_integrity_rows(log)))


def _integrity_rows(log: DiscussionLog) -> Iterator[tuple[str, str]]:
    yield from _export_rows(log.export)
    yield "Turns in the chain", str(log.integrity.turns)
    yield "Head of the chain", log.integrity.head or "not closed yet"
    yield "Signature", log.integrity.signature or "not signed yet"
    yield "Key", log.integrity.key_id or "none"
    yield (
        "How to check",
        "Run: talkthrough verify FILE - on the JSON or HTML file. Other formats: by their registered hash.",
    )


def _export_rows(export: ExportLine) -> Iterator[tuple[str, str]]:
    yield "Export number", str(export.number)
    yield "Made", export.made
    yield "Keep until", export.retain_until
    yield "Released by the learner", export.released or "no"
    yield "Changes", changes_of(export)


def changes_of(export: ExportLine) -> str:
    """What changed since the export before, in one line."""
    if export.since is None:
        return "This is the first export."
    return f"Since {export.since}: {'; '.join(export.changes) or 'nothing changed'}."


# --- the draft ------------------------------------------------------------------------------------------------------


def _draft_blocks(draft: ReflectiveDraft) -> Iterator[Block]:
    yield Notice(_state_of(draft))
    yield Facts(tuple(_draft_rows(draft)))
    yield Heading("The learner's words")
    yield Notice(
        f"Learner's words {draft.learner_words}, tool's words {draft.tool_words}. "
        "The tool chose whole messages and their order. It changed nothing in them."
    )
    for event in draft.events:
        yield from _event_blocks(event)
    yield from _check_blocks(draft)
    yield Heading("Criteria, as published, and where they were spoken about")
    yield index_table(draft.criteria, heard_in_draft(draft.messages))
    yield from _evidence_blocks(draft.evidence)
    yield from _left_out_blocks(draft)
    yield Heading("Declaration")
    yield Paragraph(f"Learner: {LEARNER_DECLARATION}")
    if draft.confirmed:
        yield Notice(f"Declared by the learner: {draft.confirmed}.")
    yield Form(SIGNED if draft.confirmed else ("Help from another tool or person", *SIGNED))
    yield Paragraph(
        "Assessor: I have discussed this account with the learner or compared it with other work and am satisfied "
        "that it is authentic."
    )
    yield Form(("Evidence accepted for", "Not accepted for, and why", *SIGNED))
    yield Heading("How this draft was made")
    yield Bullets((*draft.disclosure, f"Prompts: {draft.model}."))
    yield Facts((*_export_rows(draft.export), ("Transcript hash", draft.head or "not closed yet")))


def _state_of(draft: ReflectiveDraft) -> str:
    count = len(draft.gaps)
    gaps = f" {count} {'thing is' if count == 1 else 'things are'} not yet said." if count else ""
    if draft.confirmed:
        return f"The learner confirmed this draft: {draft.confirmed}.{gaps}"
    return f"DRAFT. The learner has not confirmed it yet.{gaps}"


def _draft_rows(draft: ReflectiveDraft) -> Iterator[tuple[str, str]]:
    cover = draft.cover
    yield "Learner", cover.learner_name
    yield "Learner number or reference", cover.learner_reference or "not given"
    yield "Unit", unit_of(cover)
    yield "Outcome", f"{cover.outcome_number} {cover.outcome_text}"
    yield "Discussion held", f"{cover.started} to {cover.ended}"
    yield "Prompts", draft.model


def _event_blocks(event: DraftEvent) -> Iterator[Block]:
    when = event.time.printed if event.time else "no date yet"
    yield Heading(f"[Tool] Event {event.number}: {when}", 3)
    if event.gap:
        yield Notice(event.gap)
    for part in event.parts:
        yield Heading(f"[Tool] {part.prompt}", 4)
        if part.gap:
            yield Notice(part.gap)
        if part.said_in:
            turns = "turn" if len(part.said_in) == 1 else "turns"
            yield Notice(f"Said in {turns} {' and '.join(map(str, part.said_in))}.")
        for message in part.messages:
            yield _drafted(message)


def _drafted(message: DraftMessage) -> Spoken:
    return Spoken(
        turn=message.turn,
        speaker="Learner",
        when=message.local_time,
        text=message.text,
        margin=_margin(message.references),
        notes=message.notes,
        criteria=numbers_of(message.references),
        is_learner=True,
    )


def _check_blocks(draft: ReflectiveDraft) -> Iterator[Block]:
    if draft.checks:
        yield Heading("Questions to the learner")
        for check in draft.checks:
            about = f"Turn {check.turn}" if check.turn else f"Event {check.event}"
            yield Notice(f"{about}: {check.question}")


def _left_out_blocks(draft: ReflectiveDraft) -> Iterator[Block]:
    if draft.left_out:
        yield Heading("Messages that are not in this draft")
        rows = tuple((Cell(str(entry.turn)), Cell(entry.reason)) for entry in draft.left_out)
        yield Table("Messages left out, and why", (("Turn", 1), ("Why", 6)), rows)

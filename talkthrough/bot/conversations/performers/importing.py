"""Specifications that tutors send: what was read, what a new version changes, and into the bank."""

from collections.abc import Iterable, Iterator, Sequence

from pydantic import TypeAdapter

from talkthrough.bot.conversations import bank_effects as f
from talkthrough.bot.conversations import bank_results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.question_bank.items.wording import number_word
from talkthrough.question_bank.reading import findings
from talkthrough.question_bank.reading.template import markdown_template
from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, Specification, Unit
from talkthrough.question_bank.versions import Match, VersionChanges, changes_in_words, compare
from talkthrough.storage import bank, bank_items
from talkthrough.storage.tables import Attachment

READINGS = TypeAdapter(Specification)
FIRST_CRITERIA = 3
PAGE = 2600  # characters: a page leaves room for its heading within Telegram's 4096

Block = tuple[str, tuple[str, ...]]


def show_specification(desk: Desk, effect: f.ShowSpecification) -> r.SpecificationRead:
    """What was understood of a document, before anything enters the bank."""
    specification, name = effect.file.specification, effect.file_name
    if specification is None:
        return r.SpecificationRead(name, problem=effect.file.problem)
    if bank.is_in_use(desk.session, effect.file.content):
        return r.SpecificationRead(name, problem=f"{name} is in the bank already. Nothing has changed.")
    if not specification.units:
        return r.SpecificationRead(name, findings=findings.in_words(specification.findings))
    kept = keep(desk, name, effect.file.content), keep(desk, "reading", READINGS.dump_json(specification))
    return r.SpecificationRead(
        name,
        kept,
        tuple(_preview(unit, _changes(desk, unit)) for unit in specification.units),
        findings.in_words(specification.findings),
        tuple(f"{c.number}  {c.text}" for unit in specification.units[:1] for c in unit.criteria[:FIRST_CRITERIA]),
    )


def send_template(desk: Desk, effect: f.SendTemplate) -> None:
    """A sheet to fill in, for a document that cannot be read."""
    del effect
    desk.send_file("unit-template.txt", "text/plain", markdown_template().encode(), TEMPLATE_CAPTION)


TEMPLATE_CAPTION = "Fill in this file with the words of your document, save it and send it back to me."


def keep(desk: Desk, name: str, content: bytes) -> int:
    """Keep a file until it is confirmed or dropped."""
    row = Attachment(file_name=name, media_type="application/octet-stream", content=content)
    desk.session.add(row)
    desk.session.flush()
    return row.id or 0


def drop_files(desk: Desk, effect: f.DropFiles) -> None:
    """Nothing is kept of files that were not confirmed."""
    for attachment_id in effect.attachment_ids:
        row = desk.session.get(Attachment, attachment_id)
        if row is not None:
            desk.session.delete(row)


def _preview(unit: Unit, changes: VersionChanges | None) -> r.UnitPreview:
    outcomes = tuple((outcome.number, len(outcome.criteria)) for outcome in unit.outcomes)
    news = _summary(changes) if changes else ""
    return r.UnitPreview(unit.label, unit.title, len(unit.criteria), outcomes, news)


def _changes(desk: Desk, unit: Unit) -> VersionChanges | None:
    old = bank.predecessor(desk.session, unit)
    return compare(old.unit, unit) if old else None


def _summary(changes: VersionChanges) -> str:
    counts = [
        (len(changes.added), "added"),
        (len(changes.removed), "removed"),
        (len(changes.reworded), "reworded"),
        (len(changes.renumbered), "renumbered"),
        (len(changes.uncertain), "to check with you"),
        (len(_without_guidance(changes)), "without their guidance"),
    ]
    return ", ".join(f"{count} {what}" for count, what in counts if count) or "no criterion changed"


def _without_guidance(changes: VersionChanges) -> list[Match]:
    """Matched criteria whose lists or definitions the new version no longer prints."""
    return [match for match in changes.matched if match.old.guidance and not match.new.guidance]


def show_reading(desk: Desk, effect: f.ShowReading) -> r.ReadingShown | r.NotThere:
    """A part of what was read, as published."""
    specification = _reading(desk, effect.attachment_ids)
    if specification is None or not 0 <= effect.unit < len(specification.units):
        return r.NotThere()
    unit = specification.units[effect.unit]
    changes = _changes(desk, unit)
    preview = _preview(unit, changes)
    if effect.changes:
        pages = paged(_change_blocks(changes) if changes else [])
        return _shown(effect, preview, "What changed", pages)
    if effect.outcome is None:
        return r.ReadingShown(effect.unit, preview)
    if not 0 <= effect.outcome < len(unit.outcomes):
        return r.NotThere()
    outcome = unit.outcomes[effect.outcome]
    pages = paged((*map(criterion_block, outcome.criteria), *_evidence_blocks(unit, outcome)))
    return _shown(effect, preview, f"{outcome.number}. {outcome.text}", pages)


def _shown(
    effect: f.ShowReading, unit: r.UnitPreview, heading: str, pages: Sequence[tuple[Block, ...]]
) -> r.ReadingShown:
    page = min(max(effect.page, 0), len(pages) - 1)
    return r.ReadingShown(effect.unit, unit, effect.outcome, heading, pages[page], page, len(pages))


def paged(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Blocks on as many messages as they need; there is always one."""
    pages: list[tuple[Block, ...]] = [()]
    for block in blocks:
        if pages[-1] and sum(map(_size, (*pages[-1], block))) > PAGE:
            pages.append(())
        pages[-1] = (*pages[-1], block)
    return pages


def _size(block: Block) -> int:
    return len(block[0]) + sum(map(len, block[1])) + 4


def criterion_block(criterion: AssessmentCriterion) -> Block:
    """A criterion as published, with what the document lists for it."""
    return f"{criterion.number}  {criterion.text}", tuple(_guidance_lines(criterion))


def _guidance_lines(criterion: AssessmentCriterion) -> Iterator[str]:
    yield from criterion.sub_points
    if criterion.all_required:
        yield "Asks for all that are listed."
    elif criterion.required_items:
        yield f"Asks for at least {number_word(criterion.required_items)}."
    for guidance in criterion.guidance:
        listed = "; ".join(item.text for item in guidance.items) or " ".join((guidance.text or "").split())
        told = f"{guidance.heading}: {listed}" if guidance.heading else listed
        yield f"{told} (open list)" if guidance.items and guidance.is_open else told


def _evidence_blocks(unit: Unit, outcome: LearningOutcome) -> Iterator[Block]:
    """The evidence that the document lists, for the outcome or for the whole unit."""
    for heading, methods in (
        ("Evidence listed for this outcome", outcome.evidence_methods),
        ("Evidence listed for the unit", unit.evidence_methods),
    ):
        if methods:
            yield heading, tuple(f"{one.name}{HELD_AT_WORK if one.workplace_held else ''}" for one in methods)


HELD_AT_WORK = " (may stay at work)"


def _change_blocks(changes: VersionChanges) -> Iterator[Block]:
    yield from ((sentence, ()) for sentence in changes_in_words(changes))
    if lost := _without_guidance(changes):
        numbers = ", ".join(each.new.number for each in lost)
        yield f"Guidance gone: {numbers}. Questions that rest on it are retired. What learners did stays.", ()


def _reading(desk: Desk, attachment_ids: tuple[int, int]) -> Specification | None:
    row = desk.session.get(Attachment, attachment_ids[1])
    return READINGS.validate_json(row.content) if row else None


def add_specification(desk: Desk, effect: f.AddSpecification) -> r.MatchUncertain | r.SpecificationAdded | r.NotThere:
    """The tutor confirmed: ask about the next uncertain match, or put the units into the bank."""
    specification, kept = _reading(desk, effect.attachment_ids), desk.session.get(Attachment, effect.attachment_ids[0])
    if specification is None or kept is None:
        return r.NotThere()
    if (question := _undecided(desk, specification, effect.decisions)) is not None:
        return question
    added: tuple[bank.BankUnit, ...] = ()
    if not bank.is_in_use(desk.session, kept.content):
        added = bank.add_specification(
            desk.session,
            specification,
            file_name=effect.file_name,
            content=kept.content,
            by=desk.person_id,
            now=desk.now,
            confirmed=[(unit, old, new) for unit, old, new, is_same in effect.decisions if is_same],
        )
    drop_files(desk, f.DropFiles(effect.attachment_ids))
    return r.SpecificationAdded(tuple(_added(desk, entry.unit) for entry in added))


def _undecided(desk: Desk, specification: Specification, decisions: Sequence[f.Decision]) -> r.MatchUncertain | None:
    decided = {(unit, old, new) for unit, old, new, _ in decisions}
    waiting = [
        (place, unit, match)
        for place, unit in enumerate(specification.units)
        if (changes := _changes(desk, unit)) is not None
        for match in changes.uncertain
        if (place, match.old.number, match.new.number) not in decided
    ]
    if not waiting:
        return None
    place, unit, match = waiting[0]
    old, new = (match.old.number, match.old.text), (match.new.number, match.new.text)
    return r.MatchUncertain(place, unit.label, old, new, len(waiting))


def _added(desk: Desk, unit: Unit) -> tuple[str, int, int]:
    states = [item.state for item in bank_items.items(desk.session, unit)]
    return unit.label, states.count(bank_items.APPROVED), states.count(bank_items.HELD_BACK)

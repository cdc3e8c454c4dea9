"""The planning sheet on paper: what is agreed before the first question (assessment-practice.md section 1.2)."""

from collections.abc import Iterator

from talkthrough.question_bank.discussion.model import Plan
from talkthrough.question_bank.discussion.plan import planning_sheet
from talkthrough.storage.records import stem_of
from talkthrough.storage.records.layout import unit_of
from talkthrough.storage.records.model import BANNER, Cover, ExportLine, RenderedFile
from talkthrough.storage.records.pdf import sheet_as_pdf
from talkthrough.storage.records.sheet import Block, Bullets, Facts, Form, Heading, Notice, Sheet

TO_AGREE = ("Agreed with", "Date and time", "Place, or how we meet", "Who will be present", "Signature")
ON_TOP = {"Unit", "Outcome"}  # parts of the sheet that the facts at the top say


def planning_pdf(plan: Plan, cover: Cover, *, prepared_by: str, export: ExportLine) -> RenderedFile:
    """The plan as a PDF, with lines for what is agreed in person."""
    who = cover.learner_reference or cover.learner_name
    sheet = Sheet(
        title=f"Planning sheet: {plan.unit_label}, outcome {plan.outcome_number}",
        author=cover.learner_name,
        banner=BANNER,
        running=f"{who} - {plan.unit_label}, outcome {plan.outcome_number}",
        footer=f"Plan of a practice discussion, export {export.number}",
        blocks=tuple(_blocks(plan, cover, prepared_by, export)),
    )
    name = f"{stem_of(cover, 'plan', export.number)}.pdf"
    return RenderedFile(name, "application/pdf", sheet_as_pdf(sheet))


def _blocks(plan: Plan, cover: Cover, prepared_by: str, export: ExportLine) -> Iterator[Block]:
    yield Notice("Read this before the discussion. You lead it. You can ask for changes.")
    yield Facts(
        (
            ("Learner", cover.learner_name),
            ("Learner number or reference", cover.learner_reference or "not given"),
            ("Centre", cover.centre or "not given"),
            ("Unit", unit_of(cover)),
            ("Outcome, as published", f"{cover.outcome_number} {cover.outcome_text}"),
            ("Prepared by", f"{prepared_by}, printed {export.made}"),
            ("Who will be present", cover.present),
        )
    )
    for part in planning_sheet(plan):
        if part.heading not in ON_TOP:
            yield Heading(f"{part.heading} (as published)" if part.is_published else part.heading)
            yield Bullets(part.lines)
    yield Heading("Agreed in person")
    yield Form(TO_AGREE)

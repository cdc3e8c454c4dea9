"""The planning sheet on paper: what is agreed before the first question (assessment-practice.md section 1.2)."""

from collections.abc import Iterator

from talkthrough.question_bank.discussion.model import Plan
from talkthrough.question_bank.discussion.plan import planning_sheet
from talkthrough.storage.records.model import BANNER, RenderedFile
from talkthrough.storage.records.pdf import sheet_as_pdf
from talkthrough.storage.records.sheet import Block, Bullets, Form, Heading, Notice, Sheet

TO_AGREE = ("Agreed with", "Date and time", "Place, or how we meet", "Who will be present", "Signature")


def planning_pdf(plan: Plan, *, learner_name: str) -> RenderedFile:
    """The plan as a PDF, with lines for what is agreed in person."""
    sheet = Sheet(
        title=f"Planning sheet: {plan.unit_label}, outcome {plan.outcome_number}",
        author=learner_name,
        banner=BANNER,
        running=f"{learner_name} - {plan.unit_label}, outcome {plan.outcome_number}",
        footer="Plan of a practice discussion",
        blocks=tuple(_blocks(plan)),
    )
    number = plan.unit_label.removeprefix("Unit ").replace(" ", "-")
    name = f"{number}_LO{plan.outcome_number}_plan.pdf"
    return RenderedFile(name, "application/pdf", sheet_as_pdf(sheet))


def _blocks(plan: Plan) -> Iterator[Block]:
    yield Notice("Read this before the discussion. You lead it. You can ask for changes.")
    for part in planning_sheet(plan):
        yield Heading(f"{part.heading} (as published)" if part.is_published else part.heading)
        yield Bullets(part.lines)
    yield Heading("Agreed in person")
    yield Form(TO_AGREE)

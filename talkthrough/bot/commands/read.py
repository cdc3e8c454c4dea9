"""`talkthrough read FILE` and `talkthrough template`: what a specification says, and the form for one that cannot be
read.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from talkthrough.question_bank.specification import AssessmentCriterion, LearningOutcome, Specification, Unit


def read(
    file: Annotated[
        Path, typer.Argument(help="The specification: .txt, .md, .html, .docx, .pdf or the filled-in .csv.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Show what is read from a unit specification, with findings and line numbers. Nothing is stored."""
    from talkthrough.question_bank.reading import UnreadableDocument, read_bytes, specification_as_json

    try:
        specification = read_bytes(file.read_bytes(), file.name)
    except OSError as error:
        typer.echo(f"The file {file} cannot be opened. Check its name and try again.", err=True)
        raise typer.Exit(2) from error
    except UnreadableDocument as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(specification_as_json(specification), ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(human_view(specification)))


def template(
    kind: Annotated[Literal["md", "csv"], typer.Argument(help="md: a text to fill in; csv: a spreadsheet.")] = "md",
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen.")] = None,
) -> None:
    """Print the fill-in template for a specification that cannot be read."""
    from talkthrough.question_bank.reading.template import csv_template, markdown_template

    text = markdown_template() if kind == "md" else csv_template()
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")
        typer.echo(f"The template is in {out}. Fill it in, then read it with: talkthrough read {out}")


def human_view(specification: "Specification") -> Iterator[str]:
    """Lines for a person: outcomes, criteria, guidance, evidence, then the findings with their line numbers."""
    for unit in specification.units:
        yield from _unit(unit)
    if specification.notes:
        yield "Notes that belong to no unit"
        yield from (f"  line {note.span.first}: {note.text}" for note in specification.notes)
        yield ""
    yield f"Findings: {len(specification.findings)}" if specification.findings else "Findings: none"
    for finding in specification.findings:
        quoted = f' "{finding.text[:80]}"' if finding.text else ""
        yield f"  {finding.severity:<7} line {finding.line}: {finding.message}{quoted}"


def _unit(unit: "Unit") -> Iterator[str]:
    facts = [
        unit.reference,
        f"level {unit.level}" if unit.level else None,
        f"{unit.credit_value} credits" if unit.credit_value is not None else None,
        f"{unit.glh} guided learning hours" if unit.glh is not None else None,
        unit.status if unit.status != "unknown" else None,
    ]
    yield f"{unit.label}: {unit.title}" if unit.label != unit.title else unit.title
    yield f"  {' · '.join(filter(None, facts))}" if any(facts) else "  (no reference, level or credits printed)"
    yield f"  {len(unit.outcomes)} outcomes, {len(unit.criteria)} criteria"
    if unit.evidence_methods:
        yield f"  Evidence for the unit: {'; '.join(method.name for method in unit.evidence_methods)}"
    yield from (f"  Required: {note.text} [line {note.span.first}]" for note in unit.requirements)
    yield ""
    for outcome in unit.outcomes:
        yield from _outcome(outcome)


def _outcome(outcome: "LearningOutcome") -> Iterator[str]:
    yield f"  {outcome.number}. {outcome.text} [{outcome.kind}, line {outcome.span.first}]"
    for criterion in outcome.criteria:
        yield from _criterion(criterion)
    if outcome.evidence_methods:
        named = (f"{method.name}{'*' if method.workplace_held else ''}" for method in outcome.evidence_methods)
        yield f"     Evidence listed: {'; '.join(named)}"
    yield from (f"     Note: {note.text} [line {note.span.first}]" for note in outcome.notes)
    yield ""


def _criterion(criterion: "AssessmentCriterion") -> Iterator[str]:
    first, last = criterion.span.first, criterion.span.last
    where = f"line {first}" if first == last else f"lines {first}-{last}"
    yield f"     {criterion.number}  {criterion.text} [{where}]"
    yield from (f"          - {point}" for point in criterion.sub_points)
    if criterion.all_required and not criterion.sub_points:
        yield "          asks for all that are listed"
    elif criterion.required_items:
        yield f"          asks for at least {criterion.required_items}"
    for guidance in criterion.guidance:
        listed = "; ".join(item.text for item in guidance.items) or (guidance.text or "").replace("\n", " ")
        open_list = " (open list)" if guidance.is_open else ""
        label = f"{guidance.heading}: " if guidance.heading else ""
        yield f"          {label}{listed}{open_list} [lines {guidance.span.first}-{guidance.span.last}]"

"""Makes the Word and PDF files in `documents/`. Run by hand: the files are kept, so that tests need no office suite."""

import subprocess
import tempfile
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

HERE = Path(__file__).parent / "documents"
AGORED = (
    (
        "Know why nests are cleaned",
        ["State why nests are cleaned", "Identify two risks of dusty work and say how each is kept low"],
    ),
    (
        "Be able to clean a nest box",
        [
            "Clean a nest box safely",
            "Dispose of waste in line with the rules of the site",
            "Record the date of cleaning",
        ],
    ),
    (
        "Understand how birds use nest boxes",
        ["Explain how birds choose a nest box", "Describe signs that a box is in use"],
    ),
)


def agored(*, ruled: bool) -> docx.document.Document:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Agored unit specification"
    document.sections[0].footer.paragraphs[0].text = "Version 3, May 2024"
    facts = document.add_table(rows=0, cols=4)
    for cells in (
        ("Title:", "Caring for Nest Boxes", "", ""),
        ("Level:", "Two", "Credit Value:", "3"),
        ("Unit ID:", "RBB2CY101", "GLH:", "24"),
    ):
        for cell, text in zip(facts.add_row().cells, cells, strict=True):
            cell.text = text
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid" if ruled else "Normal Table"
    table.rows[0].cells[0].text = "LEARNING OUTCOMES\nThe learner will:"
    table.rows[0].cells[1].text = "ASSESSMENT CRITERIA\nThe learner can:"
    for number, (outcome, criteria) in enumerate(AGORED, 1):
        rows = [table.add_row() for _ in criteria]
        rows[0].cells[0].merge(rows[-1].cells[0])
        rows[0].cells[0].text = f"{number}. {outcome}"
        for place, (row, text) in enumerate(zip(rows, criteria, strict=True), 1):
            row.cells[1].text = f"{number}.{place} {text}"
    document.add_paragraph("Assessment Methods")
    document.add_paragraph("Oral questions and answers\nPractical demonstration")
    return document


def number_levels(document: docx.document.Document, formats: tuple[tuple[str, str], ...]) -> str:
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, (kind, text) in enumerate(formats):
        one = OxmlElement("w:lvl")
        one.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", kind), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            one.append(child)
        abstract.append(one)
    numbering.insert(0, abstract)
    return str(numbering.add_num(77).numId)


def numbered(document: docx.document.Document, text: str, level: int, number: str) -> None:
    properties = document.add_paragraph(text)._p.get_or_add_pPr()
    numbering = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", str(level)), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        numbering.append(child)
    properties.append(numbering)


def automatic_numbers() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Unit 21: Keep a workshop tidy", 1)
    document.add_paragraph("Unit reference number: B/505/1212")
    document.add_paragraph("Level: 1")
    document.add_heading("Learning outcomes and assessment criteria", 2)
    number = number_levels(document, (("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)")))
    for text, level in (
        ("Know why a workshop is kept tidy", 0),
        ("State two dangers of an untidy workshop", 1),
        ("Identify where tools are kept", 1),
        ("Be able to keep a workshop tidy", 0),
        ("Put away:", 1),
        ("hand tools", 2),
        ("power tools", 2),
        ("Sweep floors and benches", 1),
    ):
        numbered(document, text, level, number)
    document.add_heading("Assessment", 2)
    document.add_paragraph("Keep this sheet in the portfolio.", style="List Number")
    return document


def wide_head(table: Table, text: str) -> None:
    cells = table.add_row().cells
    cells[0].merge(cells[-1]).text = text


def merged_heads() -> docx.document.Document:
    """Everything in one table: facts, an outcome across the whole width, its criteria numbered in a narrow column."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    wide_head(table, "Unit 2 Serve hot drinks")
    for cells in (("Level", "2", "Credit value", "3"), ("GLH", "20", "Unit number", "D/602/4141")):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
    for outcome, criteria in (
        (
            "Learning outcome 1: Be able to prepare to serve",
            ["Check that equipment is clean", "Set out cups, spoons and milk"],
        ),
        (
            "Learning outcome 2: Know how hot drinks are made",
            ["Describe how to make:\n• tea\n• coffee", "Explain why milk is kept cold"],
        ),
    ):
        wide_head(table, outcome)
        head = table.add_row().cells
        head[0].text, head[3].text = "Assessment criteria: the learner can", "Evidence"
        head[0].merge(head[2])
        for place, text in enumerate(criteria, 1):
            row = table.add_row().cells
            row[0].text = f"{outcome[17]}.{place}"
            row[1].merge(row[2]).text = text
    return document


def tabbed() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Unit 8: Clean Windows", 1)
    document.add_paragraph("Level: 1")
    for line in (
        "Learning outcome 1: Be able to clean windows from the ground",
        "Assessment criteria",
        "1.1\tSelect tools for a given window, taking account of its height, how"
        " dirty it is and whether anybody is at work behind the glass",
        "1.2\tClean a window without leaving marks",
        "Learning outcome 2: Know how to work at height",
        "Assessment criteria",
        "2.1\tState when a ladder may be used",
        "2.2\tDescribe how a ladder is checked before each use, who may check it and"
        " where the result of the check is written down",
    ):
        document.add_paragraph(line)
    document.add_heading("Evidence requirements", 2)
    document.add_paragraph("Clean at least 3 windows.")
    return document


def four_columns() -> docx.document.Document:
    """Numbers in cells of their own, twenty rows, so that the table runs over pages and its head comes again."""
    document = docx.Document()
    document.sections[0].footer.paragraphs[0].text = "Handbook for centres, July 2024 (v4)"
    document.add_heading("Unit 31 Run a lost property desk", 1)
    document.add_paragraph("Unit number: K/650/4040\nLevel: 2\nCredits: 2\nGuided learning hours: 12")
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("Learning outcomes", "", "Assessment criteria", ""), strict=True):
        cell.text = text
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for number in (1, 2, 3, 4):
        rows = [table.add_row() for _ in range(6)]
        for column, text in ((0, f"{number}"), (1, LOST[number - 1])):
            rows[0].cells[column].merge(rows[-1].cells[column]).text = text
        for place, row in enumerate(rows, 1):
            row.cells[2].text, row.cells[3].text = f"{number}.{place}", lost_criterion(number, place)
    document.add_heading("Assessment strategy", 2)
    document.add_paragraph("Evidence is kept in a portfolio.")
    return document


LOST = (
    "Understand why property is labelled",
    "Be able to label property",
    "Understand how owners are found",
    "Be able to hand property back",
)
THINGS = ("an umbrella", "a coat", "a telephone", "a set of keys", "a passport", "a bag of shopping")


def lost_criterion(number: int, place: int) -> str:
    verb = ("Explain why a label is put on", "Put a label on", "Describe how the owner is traced of", "Hand back")[
        number - 1
    ]
    things = f"{THINGS[place - 1]}, taking account of its value,"
    return f"{verb} {things} of the wishes of the owner and of the rules of the desk"


def competence_and_knowledge() -> docx.document.Document:
    """Two units in one file, lists by Word's own bullets, the facts in a row of heads with values below."""
    document = docx.Document()
    for title, reference, outcome, criteria in (
        (
            "Unit 1: Wash dishes",
            "A/111/2222",
            "Be able to wash dishes",
            ("Sort dishes before washing", "Wash dishes in hot water"),
        ),
        (
            "Unit 2: Dry dishes",
            "D/111/3333",
            "Be able to dry dishes",
            ("Dry dishes with a clean cloth", "Put dishes away"),
        ),
    ):
        document.add_heading(title, 1)
        facts = document.add_table(rows=2, cols=3)
        facts.style = "Table Grid"
        for column, (label, value) in enumerate(
            (("Unit reference number", reference), ("Level", "1"), ("Credit value", "1"))
        ):
            facts.cell(0, column).text, facts.cell(1, column).text = label, value
        document.add_heading("Learning outcome", 2)
        document.add_paragraph("The learner will:")
        document.add_paragraph(outcome)
        document.add_heading("Assessment criteria", 2)
        document.add_paragraph("The learner can:")
        for text in criteria:
            document.add_paragraph(text, style="List Bullet")
        document.add_heading("Resources", 2)
        document.add_paragraph("A sink", style="List Bullet")
    return document


def to_pdf(source: Path, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                source,
            ],
            check=True,
        )
        (HERE / name).write_bytes((Path(folder) / f"{source.stem}.pdf").read_bytes())


def print_page(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
        flags += "--disable-background-networking --disable-component-update --disable-sync"
        subprocess.run(
            [
                "chromium",
                *flags.split(),
                f"--user-data-dir={folder}",
                f"--print-to-pdf={HERE / name}.pdf",
                (HERE / f"{name}.html").as_uri(),
            ],
            check=True,
        )


def main() -> None:
    for name, document in (
        ("agored_ruled", agored(ruled=True)),
        ("agored_borderless", agored(ruled=False)),
        ("automatic_numbers", automatic_numbers()),
        ("merged_heads", merged_heads()),
        ("tabbed", tabbed()),
        ("four_columns", four_columns()),
        ("competence_and_knowledge", competence_and_knowledge()),
    ):
        document.save(str(HERE / f"{name}.docx"))
        to_pdf(HERE / f"{name}.docx", f"{name}.pdf")
    for name in (
        "btec_national",
        "btec_first",
        "ocr_technical",
        "highfield",
        "ilm",
        "apprenticeship",
        "australia",
        "word_filtered",
        "amplification",
        "ksb_methods",
        "saqa",
        "nos_codes",
        "first_person",
        "web_list",
    ):
        print_page(name)


if __name__ == "__main__":
    main()

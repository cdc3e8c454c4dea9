"""A fill-in template: the sure way for a specification that nothing else can read."""

import csv
import io

from talkthrough.question_bank.reading.sheet import COLUMNS

MARKDOWN = """\
<!-- Fill in this template and send it to the bot. Write over the example; these remarks are not read.
     Copy a block for each learning outcome. Copy the words of the published document exactly. -->

# Unit 101: Title of the unit

Unit reference number: A/123/4567

Level: 2

Credit value: 3

Guided learning hours: 20

Aim: One or two sentences from the document.

## Learning outcome

The learner will:

1. understand the first outcome

## Assessment criteria

The learner can:

- 1.1 explain **the term** in the first criterion
- 1.2 describe what the second criterion asks for

<!-- Leave out the guidance if the document has none. Mark the term in the criterion with two stars, as above.
     Write "eg" before the list if other answers are also right. -->

## Assessment guidance

### The term:

- one example
- another example

<!-- A star at the end means: this document may stay in the workplace. -->

## Evidence may be supplied by:

- questioning
- professional discussion
- work records\\*

## Learning outcome

The learner will:

2. be able to do the second outcome

## Assessment criteria

The learner can:

- 2.1 carry out the first task
- 2.2 check the work done

## Evidence may be supplied by:

- observation
- witness testimony
"""
ROWS = (
    {
        "unit_number": "101",
        "unit_title": "Title of the unit",
        "unit_reference": "A/123/4567",
        "level": "2",
        "credit_value": "3",
        "glh": "20",
        "aim": "One or two sentences from the document.",
        "outcome_number": "1",
        "outcome": "understand the first outcome",
        "criterion_number": "1.1",
        "criterion": "explain the term in the first criterion",
        "guidance_heading": "The term",
        "guidance_items": "one example; another example",
        "evidence_methods": "questioning; professional discussion; work records*",
    },
    {"criterion_number": "1.2", "criterion": "describe what the second criterion asks for"},
    {
        "outcome_number": "2",
        "outcome": "be able to do the second outcome",
        "criterion_number": "2.1",
        "criterion": "carry out the first task",
        "evidence_methods": "observation; witness testimony",
    },
    {"criterion_number": "2.2", "criterion": "check the work done"},
)


def markdown_template() -> str:
    """The template as Markdown, with an example to write over."""
    return MARKDOWN


def csv_template() -> str:
    """The template as a sheet: one row a criterion, several values in one cell parted by semicolons."""
    sheet = io.StringIO(newline="")
    writer = csv.DictWriter(sheet, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(ROWS)
    return sheet.getvalue()

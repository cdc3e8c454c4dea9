"""Numbered criteria in the many forms that publishers print them. The unit is invented."""

import pytest

from talkthrough.question_bank.reading import read_text
from tests.question_bank.reading.finders import read_as, warnings

UNIT = [
    (
        "1",
        "Understand how to store stock safely",
        [
            ("1.1", "Explain why stock is rotated"),
            ("1.2", "Describe how to lift heavy items from a pallet without risk of injury to self or others"),
        ],
    ),
    (
        "2",
        "Be able to receive a delivery",
        [("2.1", "Check goods against the delivery note"), ("2.2", "Report shortages and damage to the supplier")],
    ),
]
LONG = UNIT[0][2][1][1]
SUPPLIER = "2.2 Report shortages and damage to the supplier"

FORMS = {
    "markdown headings": f"""
# Unit 12: Receiving and storing stock

Level: 2

## Learning outcome 1: Understand how to store stock safely
### 1.1 Explain why stock is rotated
### 1.2 {LONG}
## Learning outcome 2: Be able to receive a delivery
### 2.1 Check goods against the delivery note
### 2.2 Report shortages and damage to the supplier
""",
    "bullets with bold numbers": f"""
Unit 12 Receiving and storing stock

**Learning outcome 1**
The learner will: Understand how to store stock safely

- **1.1** Explain why stock is rotated
- **1.2** {LONG}

**Learning outcome 2**
The learner will: Be able to receive a delivery

- **2.1** Check goods against the delivery note
- **2.2** Report shortages and damage to the supplier
""",
    "stems on their own lines": f"""
UNIT 12
Receiving and storing stock
Level 2

The learner will:
1. Understand how to store stock safely
The learner can:
1.1 Explain why stock is rotated
1.2 {LONG}

The learner will:
2. Be able to receive a delivery
The learner can:
2.1 Check goods against the delivery note
2.2 Report shortages and damage to the supplier
""",
    "run together on one line": f"""
Unit 12: Receiving and storing stock
The learner will: 1. Understand how to store stock safely
The learner can: 1.1 Explain why stock is rotated 1.2 {LONG}
The learner will: 2. Be able to receive a delivery
The learner can: 2.1 Check goods against the delivery note 2.2 Report shortages and damage to the supplier
""",
    "pipe table": f"""
## Unit 12: Receiving and storing stock

| Learning outcomes | Assessment criteria |
|---|---|
| 1. Understand how to store stock safely | 1.1 Explain why stock is rotated |
| | 1.2 {LONG} |
| 2. Be able to receive a delivery | 2.1 Check goods against the delivery note |
| | 2.2 Report shortages and damage to the supplier |
""",
    "pipe table with breaks": f"""
## Unit 12: Receiving and storing stock

| Learning outcome<br>The learner will: | Assessment criteria<br>The learner can: |
|:--|:--|
| 1 Understand how to store stock safely | 1.1 Explain why stock is rotated<br>1.2 {LONG} |
| 2 Be able to receive a delivery | 2.1 Check goods against the delivery note<br>{SUPPLIER} |
""",
    "three columns": f"""
Unit 12 - Receiving and storing stock

Learning outcome\tAC\tAssessment criteria
1 Understand how to store stock safely\t1.1\tExplain why stock is rotated
\t1.2\t{LONG}
2 Be able to receive a delivery\t2.1\tCheck goods against the delivery note
\t2.2\tReport shortages and damage to the supplier
""",
    "codes LO and AC": f"""
Unit number: 12
Unit title: Receiving and storing stock

LO1 Understand how to store stock safely
AC1.1 Explain why stock is rotated
AC1.2 {LONG}
LO2 Be able to receive a delivery
AC 2.1: Check goods against the delivery note
AC 2.2: Report shortages and damage to the supplier
""",
    "hard wrapped with page heads": """
Unit 12 Receiving and storing stock

Learning outcome 1: Understand how to store stock
safely

Assessment criteria
1.1 Explain why stock is rotated
1.2 Describe how to lift heavy items from a pallet
\f
Retail Handbook, Level 2 Certificate        7

without risk of injury to self or others

Learning outcome 2: Be able to receive a delivery

Assessment criteria
2.1 Check goods against the
delivery note
\f
Retail Handbook, Level 2 Certificate        8

2.2 Report shortages and damage to the supplier
\f
Retail Handbook, Level 2 Certificate        9
""",
    "page head torn into a criterion": """
Unit 12 Receiving and storing stock
Learning outcome 1: Understand how to store stock safely
1.1 Explain why stock is rotated
1.2 Describe how to lift heavy items from a pallet without
Unit 12 Receiving and storing stock
Page 3 of 4
risk of injury to self or others
Learning outcome 2: Be able to receive a delivery
2.1 Check goods against the delivery note
2.2 Report shortages and damage to the
Unit 12 Receiving and storing stock
Page 4 of 4
supplier
""",
    "overview first, then details": f"""
Unit 12: Receiving and storing stock

Learning outcomes
1. Understand how to store stock safely
2. Be able to receive a delivery

Learning outcome 1
Understand how to store stock safely
Assessment criteria
1.1 Explain why stock is rotated
1.2 {LONG}

Learning outcome 2
Be able to receive a delivery
Assessment criteria
2.1 Check goods against the delivery note
2.2 Report shortages and damage to the supplier
""",
    "criteria in brackets and with dots": f"""
Unit 12: Receiving and storing stock
Learning outcomes and assessment criteria
1. Understand how to store stock safely
(1.1) Explain why stock is rotated
(1.2) {LONG}
2. Be able to receive a delivery
(2.1) Check goods against the delivery note
(2.2) Report shortages and damage to the supplier
""",
    "inline HTML table": f"""
<h2>Unit 12: Receiving and storing stock</h2>
<table><tr><th>Learning outcomes</th><th>Assessment criteria</th></tr>
<tr><td rowspan="2">1. Understand how to store stock safely</td><td>1.1 Explain why stock is rotated</td></tr>
<tr><td>1.2 {LONG}</td></tr>
<tr><td rowspan="2">2. Be able to receive a delivery</td><td>2.1 Check goods against the delivery note</td></tr>
<tr><td>2.2 Report shortages and
damage to the supplier</td></tr></table>
""",
    "outcome cell broken over rows": """
Unit 12: Receiving and storing stock

Learning outcomes\tAssessment criteria
1. Understand how to store\t1.1 Explain why stock is rotated
stock safely\t1.2 Describe how to lift heavy items from a pallet
\twithout risk of injury to self or others
2. Be able to receive\t2.1 Check goods against the delivery note
a delivery\t2.2 Report shortages and damage to the supplier
""",
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_unit_is_read_from_every_form(form: str) -> None:
    specification = read_text(FORMS[form])
    assert read_as(specification) == UNIT
    assert specification.units[0].number == "12"
    assert specification.units[0].title == "Receiving and storing stock"
    assert warnings(specification) == []


AFTER = {
    "assessment methods": "Assessment methods\n1.1 Observation of practice is preferred\n2.1 Use a delivery note",
    "question list": "Sample questions\n1.1 Why is stock rotated?\n1.2 Explain how to lift a box",
    "delivery notes": "Delivery guidance\nTutors should explain why stock is rotated.\n3.1 Explain the use of scanners",
    "resources": "Resources\n- Handbook of stock control\n- 1.1 A book about pallets",
}


@pytest.mark.parametrize("section", AFTER)
def test_sections_after_the_criteria_are_never_read_as_criteria(section: str) -> None:
    specification = read_text(FORMS["stems on their own lines"] + "\n" + AFTER[section] + "\n")
    assert read_as(specification) == UNIT


def test_a_line_that_looks_like_a_criterion_and_was_not_taken_is_a_finding() -> None:
    text = FORMS["stems on their own lines"] + "\nDelivery guidance\n3.1 Explain the use of scanners\n"
    specification = read_text(text)
    line = text.split("\n").index("3.1 Explain the use of scanners") + 1
    assert (line, "not-read") in [(each.line, each.code) for each in specification.findings]


def test_line_numbers_are_those_of_cat_n() -> None:
    unit = read_text(FORMS["hard wrapped with page heads"]).units[0]
    first, second = unit.outcomes[0].criteria
    assert (first.span.first, first.span.last) == (8, 8)
    assert (second.span.first, second.span.last) == (9, 13)

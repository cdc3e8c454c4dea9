"""The fill-in templates read back without findings, also after they are filled in."""

from typing import Any

import pytest

from talkthrough.question_bank.reading import read_bytes, read_text, specification_as_json
from talkthrough.question_bank.reading.template import csv_template, markdown_template
from tests.question_bank.reading.finders import read_as

TEMPLATES = {"template.md": markdown_template(), "template.csv": csv_template()}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_reads_back_without_findings(name: str) -> None:
    specification = read_bytes(TEMPLATES[name].encode(), name)
    assert specification.findings == ()
    unit = specification.units[0]
    assert (unit.number, unit.title, unit.reference, unit.level) == ("101", "Title of the unit", "A/123/4567", "2")
    assert (unit.credit_value, unit.glh) == (3, 20)
    assert [len(each.criteria) for each in unit.outcomes] == [2, 2]
    assert [item.text for item in unit.criteria[0].guidance[0].items] == ["one example", "another example"]
    assert [method.workplace_held for method in unit.outcomes[0].evidence_methods] == [False, False, True]


def test_both_templates_say_the_same() -> None:
    def content(name: str) -> Any:
        data = specification_as_json(read_bytes(TEMPLATES[name].encode(), name))["units"][0]
        for outcome in data["outcomes"]:
            for criterion in outcome["criteria"]:
                del criterion["lines"]
                for guidance in criterion["guidance"]:
                    del guidance["lines"]
        return data

    assert content("template.md") == content("template.csv")


def test_a_sheet_saved_by_a_spreadsheet_program_is_read() -> None:
    text = "\ufeff" + csv_template().replace("explain the term", '"explain, with care, the term').replace(
        "the first criterion,", 'the first criterion",'
    )
    assert read_as(read_text(text, "Sheet1.CSV"))[0][2][0] == (
        "1.1",
        "explain, with care, the term in the first criterion",
    )


def test_a_sheet_with_only_the_needed_columns_is_read() -> None:
    text = (
        "Outcome,Criterion,Unit_title\nUnderstand tea,Explain the "
        "leaf,Tea\n,Describe the water,\nBrew tea,Brew a pot,\n"
    )
    assert read_as(read_text(text, "tea.csv")) == [
        (None, "Understand tea", [(None, "Explain the leaf"), (None, "Describe the water")]),
        (None, "Brew tea", [(None, "Brew a pot")]),
    ]


def test_a_damaged_sheet_is_an_error_finding_and_no_crash() -> None:
    text = "unit_title,outcome,criterion\n" + "a," * 3 + '"' + "x" * 30_000
    assert [each.code for each in read_text(text, "bad.csv").findings] == ["broken-sheet"]

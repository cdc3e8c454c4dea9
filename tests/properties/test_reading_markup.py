"""Equivalent markup never changes what is read."""

import html
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.reading import read_text, specification_as_json
from tests.properties.printing import specification_as_sheet, unit_as_markdown

SAMPLES = {path.stem: path for path in (Path(__file__).resolve().parents[2] / "samples").glob("*.txt")}
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in SAMPLES.items()}
UNLINED = {"lines", "line", "findings"}


def without_lines(value: Any) -> Any:
    """What was read, apart from the lines it was read from."""
    if isinstance(value, dict):
        return {key: without_lines(each) for key, each in value.items() if key not in UNLINED}
    return [without_lines(each) for each in value] if isinstance(value, list) else value


def content(text: str) -> Any:
    return without_lines(specification_as_json(read_text(text)))


READ = {name: content(text) for name, text in TEXTS.items()}


def bold_as_html(text: str) -> str:
    return re.sub(r"\*\*(?=\S)([^*\n]+?)\*\*", r"<b>\1</b>", text)


def bold_as_strong(text: str) -> str:
    return text.replace("<b>", "<strong>").replace("</b>", "</strong>")


def bold_as_stars(text: str) -> str:
    return text.replace("<b>", "**").replace("</b>", "**")


def carriage_returns(text: str) -> str:
    return text.replace("\n", "\r\n")


def blank_lines(text: str) -> str:
    """One blank line more at every gap (a new gap inside a broken criterion would be another document)."""
    return re.sub(r"\n\n", "\n\n\n\n", text)


def trailing_spaces(text: str) -> str:
    return text.replace("\n", "  \n")


def entities(text: str) -> str:
    return (
        text.replace("’", "&rsquo;")
        .replace("“", "&#8220;")
        .replace("”", "&#x201D;")
        .replace("–", "&ndash;")
        .replace("'", "&#39;")
    )


def no_break_spaces(text: str) -> str:
    return text.replace("customer service", "customer\u00a0service").replace("criteria", "crit\u00aderia")


def bullets(glyph: str) -> Any:
    return lambda text: re.sub(r"(?m)^( ?)- ", rf"\g<1>{glyph} ", text)


REWRITES = {
    "** as <b>": bold_as_html,
    "<b> as <strong>": bold_as_strong,
    "<b> as **": bold_as_stars,
    "CRLF": carriage_returns,
    "blank lines": blank_lines,
    "trailing spaces": trailing_spaces,
    "entities": entities,
    "no-break spaces and soft hyphens": no_break_spaces,
    "bullet *": bullets("*"),
    "bullet +": bullets("+"),
    "bullet •": bullets("•"),
    "bullet –": bullets("–"),
    "bullet ▪": bullets("▪"),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("rewrite", REWRITES)
def test_equivalent_markup_is_read_alike(name: str, rewrite: str) -> None:
    assert content(REWRITES[rewrite](TEXTS[name])) == READ[name]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.lists(st.sampled_from(sorted(REWRITES)), min_size=2, max_size=4, unique=True))
def test_several_rewrites_together_are_read_alike(name: str, rewrites: list[str]) -> None:
    text = TEXTS[name]
    for rewrite in sorted(rewrites, key=lambda each: each.startswith("bullet")):
        text = REWRITES[rewrite](text)
    assert content(text) == READ[name]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.integers(min_value=64, max_value=110))
def test_line_wraps_change_nothing(name: str, width: int) -> None:
    assert content(wrapped(TEXTS[name], width)) == READ[name]


def wrapped(text: str, width: int) -> str:
    """Every long line broken at the width; table rows and lines with HTML stay as they are."""
    lines = []
    for line in text.split("\n"):
        if "\t" in line or "<" in line or line.startswith("#"):
            lines.append(line)
        else:
            lines.extend(textwrap.wrap(line, width, break_on_hyphens=False, break_long_words=False) or [""])
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["city-and-guilds-401", "city-and-guilds-323", "skills-cfa-cs-37-to-47-draft"])
def test_reading_a_unit_rendered_as_markdown_is_a_fixed_point(name: str) -> None:
    for unit in read_text(TEXTS[name]).units:
        if unit.outcomes:
            text = unit_as_markdown(unit)
            (again,) = read_text(text).units
            assert unit_as_markdown(again) == text
            assert [(each.number, each.text) for each in again.criteria] == [
                (each.number, each.text) for each in unit.criteria
            ]
            assert [each.evidence_methods and len(each.evidence_methods) for each in again.outcomes] == [
                each.evidence_methods and len(each.evidence_methods) for each in unit.outcomes
            ]


@pytest.mark.parametrize("name", TEXTS)
def test_reading_a_document_rendered_as_a_sheet_is_a_fixed_point(name: str) -> None:
    specification = read_text(TEXTS[name])
    sheet = specification_as_sheet(specification)
    again = read_text(sheet, "sheet.csv")
    assert specification_as_sheet(again) == sheet
    assert [each.text for unit in again.units for each in unit.criteria] == [
        each.text for unit in specification.units for each in unit.criteria
    ]


WORDS = st.text("abcdefghij é’–&<*_\\", min_size=3, max_size=40).map(lambda text: "x" + " ".join(text.split()) + "z")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=3), st.sampled_from("-*+•"))
def test_any_words_survive_escaping_and_reading(outcomes: list[list[str]], bullet: str) -> None:
    lines = ["Unit 5: Any words"]
    for number, criteria in enumerate(outcomes, start=1):
        lines += ["", "The learner will:", "", f"{number}. understand part {number}", "", "The learner can:", ""]
        lines += [
            f"{bullet} {number}.{place} {html.escape(text, quote=False)}".replace("\\", "\\\\")
            .replace("*", "\\*")
            .replace("_", "\\_")
            if bullet != "*"
            else f"* {number}.{place} " + re.sub(r"([\\*_<&])", r"\\\1", text)
            for place, text in enumerate(criteria, start=1)
        ]
    (unit,) = read_text("\n".join(lines)).units
    assert [[each.text for each in outcome.criteria] for outcome in unit.outcomes] == outcomes


MARKUP = st.lists(
    st.sampled_from(
        [
            "1.1 ",
            "2. ",
            "- ",
            "**",
            "<b>",
            "</b>",
            "\t",
            "|",
            "\n",
            "\n\n",
            "Learning outcome",
            "Assessment criteria",
            "The learner can:",
            "eg ",
            "Unit 4",
            "Level:",
            "K1 ",
            "2A.P1 ",
            "Can I ",
            "word ",
            "Element 1 ",
            "<table>",
            "<td>",
            "&#",
            "\\",
            "*",
            "�",
            "Note: ",
            "1.1.1 ",
            "Specific outcome 1",
            "Assessment criterion 1",
            "Topic area 1 ",
            "Title",
            "Evidence may be supplied by:",
            "Resources:",
            "For assessment criterion 1.1, ",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=100, deadline=None)
@given(MARKUP)
def test_no_text_makes_reading_fail_and_every_line_exists(text: str) -> None:
    specification = read_text(text)
    last = text.count("\n") + 1
    spans = [each.span for unit in specification.units for each in (*unit.criteria, *unit.outcomes)]
    assert all(1 <= span.first <= span.last <= last for span in spans)
    assert all(1 <= finding.line <= last for finding in specification.findings)
    for unit in specification.units:
        numbers = [each.number for each in unit.criteria]
        assert len(set(numbers)) == len(numbers)

"""The HTML page, read by an independent parser."""

import itertools
import json
import re

import pytest
from lxml import html

from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.html import as_html
from talkthrough.storage.records.sheet import markup_safe
from talkthrough.storage.records.values import values_of_record
from tests.storage.records.examples import HOSTILE, hostile_log, log

VERDICTS = re.compile(r"\b(met|pass|passed|fail|failed|competent|achieved|sufficient)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def page():
    return html.document_fromstring(as_html(log()))


@pytest.fixture(scope="module")
def hostile():
    return html.document_fromstring(as_html(hostile_log()))


def test_every_learner_text_is_shown_exactly(hostile):
    shown = [node.text_content() for node in hostile.xpath("//*[@data-words='learner']")]
    assert shown == [markup_safe(text) for text in HOSTILE]


def test_no_text_becomes_markup_or_script(hostile):
    assert len(hostile.xpath("//script")) == 2
    assert not hostile.xpath("//main//b | //main//img | //main//script")


def test_the_page_carries_its_record_exactly():
    record = hostile_log()
    (embedded,) = html.document_fromstring(as_html(record)).xpath("//script[@id='record']/text()")
    assert json.loads(embedded) == values_of_record(record)


def test_nothing_is_requested_from_outside(page):
    assert not page.xpath("//@src | //link | //iframe | //object | //form")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert "url(" not in "".join(page.xpath("//style/text()"))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_the_matrix_jumps_to_turns_that_exist(page):
    targets = {link[1:] for link in page.xpath("//main//a/@href")}
    assert {"turn-4", "turn-6", "turn-8"} <= targets <= set(page.xpath("//article/@id"))


def test_criteria_can_be_filtered(page):
    assert page.xpath("//select[@id='criterion']/option/text()")[1:] == ["3.1", "3.5", "3.6"]
    assert page.xpath("//label/@for") == ["criterion"]
    assert page.xpath("//article[@id='turn-4']/@data-criteria") == [" 3.6 "]


def test_headings_language_and_table_headers_serve_a_screen_reader(page):
    levels = [int(node.tag[1]) for node in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert page.get("lang") == "en-GB"
    assert len(page.xpath("//main")) == 1
    for table in page.xpath("//table[@class='cards']"):
        assert table.xpath("caption/text()")
        assert table.xpath("thead//th/@scope")
        assert all(row.xpath("th/@scope") == ["row"] for row in table.xpath("tbody/tr"))


def test_tool_wording_is_labelled_and_every_page_says_practice(page):
    for node in page.xpath("//*[@data-words='tool']"):
        assert node.text_content().startswith("[Tool]")
    assert page.xpath("//article[@class='turn tool']//strong/text()")[0] == "1. [Tool]"
    assert page.xpath("string(//thead//header/p[1])") == "PRACTICE - NOT ASSESSED"


@pytest.mark.parametrize("make", [log, lambda: reflective_draft(log())])
def test_the_tool_says_no_verdict(make):
    page = html.document_fromstring(as_html(make()))
    assert not VERDICTS.search(page.xpath("string(//main)"))


def test_assessor_and_quality_blocks_are_blank(page):
    cells = page.xpath("//table[@class='form']//td")
    assert len(cells) > 10
    assert all(cell.text_content() == "" for cell in cells)


def test_the_draft_labels_its_prompts_and_gaps():
    page = html.document_fromstring(as_html(reflective_draft(log())))
    prompts = page.xpath("//h4/text()")
    assert prompts[:3] == ["[Tool] What happened?", "[Tool] So what?", "[Tool] Now what?"]
    notices = [node.text_content() for node in page.xpath("//*[@data-words='tool']")]
    assert "[Tool] [Not yet said: when this happened]" in notices

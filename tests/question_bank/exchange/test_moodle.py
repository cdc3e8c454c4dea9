"""Moodle XML is read by lxml against the published element names, and by an independent parser where installed."""

import pytest
from lxml import etree

from talkthrough.question_bank.exchange import to_moodle_xml
from tests.question_bank.exchange.samples import NASTY, NASTY_TAPPED, QUESTIONS, TAPPED, TYPED, UNIT


def read(*questions):
    parser = etree.XMLParser(resolve_entities=False)
    root = etree.fromstring(to_moodle_xml(questions, UNIT), parser)
    return root.findall("question")


def test_a_category_for_the_unit_comes_first_and_then_each_question_under_its_permanent_key():
    category, *found = read(*QUESTIONS)
    assert category.get("type") == "category"
    assert category.findtext("category/text") == "$course$/top/Talkthrough/Unit 401"
    assert [one.findtext("idnumber") for one in found] == [question.key for question in QUESTIONS]
    assert {one.get("type") for one in found} == {"multichoice", "essay"}


def test_the_right_option_has_the_whole_fraction_and_each_option_its_reason():
    _, one = read(TAPPED)
    answers = one.findall("answer")
    assert [answer.findtext("text") for answer in answers] == [option.text for option in TAPPED.options]
    assert [answer.get("fraction") for answer in answers] == [
        "100" if option.is_key else "0" for option in TAPPED.options
    ]
    assert [answer.findtext("feedback/text") for answer in answers] == [option.why for option in TAPPED.options]
    assert one.findtext("single") == "true"


def test_points_of_a_written_answer_are_for_the_grader_and_never_marked_by_string():
    _, one = read(TYPED)
    assert one.get("type") == "essay"
    assert one.findtext("graderinfo/text").splitlines() == [point.text for point in TYPED.expected_points]
    assert one.find("answer") is None


def test_provenance_travels_in_tags():
    _, one = read(TYPED)
    assert "criterion-1.2" in [tag.findtext("text") for tag in one.findall("tags/tag")]


def test_text_reads_as_it_was_written():
    _, one = read(NASTY_TAPPED)
    assert one.findtext("questiontext/text") == NASTY
    assert one.find("questiontext").get("format") == "plain_text"


def test_characters_that_xml_cannot_hold_are_left_out():
    from dataclasses import replace

    _, one = read(replace(TYPED, stem="a\x00b\x0bc"))
    assert one.findtext("questiontext/text") == "abc"


def test_an_independent_parser_reads_the_same_choices():
    parser = pytest.importorskip("moodle_xml_parser.parser", reason="moodle-xml-parser is not installed")
    found = parser.parse_bytes(to_moodle_xml(QUESTIONS, UNIT))
    tapped = [question for question in QUESTIONS if question.is_tapped]
    read_back = next(questions for questions in found.values() if questions)
    assert len(read_back) == len(tapped)

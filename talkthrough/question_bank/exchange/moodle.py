"""Moodle XML: tapped questions as multiple choice, the others as essays whose points are for the grader's eye."""

from typing import TYPE_CHECKING

from talkthrough.question_bank.exchange.provenance import NOTICE, answer, printable, source, tags
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element


def to_moodle_xml(questions: tuple[Question, ...], unit: Unit) -> bytes:
    """A `<quiz>` with one category for the unit; `idnumber` is the question's permanent key."""
    from lxml import etree

    quiz = etree.Element("quiz")
    category = etree.SubElement(quiz, "question", type="category")
    _text(category, "category", f"$course$/top/Talkthrough/{unit.label}".replace("//", "/"))
    for question in questions:
        _question(quiz, question, unit)
    return bytes(etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _question(quiz: "_Element", question: Question, unit: Unit) -> None:
    from lxml import etree

    element = etree.SubElement(quiz, "question", type="multichoice" if question.is_tapped else "essay")
    _text(element, "name", f"{question.criterion_number} {question.kind.value}")
    _text(element, "questiontext", question.stem, format="plain_text")
    _text(element, "generalfeedback", f"{question.feedback} {source(question, unit)}. {NOTICE}", format="plain_text")
    etree.SubElement(element, "defaultgrade").text = "1"
    etree.SubElement(element, "idnumber").text = printable(question.key)
    if question.is_tapped:
        _options(element, question)
    else:
        etree.SubElement(element, "responseformat").text = "plain"
        _text(element, "graderinfo", "\n".join(answer(question)), format="plain_text")
    held = etree.SubElement(element, "tags")
    for tag in tags(question, unit):
        _text(held, "tag", tag)


def _options(element: "_Element", question: Question) -> None:
    from lxml import etree

    etree.SubElement(element, "single").text = "true"
    etree.SubElement(element, "shuffleanswers").text = "1"
    etree.SubElement(element, "answernumbering").text = "abc"
    for option in question.options:
        held = _text(element, "answer", option.text, fraction="100" if option.is_key else "0", format="plain_text")
        _text(held, "feedback", option.why, format="plain_text")


def _text(parent: "_Element", name: str, text: str, **attributes: str) -> "_Element":
    from lxml import etree

    element = etree.SubElement(parent, name, attributes)
    etree.SubElement(element, "text").text = printable(text)
    return element

"""The planning sheet on paper."""

from io import BytesIO

from pypdf import PdfReader

from talkthrough.storage.records.planning import planning_pdf
from tests.storage.records.examples import PLAN, TEXTS


def test_the_plan_is_printed_with_criteria_as_published_and_room_to_agree():
    file = planning_pdf(PLAN, learner_name="Sam =1+1 😀")
    pages = [page.extract_text() for page in PdfReader(BytesIO(file.content)).pages]
    text = " ".join(" ".join(pages).split())
    assert file.name == "401_LO3_plan.pdf"
    assert all("PRACTICE - NOT ASSESSED" in page for page in pages)
    assert all(f"{number} {words}" in text for number, words in TEXTS.items())
    assert "Criteria (as published)" in text
    assert "Who will be present" in text

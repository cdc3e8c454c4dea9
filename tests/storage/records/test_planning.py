"""The planning sheet on paper."""

from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from talkthrough.storage.records.planning import planning_pdf
from tests.storage.records.examples import PLAN, TEXTS, log


def test_the_plan_is_printed_with_whose_it_is_criteria_as_published_and_room_to_agree():
    made = log()
    cover = replace(made.cover, learner_name="Sam =1+1 😀")
    file = planning_pdf(PLAN, cover, prepared_by="Kim (tutor)", export=made.export)
    pages = [page.extract_text() for page in PdfReader(BytesIO(file.content)).pages]
    text = " ".join(" ".join(pages).split())
    assert file.name == "401_LO3_plan_L-0042_2026-11-22_v1.pdf"
    assert all("PRACTICE - NOT ASSESSED" in page for page in pages)
    assert all(f"{number} {words}" in text for number, words in TEXTS.items())
    for expected in (
        "Criteria (as published)",
        "Who will be present",
        "L-0042",
        "Northside College",
        "Kim (tutor), printed 2026-11-22 10:00:05 GMT",
        "export 1",
    ):
        assert expected in text

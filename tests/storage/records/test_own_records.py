"""What the program hands out is told from a specification when it comes back."""

import pytest

from talkthrough.question_bank.reading import UnreadableDocument, read_bytes
from talkthrough.question_bank.reading.own_records import BANNER
from talkthrough.storage.records import docx_file, html, model, pdf
from tests.storage.records.examples import log

LOG = log()
FILES = {
    "log.html": html.as_html(LOG),
    "log.pdf": pdf.as_pdf(LOG),
    "log.docx": docx_file.as_docx(LOG),
}


def test_the_banner_that_is_looked_for_is_the_banner_that_is_printed() -> None:
    assert BANNER == model.BANNER


@pytest.mark.parametrize("name", FILES)
def test_a_discussion_log_is_no_specification(name: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"This is a discussion log\. I cannot add it to the bank\."):
        read_bytes(FILES[name], name)


def test_a_specification_with_a_learner_in_it_is_read() -> None:
    text = "Unit 7: Tea\n\nLearning outcome\nThe learner will:\n1. know tea\nThe learner can:\n1.1 name a kind of tea\n"
    assert len(read_bytes(text.encode(), "unit.txt").units) == 1

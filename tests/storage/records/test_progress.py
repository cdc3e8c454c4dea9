"""The progress picture and the same in words."""

import re
import struct
import zlib
from datetime import date

from talkthrough.storage.records.html import environment
from talkthrough.storage.records.progress import (
    CriterionProgress,
    OutcomeProgress,
    Progress,
    _drawing,
    criteria_text,
    progress_picture,
    progress_text,
)

CRITERIA = (
    CriterionProgress("1.1", "describe complaints", 3, 4, 0.5, 0.25, is_mentioned=True),
    CriterionProgress("1.2", "assess", 0, 0, 0.0),
)
OUTCOME = OutcomeProgress("1", "Understand customer service", 40, 52, 20, 8, 0.61, 0.52, 1, CRITERIA)
PROGRESS = Progress("Unit 401", "Manage <b> & {{7*7}} 😀", (OUTCOME,), 0.784, date(2027, 1, 12))


def size(picture):
    assert picture.startswith(b"\x89PNG\r\n")
    return struct.unpack(">II", picture[16:24])


def test_the_picture_is_as_wide_as_a_phone_shows_it():
    width, height = size(progress_picture(PROGRESS))
    assert width == 720
    assert height > 300


def test_no_letter_is_smaller_than_24_pixels():
    svg = environment().get_template("progress.svg").render(_drawing(PROGRESS))
    sizes = [int(value) for value in re.findall(r'font-size="(\d+)"', svg)]
    assert sizes
    assert min(sizes) >= 24


def test_hostile_titles_are_drawn_as_text():
    svg = environment().get_template("progress.svg").render(_drawing(PROGRESS))
    assert "&lt;b&gt; &amp; {{7*7}} [grinning face]" in svg


def test_the_words_say_all_that_the_picture_shows():
    assert progress_text(PROGRESS).splitlines() == [
        "Unit 401: Manage <b> & {{7*7}} 😀",
        "Outcome 1: Understand customer service",
        "  40 of 52 points seen.",
        "  Remembered now: about 61%, on the day 52%.",
        "  In discussions: 1 of 2 criteria mentioned.",
        "If you stopped now: about 78% of all points remembered on 12 January 2027.",
        "This is an estimate.",
    ]


def test_each_criterion_has_its_words_and_one_without_questions_says_so():
    assert criteria_text(OUTCOME).splitlines() == [
        "Outcome 1: Understand customer service",
        "1.1  describe complaints",
        "  3 of 4 points seen. Remembered now: about 50%, on the day 25%.",
        "  Mentioned in a discussion.",
        "1.2  assess",
        "  No questions.",
        "  Not yet mentioned in a discussion.",
    ]


def test_a_unit_that_was_not_started_has_a_picture_too():
    empty = Progress("CS 37", "A very long title " * 30, (OutcomeProgress("1", "x" * 300, 0, 0, 0, 0),))
    assert size(progress_picture(empty))[0] == 720


def test_more_strong_questions_draw_a_longer_bar():
    few, many = (_drawing(Progress("U", "T", (_with(strong),)))["rows"][0]["bar"]["strong"] for strong in (5, 30))
    assert few < many


def _with(strong):
    return OutcomeProgress("1", "t", 40, 52, strong, 2)


def test_the_picture_is_not_one_colour():
    picture = progress_picture(PROGRESS)
    chunks = re.search(rb"IDAT(.*)\x00\x00\x00\x00IEND", picture, re.DOTALL)
    assert len(set(zlib.decompressobj().decompress(chunks.group(1)[:4000]))) > 5

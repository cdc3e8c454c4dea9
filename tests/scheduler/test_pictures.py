import re
import struct
from datetime import date

from talkthrough.scheduler.forecast import Outlook
from talkthrough.scheduler.pictures import TEMPLATE, calibration_picture, outlook_picture

LOOK = Outlook(300, 30, date(2027, 3, 14), 20, 0.84, 30, 0.94)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def test_the_outlook_is_a_picture_as_wide_as_a_phone_shows_it():
    width, height = size(outlook_picture(LOOK, 5))
    assert width == 720
    assert 300 < height < 720


def test_the_calibration_plot_grows_with_its_rows_and_says_when_there_is_nothing_yet():
    table = [(0.55, 0.5, 20), (0.85, 0.9, 200)]
    assert (
        size(calibration_picture([]))[1] < size(calibration_picture(table[:1]))[1] < size(calibration_picture(table))[1]
    )


def test_no_text_in_a_picture_is_smaller_than_24_pixels():
    assert min(int(number) for number in re.findall(r'font-size="(\d+)"', TEMPLATE.read_text())) >= 24

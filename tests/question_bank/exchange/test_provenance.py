"""Where an exported question comes from, in words."""

from dataclasses import replace

from talkthrough.question_bank.exchange.provenance import source
from talkthrough.question_bank.specification import SourceSpan
from tests.question_bank.exchange.samples import TAPPED, UNIT


def test_one_line_is_called_a_line_and_several_are_lines():
    assert source(TAPPED, UNIT) == "Unit 401, 1.2, lines 32-42"
    assert source(replace(TAPPED, source=SourceSpan(21, 21)), UNIT) == "Unit 401, 1.2, line 21"

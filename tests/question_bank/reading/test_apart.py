"""Reading in a process of its own gives what reading here gives, and refuses with the same sentences."""

import os
from pathlib import Path

import pytest

from talkthrough.question_bank.reading import UnreadableDocument, read_bytes
from talkthrough.question_bank.reading.apart import read_apart

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.mark.parametrize("name", ["city-and-guilds-323.txt", "skills-cfa-cs-37-to-47-draft.txt"])
def test_a_sample_is_read_the_same_apart(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    assert read_apart(content, name) == read_bytes(content, name)


def test_a_refusal_is_the_same_sentence_apart() -> None:
    with pytest.raises(UnreadableDocument) as here:
        read_bytes(b"", "empty.txt")
    with pytest.raises(UnreadableDocument) as apart:
        read_apart(b"", "empty.txt")
    assert str(apart.value) == str(here.value)


def test_a_name_that_no_command_line_takes_is_refused_and_nothing_runs() -> None:
    with pytest.raises(UnreadableDocument):
        read_apart(os.urandom(10), "a\0b.txt")

"""The change list: what is different from the export before, in every format, and never with a word of the learner."""

import csv
import io
import json
from dataclasses import replace

import pytest

from talkthrough.question_bank.discussion.model import Standing
from talkthrough.storage.records import render
from talkthrough.storage.records.changes import Earlier, held_in, with_changes
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.layout import changes_of
from tests.storage.records.examples import CONVERSATION, NOW, asked, log, said
from tests.storage.records.examples import DETAILS as PLAIN

TURNS = (asked("Tell me?", "open"), said("I listened to calls on the returns desk", "p1"))
STANDINGS = (Standing("k3.6", ("p1",), turn_numbers=(2,)),)


def earlier(record):
    return Earlier(1, "2026-11-22 10:00:05 GMT", held_in(record))


def changes(before, after):
    return with_changes(after, earlier(before)).export.changes


def made(turns=TURNS, **more):
    return log(turns, standings=STANDINGS, **more)


def test_the_first_export_says_that_it_is_the_first_and_the_next_names_it():
    assert changes_of(with_changes(made(), None).export) == "This is the first export."
    same = with_changes(made(), earlier(made()))
    assert changes_of(same.export) == "Since export 1, made 2026-11-22 10:00:05 GMT: nothing changed."


def test_turns_that_were_added_are_named_with_their_times_and_edited_versions_with_what_they_replace():
    more = (*TURNS, asked("And then?"), said("I told my team", flags=("edited", "replaces:2")))
    assert changes(made(close=False), made(more)) == (
        "turns 3 and 4 were added, 2026-11-22 10:01:05 GMT to 2026-11-22 10:01:35 GMT",
        "turn 4 is an edited version of turn 2",
        "the learner's own rating is now nearly ready",
    )


def test_erased_words_are_named_once():
    erased = log(CONVERSATION, erase=(4, 6))
    assert changes(log(CONVERSATION), erased) == (
        "the words of turns 4 and 6 were taken out",
        "turn 6 is no longer named for 3.6 by the learner",
    )
    assert changes(erased, erased) == ()


def test_a_release_and_taking_it_back_are_changes():
    released = made(details=replace(PLAIN, released_at=NOW))
    assert changes(made(), released) == ("released by the learner 2026-11-22 10:00:05 GMT",)
    assert changes(released, made()) == ("the release was taken back",)


def test_a_claim_by_a_person_is_a_change_and_the_tools_own_suggestions_are_not():
    claimed = (TURNS[0], said("I listened to calls on the returns desk. This is for 3.6", "p1"))
    assert changes(made(), made(claimed)) == ("turn 2 is now named for 3.6 by the learner",)


def test_next_steps_that_were_chosen_are_named():
    assert changes(made(), made(details=replace(PLAIN, next_steps=("Make the draft",)))) == (
        "next steps added: Make the draft",
    )


def test_a_draft_names_messages_put_in_and_taken_out_other_prompts_and_the_confirmation():
    before = reflective_draft(log())
    after = reflective_draft(log(), "STAR", (4,), confirmed="today")
    assert with_changes(after, earlier(before)).export.changes == (
        "turn 4 was taken out",
        "prompts: STAR instead of What / So what / Now what",
        "confirmed by the learner",
    )
    assert with_changes(before, earlier(after)).export.changes[0] == "turn 4 was put in"


def test_the_note_of_an_export_holds_no_words():
    note = held_in(log())
    assert not [turn.text for turn in log().turns if turn.text and turn.text in note]
    assert json.loads(note)["turns"] == len(CONVERSATION)


@pytest.mark.parametrize("file_format", ["html", "csv", "json", "txt"])
def test_the_change_list_is_printed_in_every_format(file_format):
    record = with_changes(made(), earlier(made(details=replace(PLAIN, released_at=NOW))))
    content = render(record, file_format).content.decode("utf-8-sig")
    assert "the release was taken back" in content


def test_the_matrix_has_the_change_list_in_a_column_of_its_own():
    record = with_changes(made(), earlier(made()))
    rows = list(csv.DictReader(io.StringIO(render(record, "csv").content.decode("utf-8-sig"))))
    assert {row["changes"] for row in rows} == {"Since export 1, made 2026-11-22 10:00:05 GMT: nothing changed."}
    assert {row["export"] for row in rows} == {"1"}


def test_the_channel_is_read_from_the_turns():
    assert made().cover.channel == "Chat messages, remote"
    assert made((TURNS[0], said("", flags=("voice",)))).cover.channel == "Chat and voice messages, remote"

"""The text to paste: a label, the cover, the index, whole messages, and the count of what is left out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.discussion.model import Standing
from talkthrough.storage.records.draft import reflective_draft
from talkthrough.storage.records.paste import LONGEST, as_paste_block, length
from talkthrough.storage.records.supplements import with_supplements
from tests.storage.records.examples import HOSTILE, LONG_WORD, TEXTS, asked, hostile_log, log, said

LONG = "word " * 120


@pytest.mark.parametrize("record", [log(), hostile_log(), reflective_draft(log()), reflective_draft(hostile_log())])
def test_the_block_fits_a_feedback_box_says_that_it_is_practice_and_shortens_no_message(record):
    block = as_paste_block(record)
    assert length(block) <= LONGEST
    assert block.startswith("PRACTICE - NOT ASSESSED\n")
    assert LONG_WORD[:200] not in block
    assert "Learner: Sam Ali (L-0042). Centre:" in block
    assert "Unit 401 - Manage customer service operations - M/506/2898" in block


def test_a_log_names_each_criterion_as_published_with_its_turns_and_times_and_the_words_below():
    lines = as_paste_block(log()).split("\n")
    place = lines.index(
        f"3.6 {TEXTS['3.6']}: mentioned, 2 of 2 "
        "(turn 4 at 10:01:35, turn 6 at 10:02:35, turn 8 at 10:03:35, turn 10, turn 12)"
    )
    assert lines[place + 1 : place + 4] == [
        'Turn 4: "we had a lot of complaints about the returns desk, so i listend to calls"',
        'Turn 6: "Last March I sat with the team and I wrote down each reason. This is for 3.6"',
        'Turn 8: "mystery shopper as well"',
    ]
    assert f"3.1 {TEXTS['3.1']}: not yet mentioned, 0 of 2" in lines
    assert "more message" not in "\n".join(lines)


def test_every_answer_of_a_hostile_learner_stands_as_it_was_sent():
    block = as_paste_block(hostile_log())
    assert [text for text in HOSTILE if f'"{text}"' not in block] == [LONG_WORD]
    assert "[Tool] 1 more message is in the whole record." in block


def test_what_speaks_to_two_criteria_is_quoted_once():
    turns = [asked("Tell me?", "open"), said("I did both", "p1", criteria=("k3.5", "k3.6"))]
    standings = (Standing("k3.5", ("p1",), (), 1, 2, turn_numbers=(2,)), Standing("k3.6", ("p1",), turn_numbers=(2,)))
    block = as_paste_block(log(turns, standings=standings))
    assert block.count("(turn 2 at 10:00:35)") == 2
    assert block.count('"I did both"') == 1


def test_each_criterion_gets_its_first_message_before_any_gets_a_second():
    criteria = ("k3.5", "k3.6")
    answers = [said(f"{number} of {key} {LONG}", criteria=(key,)) for key in criteria for number in "123"]
    standings = (Standing("k3.5", ("p1",), turn_numbers=(2, 3, 4)), Standing("k3.6", ("p1",), turn_numbers=(5, 6, 7)))
    block = as_paste_block(log([asked("Tell me?", "open"), *answers], standings=standings))
    assert all(f'"1 of {key} {LONG}"' in block for key in criteria)
    assert "in the whole record." in block


def test_a_draft_quotes_whole_messages_and_counts_the_rest():
    turns = [asked("Tell me?", "open"), *(said(f"message {number} {LONG}") for number in range(12))]
    block = as_paste_block(reflective_draft(log(turns)))
    quoted = [number for number in range(12) if f'"message {number} {LONG}"' in block]
    assert quoted
    assert f"[Tool] {12 - len(quoted)} more messages are in the whole record." in block


def test_very_many_criteria_leave_the_words_their_room_and_are_cut_only_where_nothing_else_helps():
    made = log()
    many = [replace(made.criteria[0], number=f"9.{n}") for n in range(30)]
    block = as_paste_block(replace(made, criteria=(*many, made.criteria[2])))
    assert "\n9.1: not yet mentioned, 0 of 2\n" in block
    assert '"mystery shopper as well"' in block
    huge = as_paste_block(replace(made, criteria=tuple(many * 10)))
    assert "The rest of the index is in the whole record." in huge
    assert length(huge) <= LONGEST


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=1500), min_size=1, max_size=12))
def test_any_messages_are_quoted_whole_or_counted(texts):
    turns = [asked("Tell me?", "open"), *(said(f"x{text}") for text in texts)]
    made = log(turns)
    block = as_paste_block(made)
    kept = [turn for turn in made.turns[1:] if f'Turn {turn.number}: "{turn.text}"' in block]
    left_out = len(texts) - len(kept)
    assert length(block) <= LONGEST
    assert (f"[Tool] {left_out} more message" in block) == bool(left_out)


def test_a_draft_names_the_messages_that_were_added_after_the_discussion():
    told, answer = log([asked("Tell me?", "open"), said("I moved it")]), log([asked("And?", "open"), said("It worked")])
    block = as_paste_block(reflective_draft(with_supplements(told, [answer])))
    assert "[Tool] Added after the discussion, for the draft: turn 4." in block.split("\n")

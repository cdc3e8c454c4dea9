"""What a discussion log holds, before it is printed as anything."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from talkthrough.question_bank.discussion.model import CriterionMark, Standing
from talkthrough.question_bank.items.question import ExpectedPoint
from talkthrough.question_bank.marking.model import Words
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.storage import audit
from talkthrough.storage.records.around import local
from talkthrough.storage.records.criteria_index import evidence_of, heard_in
from talkthrough.storage.records.log import discussion_log
from talkthrough.storage.records.model import DiscussionLog, SaidPoint
from talkthrough.storage.records.values import SCHEMA_FILES, as_json, schema_of
from tests.storage.records.examples import (
    CONVERSATION,
    CRITERIA,
    KEY,
    NAMES,
    NOW,
    PLAN,
    POINTS,
    TEXTS,
    UNIT,
    asked,
    held,
    log,
    mark,
    said,
)


def criterion(made, number):
    return next(entry for entry in made.criteria if entry.number == number)


def test_words_are_kept_character_for_character_and_in_order():
    made = log()
    assert [turn.text for turn in made.turns] == [turn.text for turn in CONVERSATION]
    assert [turn.number for turn in made.turns] == list(range(1, len(CONVERSATION) + 1))


def test_criteria_are_printed_as_published_with_their_lines():
    made = log()
    assert {entry.number: entry.text for entry in made.criteria} == TEXTS
    assert criterion(made, "3.6").source_lines == "120-121"


def test_the_index_names_turns_times_quantity_and_who_claimed_them():
    entry = criterion(log(), "3.6")
    assert entry.standing == "mentioned"
    assert (entry.quantity_mentioned, entry.quantity_needed) == (2, 2)
    assert [(turn.number, turn.by) for turn in entry.turns] == [
        (4, ("tool",)),
        (6, ("learner", "tool")),
        (8, ("tool",)),
    ]
    assert entry.turns[0].local_time == "2026-11-22 10:01:35 GMT"
    assert entry.mentioned == (SaidPoint("call listening", (4, 6)), SaidPoint("mystery shoppers", (8,)))
    assert entry.replies == (10, 12)
    assert criterion(log(), "3.5").standing == "not yet mentioned"
    assert criterion(log(), "3.1").standing == "not yet mentioned"


def test_a_number_is_a_claim_only_when_the_learner_names_the_criterion():
    made = log(
        [
            asked("Tell me?", "open"),
            said("AC3.6: it fell by 13.6 per cent", "p1"),
            said("it rose from 3.61 to 4 in a week"),
        ],
        standings=(Standing("k3.6", NAMES[:1], turn_numbers=(2, 3)),),
    )
    assert [(r.number, r.by) for r in made.turns[1].references] == [("3.6", "learner"), ("3.6", "tool")]
    assert made.turns[2].references == ()


def test_an_answer_after_a_hint_says_so_and_an_earlier_one_does_not():
    made = log()
    assert made.turns[7].notes == ("after hint at 10:03 (turn 7)",)
    assert made.turns[5].notes == ()


def test_a_disclosure_and_the_reply_to_it_are_kept_out_and_the_chain_still_holds():
    turns = [
        asked("Tell me?", "open"),
        said("a painful thing"),
        asked("Here is help.", "safeguard"),
        said("it is my uncle"),
    ]
    made = log(turns)
    assert [turn.text for turn in made.turns] == ["Tell me?", None, None, None]
    exported = as_json(made)
    assert b"painful" not in exported
    assert b"uncle" not in exported
    assert b"safeguard" not in exported.replace(b"_safeguarding", b"")
    assert audit.verify(exported, KEY.public).holds


def test_an_erased_turn_leaves_no_words_and_the_record_holds():
    made = log(erase=[4])
    assert b"returns desk" not in as_json(made)
    assert [turn.number for turn in criterion(made, "3.6").turns] == [6, 8]
    assert audit.verify(as_json(made), KEY.public).without_text == (4,)


def test_times_are_local_with_their_zone_in_summer_too():
    summer = datetime(2026, 7, 1, 9, 30, 5, tzinfo=UTC)
    assert local(summer, ZoneInfo("Europe/London")) == "2026-07-01 10:30:05 BST"


def test_the_plan_says_what_is_listed_and_which_adjustments_were_used():
    planning = log(plan=replace(PLAN, is_discussion_listed=False)).planning
    assert planning.listing[0] == "Professional discussion is not listed - check with your assessor."
    assert planning.adjustments == ("voice messages",)
    assert planning.minutes == 30


def test_workplace_documents_carry_the_rule_and_named_evidence_its_turn():
    evidence = {item.name: item for item in log().evidence}
    assert evidence["customer feedback records"].rule == "may stay at work: say where it is kept"
    assert evidence["What the learner named as evidence"].turns == (16,)


def test_every_question_has_its_source_and_kept_out_ones_are_not_listed():
    made = log()
    assert [source.turn for source in made.sources] == [3, 5, 7, 9, 11, 13]
    first = made.sources[0]
    assert (first.asked, first.rule, first.reason) == ("open", "open.first", "The first broad open question.")


def test_a_seal_notices_a_changed_name_or_index():
    for change in ({"learner_name": "Alex"}, {"outcome_text": "something else"}):
        values = json.loads(as_json(log()))
        values["cover"] |= change
        assert not audit.verify(json.dumps(values), KEY.public).holds
    values = json.loads(as_json(log()))
    values["criteria"][0]["standing"] = "mentioned"
    assert not audit.verify(json.dumps(values), KEY.public).holds


def test_an_open_discussion_can_be_looked_at_unsigned():
    made = log(close=False)
    assert (made.integrity.head, made.cover.ended) == (None, "not closed yet")
    assert audit.verify(as_json(made)).signature == "unsigned"


def test_a_criterion_without_a_standing_is_not_yet_mentioned():
    made = log([asked("Tell me?", "open"), said("ok")], standings=(Standing("k3.6"),))
    assert {entry.standing for entry in made.criteria} == {"not yet mentioned"}


def test_the_schema_file_names_the_same_fields_as_the_program():
    """Regenerate: python -c "from talkthrough.storage.records.values import *; write_schema_files()"."""
    for record_type, path in SCHEMA_FILES.items():
        published, current = json.loads(path.read_text()), schema_of(record_type)
        assert set(published["properties"]) == set(current["properties"])
        for name, part in current["$defs"].items():
            assert set(published["$defs"][name]["properties"]) == set(part["properties"])


def test_the_published_schema_describes_the_json():
    schema, values = schema_of(DiscussionLog), json.loads(as_json(log()))
    assert set(schema["required"]) <= set(values) <= set(schema["properties"])


def test_an_answer_that_says_nothing_for_a_criterion_is_no_place_to_look():
    turns = [
        asked("Tell me?", "open"),
        said("don't know", dont_know=True),
        said("I am not sure what I could say about this", dont_know=True),
        said("well", reason=True),
        said("skip this one and go on to the next", wish="skip"),
    ]
    made = log(turns, standings=(Standing("k3.6", turn_numbers=(2, 3, 4, 5)),))
    assert (criterion(made, "3.6").turns, criterion(made, "3.6").replies) == ((), ())
    assert criterion(made, "3.6").standing == "not yet mentioned"
    assert made.turns[1].references == ()


def test_a_turn_stands_under_a_criterion_only_for_what_it_was_credited_with():
    turns = [
        asked("Tell me about complaints?", "open"),
        said("we listen to calls", "p1", criteria=("k3.6", "k3.5")),
        said("I keep separate boards because of the meat", reason=True, criteria=("k3.6", "k3.5")),
    ]
    standings = (Standing("k3.6", NAMES[:1], turn_numbers=(2, 3)), Standing("k3.5", turn_numbers=()))
    made = log(turns, standings=standings)
    assert [turn.number for turn in criterion(made, "3.6").turns] == [2]
    assert criterion(made, "3.5").turns == ()
    assert [[r.number for r in turn.references] for turn in made.turns[1:]] == [["3.6"], []]


def test_a_whole_answer_in_words_that_the_tool_does_not_know_is_asked_and_answered():
    turns = [asked("Tell me?", "open"), said("it is written up for every single shift")]
    made = log(turns, standings=(Standing("k3.6", answered=("the reason",), turn_numbers=(2,)),))
    entry = criterion(made, "3.6")
    assert (entry.standing, entry.turns, entry.replies) == ("asked and answered", (), (2,))
    assert entry.answered == (SaidPoint("the reason", (2,)),)
    assert criterion(made, "3.1").standing == "not yet mentioned"


def test_what_was_answered_names_the_answer_to_just_that_question():
    reason = ExpectedPoint("why", "why", is_published=False, slot="reason")
    plan = replace(PLAN, criteria=(replace(PLAN.criteria[2], expected_points=(*POINTS, reason)),))
    turns = [
        asked("Tell me?", "open"),
        said("we listen to calls", "p1"),
        asked("Why is that?", target="reason"),
        said("it was the mystery shoppers that told us so", "p2"),
    ]
    standing = Standing("k3.6", NAMES, answered=("the reason",), turn_numbers=(2, 4))
    entry = criterion(log(turns, plan=plan, standings=(standing,)), "3.6")
    assert entry.answered == (SaidPoint("the reason", (4,)),)
    assert entry.replies == ()


def test_a_slot_of_the_verb_names_the_turns_that_show_it_and_an_action_with_its_time_is_a_real_event():
    slots = tuple(ExpectedPoint(slot, slot, is_published=False, slot=slot) for slot in ("own_action", "when"))
    event = ExpectedPoint("real", "real", is_published=False, slot="real_event")
    plan = replace(PLAN, criteria=(replace(PLAN.criteria[2], expected_points=(*slots, event)),))
    turns = [
        asked("Tell me?", "open"),
        said("I wrote it down", own_action=True),
        said("it was in March", when=True),
        said("calls are good because they are real", reason=True),
    ]
    mentioned = ("what you did", "a real event", "when it was")
    made = log(turns, plan=plan, standings=(Standing("k3.6", mentioned, turn_numbers=(2, 3, 4)),))
    assert {point.text: point.turns for point in made.criteria[0].mentioned} == {
        "what you did": (2,),
        "when it was": (3,),
        "a real event": (2, 3),
    }


def test_something_that_is_not_on_the_list_counts_where_the_list_is_open():
    other = replace(mark(), others=(Words(0, 5, "boxes"),))
    turn = replace(said("boxes", criteria=()), marks=(CriterionMark("k3.6", other),))
    standings = (Standing("k3.6", others=("boxes",), turn_numbers=(2,)),)
    open_list = replace(PLAN, criteria=(replace(PLAN.criteria[2], is_open=True),))
    for plan, expected in ((PLAN, []), (open_list, [2])):
        made = log([asked("Tell me?", "open"), turn], plan=plan, standings=standings)
        assert [found.number for found in criterion(made, "3.6").turns] == expected


EVIDENCE = asked("What could your assessor look at, and where is it kept?", target="evidence", rule="evidence.ask")


def test_an_answer_to_the_evidence_question_counts_by_its_place_whatever_its_words():
    turns = [
        asked("Tell me?", "open"),
        said("we listen to calls", "p1"),
        EVIDENCE,
        said("The allergen folder in the kitchen office has the sheet I changed"),
        asked("Is there anything to add?", "close", ()),
        said("no that is all there is to say"),
        said("The folder in the office", flags=("edited", "replaces:4")),
    ]
    made = log(turns, standings=(Standing("k3.6", NAMES[:1], turn_numbers=(2,)),))
    assert evidence_in(made) == (4, 7)
    heard = heard_in(made.turns)
    assert [evidence_of(entry, heard) for entry in made.criteria] == [(), (), (4, 7)]
    assert criterion(made, "3.6").replies == ()


@pytest.mark.parametrize("answer", [said("no idea", dont_know=True), said("skip", criteria=(), wish="skip")])
def test_no_answer_to_the_evidence_question_is_no_evidence(answer):
    assert evidence_in(log([EVIDENCE, answer])) is None


def test_an_erased_answer_is_no_evidence_location():
    assert evidence_in(log([EVIDENCE, said("it is in the folder")], erase=[2])) is None


def evidence_in(made):
    return next((item.turns for item in made.evidence if item.name.startswith("What the learner")), None)


def test_a_criterion_on_one_line_names_one_line():
    unit = replace(
        UNIT, outcomes=(replace(UNIT.outcomes[0], criteria=(replace(CRITERIA[0], span=SourceSpan(21, 21)),)),)
    )
    discussion, rows = held()
    made = discussion_log(discussion, rows, unit, (), learner_name="Sam", export_number=1, now=NOW)
    assert criterion(made, "3.1").source_lines == "21"


def test_how_somebody_felt_is_in_no_file():
    exported = as_json(log([asked("Tell me?", "open"), said("this is rubbish", flags=("upset", "echo"))]))
    assert b"upset" not in exported
    assert b"uses words that were shown before" in exported
    assert audit.verify(exported, KEY.public).holds


def test_a_voice_message_names_its_sound_by_hash():
    made = log([asked("Tell me?", "open"), said("", flags=("voice", "sound:ab12"))])
    assert made.turns[1].notes == ("voice message", "the sound is kept apart, SHA-256 ab12")

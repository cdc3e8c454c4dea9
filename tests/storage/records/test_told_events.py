"""Which messages tell of one event, and when it was."""

from dataclasses import replace

from talkthrough.storage.records.draft import reflective_draft
from tests.storage.records.examples import PLAN, asked, log, said

OPEN = asked("Tell me about a time?", "open", ("k3.6",))
OTHER = asked("And about another time?", "open", ("k3.5",))
WHEN = asked("When was this?", target="when")
RETURNS = "I opened a second till because the returns queue went round the shop"
ROTA = "Carers complained that the rota came too late, so I sent it earlier"


def events(*turns, plan=PLAN, **options):
    """(words of its time, numbers of its messages) of every event in the draft."""
    draft = reflective_draft(log(turns, plan=plan), **options)
    return [(event.time and event.time.words, event.turns) for event in draft.events]


def test_unrelated_stories_after_two_openings_are_two_events_each_with_its_own_time():
    turns = (OPEN, said(RETURNS), WHEN, said("saturday 7 november"), OTHER, said(ROTA))
    assert events(*turns) == [("saturday 7 november", (2, 4)), (None, (6,))]


def test_words_that_come_back_to_an_earlier_story_belong_to_its_event():
    turns = (OPEN, said(f"Last week {RETURNS}"), OTHER, said(ROTA), OPEN, said("that second till for returns again"))
    assert events(*turns) == [("Last week", (2, 6)), (None, (4,))]


def test_the_same_words_at_another_time_are_another_event():
    turns = (OPEN, said(f"In May 2025 {RETURNS}"), OTHER, said(f"In June 2026 {RETURNS}"))
    assert events(*turns) == [("In May 2025", (2,)), ("In June 2026", (4,))]


def test_what_the_tool_asked_about_joins_no_stories():
    question = asked("Tell me about returns and the till?", "open", ("k3.5",))
    turns = (
        OPEN,
        said("I moved the till and the returns desk"),
        question,
        said("A till jammed, so the returns waited"),
    )
    assert len(events(*turns)) == 2


def test_when_a_result_came_is_no_time_of_the_event():
    turns = (OPEN, said(RETURNS), asked("And then?", target="result"), said("by 9 November 2026 complaints fell"))
    assert events(*turns) == [(None, (2, 4))]


def test_a_time_in_what_was_done_dates_the_event_also_where_the_tool_asked_why():
    turns = (OPEN, said(RETURNS), asked("Why?", target="reason"), said("On 3 May 2026 I told them and they agreed"))
    assert events(*turns) == [("3 May 2026", (2, 4))]


def test_a_time_said_more_precisely_later_counts():
    turns = (OPEN, said("In May 2025 I moved the desk"), said("on 12 May 2025 I put up the sign"))
    assert events(*turns) == [("12 May 2025", (2, 3))]


def test_another_time_without_a_new_opening_is_another_event():
    turns = (OPEN, said("In May 2025 I moved the desk"), said("in June 2026 I moved it back"))
    assert events(*turns) == [("In May 2025", (2,)), ("in June 2026", (3,))]


def test_when_answered_with_another_story_starts_an_event_of_its_own():
    turns = (OPEN, said(RETURNS), WHEN, said(ROTA))
    assert events(*turns) == [(None, (2,)), (None, (4,))]


def test_a_bare_time_stands_with_the_story_that_it_dates():
    turns = (OPEN, said(RETURNS, own_action=True), asked("And then?", target="result"), said("it got shorter"), WHEN)
    draft = reflective_draft(log((*turns, said("it was in september i think"))), "STAR")
    (event,) = draft.events
    assert {part.prompt: [m.turn for m in part.messages] for part in event.parts} == {
        "Situation": [],
        "Task": [],
        "Action": [2, 6],
        "Result": [4],
    }


def test_a_message_said_anew_stays_in_its_event_under_its_prompt():
    turns = (OPEN, said(f"Last week {RETURNS}"), asked("And then?", target="result"), said("Sam was glad"), OTHER)
    anew = said("my colleague was glad", flags=("edited", "replaces:4"))
    draft = reflective_draft(log((*turns, said(ROTA), anew)), "STAR")
    assert [[m.turn for m in part.messages] for part in draft.events[0].parts] == [[2], [], [], [7]]


def test_a_struck_out_message_dates_nothing_and_the_others_stay_together():
    turns = (OPEN, said(RETURNS), said("it was on 3 May 2026"))
    assert events(*turns, struck_out={3}) == [(None, (2,))]


def test_what_is_usual_at_work_stands_together_and_is_no_chain_of_events():
    known = tuple(replace(criterion, kind="knowledge") for criterion in PLAN.criteria)
    turns = (OPEN, said("complaints come by phone"), OTHER, said("the law says fourteen days"), OPEN, said(ROTA))
    real = (OTHER, said("In June 2026 a lady brought a kettle back", real_event=True))
    plan = replace(PLAN, criteria=known)
    assert events(*turns, *real, plan=plan) == [("In June 2026", (8,)), (None, (2, 4, 6))]

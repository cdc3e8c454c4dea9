"""Rounds as a tutor runs them on a phone: one line, a preview, pause and skip, results, a kind reminder, closing."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlmodel import Session

from talkthrough.storage import people
from talkthrough.storage.tables import Role
from tests.end_to_end.conftest import House, Phone
from tests.end_to_end.test_groups import forge, has
from tests.end_to_end.test_tutor_and_assessor import announced

LINE = "/round Thursdays 18:00 unit 401 outcome 1 three questions close Sunday 20:00"


async def started(house: House, *options: str) -> None:
    """A round that goes out now, with the preview's buttons tapped first."""
    await house.enter(house.tutor, house.learner, house.other_learner)
    await house.tutor.say("/rounds")
    for label in ("New round", "Practice group", "Unit 323", "1: understand", "3", "Now", *options, "Schedule it"):
        await house.tutor.tap(label)
    await announced(house.learner)
    await announced(house.other_learner)


async def answer_all(learner: Phone) -> list[str]:
    await learner.tap("Start")
    heard: list[str] = []
    for _ in range(3):
        letters = [label for label in learner.buttons() if label == "A"]
        heard += await (learner.tap("A") if letters else learner.say("They can see how well they are doing."))
        await learner.tap("Next")
    return heard


async def test_a_line_is_previewed_changed_and_scheduled(house: House) -> None:
    await house.enter(house.tutor)
    (preview,) = await house.tutor.say(LINE)
    assert "Thursdays at 18:00, 3 questions, closes Sunday 20:00" in preview
    assert "goes out up to 6 hours late" in preview
    (changed,) = await house.tutor.tap("Feedback after closing")
    assert "Feedback: after it has closed" in changed
    (taps,) = await house.tutor.tap("Only to tap")
    assert "Questions: 3, the same for all, all answered with a tap" in taps
    assert "Only to tap" not in house.tutor.buttons()
    (scheduled,) = await house.tutor.tap("Schedule it")
    assert "Thursday" in scheduled
    (rounds,) = await house.tutor.say("/rounds")
    assert "Thursdays at 18:00" in rounds


async def test_a_line_that_is_not_understood_says_what_to_write(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    (problem,) = await house.tutor.say("/round Thursdays at teatime unit 401")
    assert 'I did not understand "teatime"' in problem
    (refused,) = await house.learner.say(LINE)
    assert "for tutors and assessors" in refused


async def test_a_schedule_is_skipped_once_paused_resumed_changed_and_cancelled(house: House) -> None:
    await house.enter(house.tutor)
    await house.tutor.say(LINE)
    await house.tutor.tap("Schedule it")
    await house.tutor.say("/rounds")
    (card,) = await house.tutor.tap("Practice group, Unit 401")
    before = card.rpartition("Next: ")[2]
    message, data = house.tutor.button("Skip the next one")
    (skipped,) = await house.tutor.tap_data(message, data)
    (again,) = await house.tutor.tap_data(message, data)
    assert skipped == again
    assert skipped.rpartition("Next: ")[2] != before
    assert "paused" in (await house.tutor.tap("Pause"))[0]
    assert "Next:" in (await house.tutor.tap("Go on"))[0]
    await house.tutor.tap("Change it")
    (preview,) = await house.tutor.say("Tuesdays 12:30 unit 401 five questions")
    assert "Tuesdays at 12:30" in preview
    await house.tutor.tap("Schedule it")
    await house.tutor.say("/rounds")
    await house.tutor.tap("Practice group, Unit 401")
    assert "Cancelled" in (await house.tutor.tap("Cancel it"))[0]
    assert "No rounds yet" in (await house.tutor.say("/rounds"))[0]


async def test_a_planned_round_is_run_now_and_once_however_often_it_is_tapped(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    await house.tutor.say(LINE)
    await house.tutor.tap("Schedule it")
    await house.tutor.say("/rounds")
    await house.tutor.tap("Practice group, Unit 401")
    await house.tutor.tap_twice("Run it now")
    assert len(await house.learner.hear()) == 1


async def test_results_name_no_learner_and_the_heat_map_is_noted_for_each(house: House) -> None:
    await started(house)
    await answer_all(house.learner)
    await house.tutor.say("/rounds")
    (results,) = await house.tutor.tap("Results: Practice group")
    assert "1 of 2 started, 3 of 6 answers. 1 not finished." in results
    assert "Learner" not in results
    files = await house.tutor.tap("Heat map")
    assert sum(name.startswith("[") for name in files) == 4
    assert b"PRACTICE - NOT ASSESSED" in house.tutor.file(".html")
    sheet = load_workbook(BytesIO(house.tutor.file(".xlsx"))).active
    names = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert names == ["Learner 2", "Learner 1", "everybody"]  # who answered nothing comes first
    assert "Tutor took the results of round" in (await house.learner.say("/whosaw"))[0]


async def test_the_report_says_week_by_week_who_practised_and_sends_files_and_gaps_on_a_tap(house: House) -> None:
    await started(house)
    await answer_all(house.learner)
    await house.tutor.say("/groups")
    await house.tutor.tap("Practice group")
    _, picture, words = await house.tutor.tap("Report")
    assert picture.startswith("[photo] Practice group: week by week.")
    assert "1 of 2 learners practised, 3 answers" in words
    assert "No answers in the last two weeks: Learner 2." in words
    files = await house.tutor.tap("The weeks as files")
    assert sum(name.startswith("[") for name in files) == 4
    *files, gaps = await house.tutor.tap("Heat map and gaps: Unit 323")
    assert sum(name.startswith("[") for name in files) == 4
    assert "Never discussed in this group" in gaps
    assert "Tutor took the report of Practice group" in (await house.learner.say("/whosaw"))[0]


async def test_who_has_not_answered_is_seen_and_not_nudged_twice_on_the_day_of_the_round(house: House) -> None:
    await started(house)
    await answer_all(house.learner)
    await house.tutor.say("/rounds")
    await house.tutor.tap("Results: Practice group")
    (waiting,) = await house.tutor.tap("Who has not answered")
    assert "Learner 2" in waiting
    assert "Learner 1" not in waiting
    (nudged,) = await house.tutor.tap("Remind them kindly")
    assert "I wrote to 0 learners" in nudged  # the round itself was today's message
    assert "1 more" in nudged
    assert await house.other_learner.hear() == []


async def test_feedback_waits_for_closing_and_then_reaches_each_learner(house: House) -> None:
    await started(house, "Feedback after closing")
    heard = await answer_all(house.learner)
    assert all("You get feedback when the round has closed" in text for text in heard)
    await house.tutor.say("/rounds")
    await house.tutor.tap("Results: Practice group")
    results = await house.tutor.tap("Close it now")
    assert any("closed" in text for text in results)
    (feedback,) = await house.learner.hear()
    assert "You answered 3 of 3 questions" in feedback
    assert "It is not an assessment" in feedback
    assert await house.other_learner.hear() == []


async def test_an_independent_reader_opens_the_calendar_of_tutor_and_learner(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    await house.tutor.say(LINE)
    await house.tutor.tap("Schedule it")
    for phone in (house.tutor, house.learner):
        await phone.say("/calendar")
        calendar = Calendar.from_ical(phone.file("talkthrough.ics").decode())
        events = calendar.walk("VEVENT")
        assert len(events) > 40
        assert {event.decoded("DTSTART").astimezone().weekday() for event in events} == {3}
        assert calendar.walk("VTIMEZONE")


@pytest.mark.parametrize(
    "data", ["rnd:set:closes:99999999999999", "rnd:set:kinds:x", "rnd:skip:1:today", "rnd:set:weekly", "coh:load:1:x"]
)
async def test_button_data_that_was_never_offered_is_an_old_button(house: House, data: str) -> None:
    await house.enter(house.tutor)
    await house.tutor.say(LINE)
    assert has(await forge(house.tutor, data), "from an earlier message")


async def test_another_tutors_round_cannot_be_reached_with_a_forged_button(house: House) -> None:
    await started(house)
    stranger = Phone(house, 2999)
    await house.enter(stranger)

    def make_tutor(session: Session) -> None:
        person = people.known(session, 2999)
        row = people.create_cohort(session, "Elsewhere", [], "Europe/London", datetime.now(UTC))
        people.enrol(session, row.id, person.id, Role.TUTOR, datetime.now(UTC))

    await house.application.pipeline.run(make_tutor)
    for data in ("rnd:res:1", "rnd:who:1", "rnd:nudge:1", "rnd:close:1", "rnd:map:1", "rnd:plan:1", "rnd:cancel:1"):
        assert has(await forge(stranger, data), "belongs to another group")
    for data in (
        "coh:show:1",
        "coh:people:1",
        "coh:link:1",
        "coh:who:1:1",
        "coh:report:1",
        "coh:files:1",
        "coh:nothing:1",
        "coh:map:1:1",
        "coh:keptyes:1:0:0",
        "coh:asr:1:1:4",
        "coh:load:1:4:0:1:on",
    ):
        assert has(await forge(stranger, data), "for tutors and assessors")

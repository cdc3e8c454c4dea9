"""A tutor makes a group on a phone: units, a link, names from a file; learners join, see who looked, and leave."""

import asyncio
import re
from io import BytesIO

import pytest

from tests.end_to_end.conftest import House, Phone

NEWCOMER = 1777


@pytest.fixture
def newcomer(house: House) -> Phone:
    return Phone(house, NEWCOMER)


def has(texts: list[str], words: str) -> bool:
    return any(words in text for text in texts)


async def forge(phone: Phone, data: str) -> list[str]:
    """Tap a button that the bot never gave to this person."""
    message = next(each for each in reversed(phone.messages) if each.get("reply_markup"))
    button = message["reply_markup"]["inline_keyboard"][0][0]
    kept, button["callback_data"] = button["callback_data"], data
    try:
        return await phone.tap_data(message["message_id"], data)
    finally:
        button["callback_data"] = kept


async def make_group(tutor: Phone, name: str = "Monday group") -> None:
    await tutor.say("/groups")
    await tutor.tap("New group")
    (made,) = await tutor.say(name)
    assert name in made


async def link(tutor: Phone, who: str = "Invite learners") -> str:
    """The code of a new link."""
    (card,) = await tutor.tap(who)
    found = re.search(r"/start (\S+)", card)
    assert card.startswith("[photo]")
    assert found
    return found[1]


async def test_a_group_is_made_filled_and_seen_by_its_tutor_only(house: House, newcomer: Phone) -> None:
    await house.enter(house.tutor, house.learner, newcomer)
    await make_group(house.tutor)
    await house.tutor.tap("Units")
    await house.tutor.tap("Unit 401")
    assert any(label.startswith("✓ Unit 401") for label in house.tutor.buttons())
    (group,) = await house.tutor.tap("Done")
    assert "Units: Unit 401" in group
    assert has(await newcomer.say(f"/start {await link(house.tutor)}"), "You have joined Monday group")
    await house.tutor.say("/groups")
    (group,) = await house.tutor.tap("Monday group (1 learners)")
    assert "Learners: 1, of whom 0 have started" in group
    _, forged = house.tutor.button("People")
    assert has(await forge(house.learner, forged), "for tutors and assessors")


async def test_a_qr_picture_leads_to_the_link(house: House) -> None:
    from talkthrough.bot.conversations.performers.joining import link_to, qr_picture

    await house.enter(house.tutor)
    await make_group(house.tutor)
    code = await link(house.tutor)
    assert link_to("talkthrough_local_bot", code) in house.tutor.messages[-1]["caption"]
    assert qr_picture("https://t.me/x?start=y").startswith(b"\x89PNG")


async def test_a_link_for_staff_works_once_and_a_stopped_link_not_at_all(house: House, newcomer: Phone) -> None:
    await house.enter(house.tutor, house.learner, newcomer)
    await make_group(house.tutor)
    staff = await link(house.tutor, "Invite an assessor")
    assert has(await newcomer.say(f"/start {staff}"), "You have joined")
    assert has(await house.learner.say(f"/start {staff}"), "does not work any more")
    await house.tutor.tap("Back")
    learners = await link(house.tutor)
    await house.tutor.tap("Back")
    (stopped,) = await house.tutor.tap("Stop all links")
    assert "Links stopped: 1" in stopped
    assert has(await house.learner.say(f"/start {learners}"), "does not work any more")


async def test_names_from_a_file_get_a_code_each(house: House, newcomer: Phone) -> None:
    await house.enter(house.tutor, newcomer)
    await make_group(house.tutor)
    await house.tutor.tap("Names from a file")
    house.local.world.send_file(2001, "document", b"Name,Year\nAda Byron,1\n=SUM(A1),1\n", name="names.csv")
    heard = await house.tutor.hear()
    assert any("Ada Byron" in text and "Still to join" in text for text in heard)
    codes = house.tutor.file("codes.csv").decode("utf-8-sig")
    assert "'=SUM(A1)" in codes
    code = re.search(r'"Ada Byron","([^"]+)"', codes)
    assert code
    await newcomer.say(f"/start {code[1]}")
    await house.tutor.tap("Back")
    (people,) = await house.tutor.tap("People")
    assert "Ada Byron" not in people  # she has come, under the name she goes by
    assert "SUM" in people


async def test_a_learner_reads_who_looked_and_leaves_with_everything_they_did(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    await house.tutor.say("/groups")
    await house.tutor.tap("Practice group")
    await house.tutor.tap("People")
    (seen,) = await house.learner.say("/whosaw")
    assert "Tutor looked at the register of Practice group" in seen
    await house.learner.say("/leave")
    (left,) = await house.learner.tap("Leave Practice group")
    assert "no longer in" in left
    await house.learner.say("/revise")
    assert any("401" in label for label in house.learner.buttons())


async def test_a_learner_is_moved_and_another_taken_out_and_both_are_told(house: House) -> None:
    await house.enter(house.tutor, house.learner, house.other_learner)
    await make_group(house.tutor)
    await house.tutor.say("/groups")
    for label in ("Practice group", "People", "Learner 1", "Move to another group"):
        await house.tutor.tap(label)
    (moved,) = await house.tutor.tap("Monday group")
    assert "Learner 1 is in this group now" in moved
    assert "Monday group" in (await house.learner.hear())[0]
    await house.tutor.say("/groups")
    for label in ("Practice group", "People", "Learner 2"):
        await house.tutor.tap(label)
    await house.tutor.tap_twice("Take out of this group")
    assert "no longer in" in (await house.other_learner.hear())[0]


async def test_dates_holidays_and_retention_are_typed_and_previewed(house: House) -> None:
    await house.enter(house.tutor)
    await make_group(house.tutor)
    await house.tutor.tap("Assessment date")
    assert "could not read" in (await house.tutor.say("soon"))[0]
    (group,) = await house.tutor.say("14/03/2099")
    assert "Assessment: 14 March 2099" in group
    await house.tutor.tap("Holidays")
    (group,) = await house.tutor.say("26/10/2098 to 30/10/2098")
    assert "26 October 2098 to 30 October 2098" in group
    await house.tutor.tap("How long")
    (kept,) = await house.tutor.tap("30 days")
    assert "Kept until 13 April 2099" in kept


async def test_what_passed_its_time_goes_once_and_only_as_it_was_shown(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    for label in ("Revise", "Unit 401", "Start", "A"):
        await house.learner.tap(label)
    await house.tutor.say("/groups")
    for label in ("Practice group", "Assessment date"):
        await house.tutor.tap(label)
    await house.tutor.say("01/02/2020")
    await house.tutor.tap("How long")
    (preview,) = await house.tutor.tap("30 days")
    assert "This would be deleted: 1 answers and the words of 0 discussions of 1 learners" in preview
    message, data = house.tutor.button("Yes, delete this now")
    assert "This would be deleted" in (await forge(house.tutor, data.replace(":1:0", ":0:0")))[0]
    assert "Deleted: 1 answers" in (await house.tutor.tap_data(message, data))[0]
    assert "nothing to delete today" in (await house.tutor.tap_data(message, data))[0]


async def test_my_data_comes_as_json_and_as_a_page_and_consent_is_recorded(house: House, data_dir) -> None:
    await house.enter(house.learner)
    await house.learner.say("/mydata")
    page = BytesIO(house.learner.file("my-data.html")).read().decode()
    assert "privacy card 1" in page
    assert "messages from you" in page


async def test_the_units_of_ones_own_group_come_first(house: House, newcomer: Phone) -> None:
    await house.enter(house.tutor, newcomer)
    await newcomer.say("/revise")
    (*bank, _menu) = newcomer.buttons()
    assert not bank[0].startswith("Unit 401")
    await make_group(house.tutor)
    await house.tutor.tap("Units")
    await house.tutor.tap("Unit 401")
    await house.tutor.tap("Done")
    await newcomer.say(f"/start {await link(house.tutor)}")
    await newcomer.say("/revise")
    assert newcomer.buttons()[0].startswith("Unit 401")
    (own, *rest) = newcomer.buttons()
    assert rest == ["Other unit", "Menu"]
    (others,) = await newcomer.tap("Other unit")
    assert "These are not units of your group." in others
    assert sorted([own, *newcomer.buttons()]) == sorted([*bank, "Menu"])
    (chosen,) = await newcomer.tap(bank[0])
    assert "10 questions" in chosen
    await house.tutor.say("/rounds")
    for label in ("New round", "Monday group"):
        await house.tutor.tap(label)
    assert house.tutor.buttons()[0].startswith("Unit 401")
    (warned,) = await house.tutor.tap("Other unit")
    assert "These are not units of this group." in warned
    for label in ("Unit 323", "The whole unit", "3"):
        await house.tutor.tap(label)
    (preview,) = await house.tutor.tap("Tomorrow 09:00")
    assert "Please note: Unit 323 is not a unit of this group." in preview


async def test_a_name_that_stands_twice_on_a_list_is_asked_back(house: House) -> None:
    await house.enter(house.tutor)
    await make_group(house.tutor)
    await house.tutor.tap("Names from a file")
    house.local.world.send_file(house.tutor.person, "document", b"name\nAmira\nBo\nAmira\n", name="names.csv")
    (said,) = await house.tutor.hear()
    assert said.startswith("Twice in the list: Amira.")


async def test_a_wrong_holiday_is_taken_out_again_and_the_group_moves_to_another_zone(house: House) -> None:
    await house.enter(house.tutor)
    await make_group(house.tutor)
    await house.tutor.tap("Holidays")
    assert "No recurring rounds: 26 October 2098" in (await house.tutor.say("26/10/2098"))[0]
    await house.tutor.tap("Holidays")
    assert "No recurring rounds" not in (await house.tutor.say("None"))[0]
    await house.tutor.tap("Time zone")
    assert "do not know that place" in (await house.tutor.say("Narnia"))[0]
    assert "Time zone: America/New_York" in (await house.tutor.say("new york"))[0]


async def test_open_links_stop_once_some_learners_are_under_18(house: House, newcomer: Phone) -> None:
    await house.enter(house.tutor, newcomer)
    await make_group(house.tutor)
    await house.tutor.tap("All are 18 or over")
    open_link = await link(house.tutor)
    await house.tutor.tap("Back")
    await house.tutor.tap("Some are under 18")
    assert has(await newcomer.say(f"/start {open_link}"), "does not work any more")
    limited = await link(house.tutor)
    assert has(await newcomer.say(f"/start {limited}"), "You have joined")


async def test_who_joins_while_a_round_is_open_gets_it_after_reading_the_privacy_card(
    house: House, newcomer: Phone
) -> None:
    await house.enter(house.tutor)
    await make_group(house.tutor)
    for label in ("Units", "Unit 401", "Done"):
        await house.tutor.tap(label)
    code = await link(house.tutor)
    await house.tutor.say("/rounds")
    for label in ("New round", "Monday group", "Unit 401", "The whole unit", "3", "Now", "Schedule it"):
        await house.tutor.tap(label)
    await asyncio.sleep(1.2)  # the clock opens it
    assert not has(await newcomer.say(f"/start {code}"), "quiz round")
    told = await newcomer.tap("I have read this")
    assert has(told, "Monday group")
    assert "Start" in newcomer.buttons()

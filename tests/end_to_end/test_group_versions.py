"""A new version of a unit comes in: the groups that use the one before are named, and moved with one tap."""

from tests.end_to_end.conftest import House
from tests.end_to_end.test_groups import has, link, make_group
from tests.end_to_end.test_tutor_files import HEAD
from tests.end_to_end.tutor import forge, send

OLD = f"""{HEAD}1.1 explain how to store leaves and powders
1.2 describe the equipment used to brew tea
1.3 identify the main kinds of tea
"""
NEW = OLD.replace("1.3 identify the main kinds of tea", "1.3 state who drinks tea at four in the afternoon")


async def with_old_version(house: House) -> None:
    await house.enter(house.tutor, house.learner)
    await send(house, OLD)
    await house.tutor.tap("Add to the bank")
    await make_group(house.tutor, "Tea group")
    for label in ("Units", "Unit 7", "Done"):
        await house.tutor.tap(label)
    await house.learner.say(f"/start {await link(house.tutor)}")


async def progress(house: House) -> str:
    await house.learner.say("/progress")
    (said,) = await house.learner.tap("Unit 7")
    return said


async def test_the_message_after_adding_moves_the_groups_and_progress_follows(house: House) -> None:
    await with_old_version(house)
    assert "version" not in await progress(house)
    await send(house, NEW, "new.txt")
    (added,) = await house.tutor.tap("Add to the bank")
    assert "Tea group: still on the version of Unit 7 before. Move it?" in added
    before = await progress(house)
    assert "Your group uses version 1 of this unit" in before
    assert "The newest version has no 1.3" in before
    (moved,) = await house.tutor.tap("Move to the new version: Unit 7")
    assert moved.startswith("Tea group: the new version of Unit 7 from now on.")
    assert "version" not in await progress(house)
    await house.learner.tap("1")
    assert house.learner.messages[-1]["text"].count("state who drinks tea at four") == 1


async def test_the_groups_page_says_that_it_is_behind_and_moves_it(house: House) -> None:
    await with_old_version(house)
    await send(house, NEW, "new.txt")
    await house.tutor.tap("Add to the bank")
    await house.tutor.say("/groups")
    (page,) = await house.tutor.tap("Tea group")
    assert "Unit 7: this group uses version 1" in page
    (report,) = [said for said in await house.tutor.tap("Report") if "week by week" in said and "Practice only" in said]
    assert "The bank's version has no 1.3" in report
    await house.tutor.say("/groups")
    await house.tutor.tap("Tea group")
    (after,) = await house.tutor.tap("Move to the new version: Unit 7")
    assert "This group uses the new version of Unit 7 now." in after
    assert "this group uses version" not in after


async def test_nobody_else_moves_a_group(house: House) -> None:
    await with_old_version(house)
    assert has(await forge(house.learner, "coh:newest:1:1"), "for tutors")

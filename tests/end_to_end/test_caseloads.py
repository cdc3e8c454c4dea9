"""A tutor says who works with whom; the other assessor cannot reach those learners, not with forged buttons either."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

from sqlmodel import Session

from talkthrough.storage import people
from talkthrough.storage.tables import Role
from tests.end_to_end.acts import forge
from tests.end_to_end.conftest import House, Phone
from tests.end_to_end.test_records_review import released, sent_back

OTHER_ASSESSOR = 3002


async def colleague(house: House) -> Phone:
    """A second assessor of the practice group."""
    phone = Phone(house, OTHER_ASSESSOR)
    await house.enter(phone)

    def join(session: Session) -> None:
        person = people.known(session, OTHER_ASSESSOR)
        person.display_name = "Colleague"
        row = people.cohort_named(session, "Practice group")
        people.enrol(session, row.id, person.id, Role.ASSESSOR, datetime.now(UTC))

    await house.application.pipeline.run(join)
    return phone


async def choose(tutor: Phone, *labels: str) -> list[str]:
    await tutor.say("/groups")
    heard: list[str] = []
    for label in ("Practice group", "People", *labels):
        heard = await tutor.tap(label)
    return heard


async def test_each_assessor_reaches_only_the_learners_who_were_named_for_them(house: House) -> None:
    await house.enter(house.learner, house.other_learner, house.tutor, house.assessor)
    other = await colleague(house)
    await released(house.learner)
    await released(house.other_learner)
    (register,) = await choose(house.tutor, "Learner 1", "Choose their assessor", "Assessor")
    assert "Learner 1 (learner), started. Assessor: Assessor" in register
    assert "Learners without an assessor: 1." in register
    await house.assessor.say("/logs")
    labels = house.assessor.buttons()
    assert any("Learner 1" in label for label in labels)
    assert not any("Learner 2" in label for label in labels)
    await house.assessor.tap("Take all as ZIP")
    await house.assessor.tap("Practice group (1)")
    names = zipfile.ZipFile(BytesIO(house.assessor.file(".zip"))).namelist()
    assert names
    assert not any("Learner-2" in name for name in names)
    assert "No learner has released" in (await other.say("/logs"))[-1]
    for data in ("logs:1", "logs:send:1:files", "logs:send:1:form", "logs:sign:1", "logs:send:2:page"):
        heard = await forge(other, data)
        assert not any("[" in text or "Learner" in text for text in heard), data
    assert (
        "not released to you"
        in (await sent_back(other, b'{"schema_": "talkthrough/assessor-review/1", "discussion": 1}'))[0]
    )


async def test_a_caseload_is_tapped_together_and_only_by_the_groups_tutor(house: House) -> None:
    await house.enter(house.learner, house.tutor, house.assessor)
    await released(house.learner)
    other = await colleague(house)
    (listed,) = await choose(house.tutor, "Colleague", "Choose their learners")
    assert "whom Colleague works with" in listed
    message, data = house.tutor.button("Learner 1")
    await house.tutor.tap_data(message, data)
    await house.tutor.tap_data(message, data)
    assert "✓ Learner 1" in house.tutor.buttons()
    assert "No learner has released" in (await house.assessor.say("/logs"))[-1]
    await other.say("/logs")
    assert any("Learner 1" in label for label in other.buttons())
    for phone in (house.assessor, house.learner):
        for forged in (data, data.replace("load", "asr")):
            assert "for tutors" in (await forge(phone, forged))[-1]
    assert "No learner has released" in (await house.assessor.say("/logs"))[-1]


async def test_a_long_register_comes_in_pages_and_every_name_has_its_button(house: House) -> None:
    await house.enter(house.tutor)

    def fill(session: Session) -> None:
        row = people.cohort_named(session, "Practice group")
        for number in range(100):
            person = people.person_for(session, 5000 + number, f"Name {number:03}", datetime.now(UTC))
            people.enrol(session, row.id, person.id, Role.LEARNER, datetime.now(UTC))

    await house.application.pipeline.run(fill)
    seen: list[str] = []
    (page,) = await choose(house.tutor)
    assert "(1 to 40 of 104)" in page
    while True:
        seen += [label for label in house.tutor.buttons() if label.startswith("Name")]
        if "More" not in house.tutor.buttons():
            break
        await house.tutor.tap("More")
    assert seen == [f"Name {number:03} (learner)" for number in range(100)]
    await house.tutor.tap("Assessor")
    await house.tutor.tap("Choose their learners")
    await house.tutor.tap("More")
    await house.tutor.tap("Name 050")
    assert "✓ Name 050" in house.tutor.buttons()

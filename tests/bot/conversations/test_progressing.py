"""What is said about forecasts: to tutors of their own groups only, and to learners in whose language and by what."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from talkthrough.bot.conversations.aim_effects import ShowCalibration, ShowOutlook
from talkthrough.bot.conversations.performers import progressing
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.settings import Settings
from talkthrough.question_bank.reading import read_bytes
from talkthrough.scheduler import answering, refitting
from talkthrough.storage import bank, people, refits, revision
from talkthrough.storage.audit import signing_key
from talkthrough.storage.tables import OutboxMessage, Role
from tests.scheduler.conftest import NOW, fill, opened
from tests.scheduler.group import UNIT
from tests.scheduler.test_refit import FORGETFUL


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    session = opened()
    person = fill(session)
    return Desk(session, person, person.telegram_id, NOW, Settings.load(data_dir=tmp_path), signing_key(tmp_path))


def said(desk: Desk) -> str:
    rows = desk.session.exec(select(OutboxMessage)).all()
    return "\n".join(json.loads(row.data)["values"].get("text", "") for row in rows)


def test_a_tutor_is_told_what_a_unit_asks_of_the_groups_that_do_it(desk: Desk) -> None:
    specification = read_bytes(UNIT, "unit 7.txt")
    (entry,) = bank.add_specification(
        desk.session, specification, file_name="unit 7.txt", content=UNIT, by=None, now=NOW
    )
    for name, keys in (("Tea", [entry.unit.key]), ("Coffee", ["other"])):
        cohort = people.create_cohort(desk.session, name, keys, "Europe/London", NOW)
        cohort.assessment_date = date(2027, 3, 1)
        people.enrol(desk.session, cohort.id or 0, desk.person_id, Role.TUTOR, NOW)
    progressing.show_outlook(desk, ShowOutlook(entry.version_id))
    assert "Tea. Unit 7: " in said(desk)
    assert "Coffee" not in said(desk)


def test_a_forecast_that_is_fitted_to_the_learner_says_so_in_their_language(desk: Desk) -> None:
    for day in range(12):
        for card in range(4):
            now = NOW + timedelta(days=3 * day)
            delivery = revision.deliver(desk.session, 1, f"tap{card}", now).id or 0
            answering.answer(desk.session, desk.person, delivery, text=None, option=0, now=now)
    desk.person.language = "cy"
    progressing.show_calibration(desk, ShowCalibration())
    assert "Pan mae'r rhagolwg yn" in said(desk)
    assert "wedi'i addasu i'ch atebion" not in said(desk)
    refits.want(desk.session, 1, 400, NOW)
    refitting.settle(desk.session, 1, tuple(FORGETFUL.parameters), NOW)
    progressing.show_calibration(desk, ShowCalibration())
    assert "Mae'r rhagolwg wedi'i addasu i'ch atebion eich hun." in said(desk)

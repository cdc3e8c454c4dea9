"""Invitations and ownership as rows: each place is given once, and there is always a way to become the owner."""

from datetime import UTC, datetime

from talkthrough.storage import own_data, people
from talkthrough.storage.database import Database
from talkthrough.storage.tables import Role

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_after_the_owner_had_themselves_erased_a_new_code_makes_the_next_one(database: Database) -> None:
    with database.transaction() as session:
        owner = people.person_for(session, 1, "Owner", NOW)
        first = people.owner_code(session, NOW)
        assert people.claim_ownership(session, first, owner)
        assert people.owner_code(session, NOW) is None
        own_data.erase(session, owner)
        second = people.owner_code(session, NOW)
        other = people.person_for(session, 2, "Other", NOW)
        assert not people.claim_ownership(session, first, other)
        assert people.claim_ownership(session, second, other)


def test_a_link_for_one_lets_one_person_in_however_often_it_is_tapped(database: Database) -> None:
    with database.transaction() as session:
        row = people.create_cohort(session, "Group", [], "UTC", NOW)
        code = people.invite(session, row.id, Role.LEARNER, NOW, uses=1).code
        ann, bob = (people.person_for(session, number, "x", NOW).id for number in (1, 2))
        assert [people.accept(session, code, who, NOW) is not None for who in (ann, ann, bob)] == [True, True, False]

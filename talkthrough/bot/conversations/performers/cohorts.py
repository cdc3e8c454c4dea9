"""Cohorts: made, filled, shown, each act checked against the tutor's own cohorts."""

from dataclasses import replace
from datetime import date

from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import cohort_events as v
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.announcing import has_left, was_moved
from talkthrough.bot.conversations.dates import date_in
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.keeping import zone_in
from talkthrough.bot.conversations.performers.rounds import own_cohorts, teaches
from talkthrough.scheduler import expiry, rounds, unasked
from talkthrough.storage import bank, caseloads, cohorts, people, retention
from talkthrough.storage import rounds as round_rows
from talkthrough.storage.tables import AccessLog, Cohort, Person, Role

LONGEST_NAME = 60
LONGEST_CONTACT = 200
MOST_SEEN = 20


def list_cohorts(desk: Desk, _effect: c.ListCohorts) -> r.Event:
    """The tutor's cohorts."""
    mine = own_cohorts(desk)
    return v.CohortsListed(
        tuple((row.id or 0, row.name, len(people.learners_of(desk.session, row.id or 0))) for row in mine)
    )


def show(desk: Desk, effect: c.ShowCohort, done: str = "") -> r.Event:
    """A cohort with all its settings."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    own, members = cohorts.settings_of(row), cohorts.register(desk.session, effect.cohort_id)
    learners = [each for each in members if each.role is Role.LEARNER and each.person_id is not None]
    return v.CohortShown(
        effect.cohort_id,
        row.name,
        tuple(entry.unit.label for entry in cohorts.units_of(desk.session, row)),
        plain(row.assessment_date),
        len(learners),
        sum(each.has_started for each in learners),
        sum(each.person_id is None for each in members),
        tuple(f"{each.name} ({each.role.value})" for each in members if each.role is not Role.LEARNER),
        row.time_zone,
        own.safeguarding_contact,
        f"{plain(own.term_start)} to {plain(own.term_end)}" if own.term_start and own.term_end else "",
        tuple(f"{plain(first)} to {plain(last)}" for first, last in own.holidays),
        own.retention_days,
        own.has_under_18,
        done,
    )


def plain(day: date | None) -> str:
    """A date as people say it, or nothing."""
    return f"{day:%-d %B %Y}" if day else ""


# --- what is typed ----------------------------------------------------------------------------------------------------


def keep_typed(desk: Desk, effect: c.KeepTyped) -> r.Event:
    """A new cohort, or a setting of one."""
    if effect.what == "name":
        return _create(desk, effect.text)
    row = teaches(desk, effect.cohort_id or 0)
    if row is None:
        return r.NotAllowed()
    problem = _keep(desk, row, effect)
    if problem:
        return v.TypedUnclear(problem)
    if effect.what in ("term", "holiday"):
        for schedule in round_rows.standing_schedules(desk.session, row.id or 0):
            rounds.plan_next(desk.session, schedule, desk.now)
    return show(desk, c.ShowCohort(row.id or 0), "It is kept.")


def _create(desk: Desk, text: str) -> r.Event:
    name = " ".join(text.split())[:LONGEST_NAME]
    may = desk.person.is_owner or Role.TUTOR in people.roles_of(desk.session, desk.person_id)
    if not may:
        return r.NotAllowed()
    if not name or people.cohort_named(desk.session, name):
        return v.TypedUnclear("There is a group of that name already. Please type another name.")
    row = people.create_cohort(desk.session, name, [], desk.person.time_zone, desk.now)
    people.enrol(desk.session, row.id or 0, desk.person_id, Role.TUTOR, desk.now)
    return show(desk, c.ShowCohort(row.id or 0), "The group is made. Next: choose its units, then invite learners.")


def _keep(desk: Desk, row: Cohort, effect: c.KeepTyped) -> str:
    """Keep a setting; returns a sentence where the text cannot be read."""
    is_none = effect.text.strip().casefold() == "none"
    match effect.what:
        case "contact" if is_none:
            cohorts.change_settings(row, safeguarding_contact="")
        case "term" if is_none:
            cohorts.change_settings(row, term_start=None, term_end=None)
        case "holiday" if is_none:
            cohorts.change_settings(row, holidays=())
        case "zone":
            zone = zone_in(effect.text)
            if zone is None:
                return "I do not know that place. Type a city like London, or a zone like Europe/London."
            rounds.change_zone(desk.session, row, zone, desk.now)
        case "contact":
            cohorts.change_settings(row, safeguarding_contact=" ".join(effect.text.split())[:LONGEST_CONTACT])
        case "date" | "own date":
            day = date_in(effect.text, desk.today)
            if day is None and not is_none:
                return "I could not read that date. Type it like this: 14/03/2027."
            if effect.what == "date":
                row.assessment_date = day
            else:
                cohorts.set_own_date(desk.session, row.id or 0, effect.person_id or 0, day)
        case "term" | "holiday":
            first, last = dates_in(effect.text, desk.today)
            if first is None or last is None or last < first:
                return "Type the first and the last day like this: 14/12/2026 to 02/01/2027."
            own = cohorts.settings_of(row)
            if effect.what == "term":
                cohorts.change_settings(row, term_start=first, term_end=last)
            elif (first, last) not in own.holidays:
                cohorts.change_settings(row, holidays=(*own.holidays, (first, last)))
    return ""


def dates_in(text: str, today: date) -> tuple[date | None, date | None]:
    """The two days of "14/12/2026 to 02/01/2027", or "14 dec to 2 jan"; one day alone is both."""
    begin, _, end = text.partition(" to ")
    first = date_in(begin, today)
    return first, date_in(end, first or today) if end else first


# --- units -------------------------------------------------------------------------------------------


def list_units(desk: Desk, effect: c.ListCohortUnits) -> r.Event:
    """Every unit with the cohort's marked; a tap adds one or takes it out."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    has = {entry.unit.key for entry in cohorts.units_of(desk.session, row)}
    wanted = bank.unit_version(desk.session, effect.toggle) if effect.toggle is not None else None
    if wanted is not None and (wanted.unit.key in has) != effect.is_on:
        cohorts.toggle_unit(row, wanted)
        has ^= {wanted.unit.key}
    offered = (entry for entry in bank.units(desk.session) if not entry.is_blank)
    return v.CohortUnitsListed(
        effect.cohort_id,
        tuple(
            (entry.version_id, f"{entry.unit.label}: {entry.unit.title}", entry.unit.key in has) for entry in offered
        ),
    )


# --- members ----------------------------------------------------------------------------------------------------------


def list_members(desk: Desk, effect: c.ListMembers, done: str = "") -> r.Event:
    """The register. Learners can read that it was looked at."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    members = cohorts.register(desk.session, effect.cohort_id)
    page = members[effect.first : effect.first + c.PAGE]
    learners = [each.person_id for each in page if each.person_id is not None and each.role is Role.LEARNER]
    people.note_access_to_all(desk.session, desk.person_id, learners, f"looked at the register of {row.name}", desk.now)
    joined = (
        (each.person_id, each.name, each.role.value, each.has_started, each.assessor)
        for each in page
        if each.person_id is not None
    )
    awaited = ((each.name, each.code, each.assessor) for each in page if each.person_id is None)
    unseen = caseloads.without_assessor(desk.session, effect.cohort_id)
    return v.MembersListed(effect.cohort_id, tuple(joined), tuple(awaited), effect.first, len(members), unseen, done)


def _member(desk: Desk, cohort_id: int, person_id: int) -> tuple[Cohort, Person] | None:
    row = teaches(desk, cohort_id)
    if row is None or not cohorts.has_role(desk.session, person_id, cohort_id, tuple(Role)):
        return None
    return row, people.by_id(desk.session, person_id)


def show_member(desk: Desk, effect: c.ShowMember) -> r.Event:
    """One person of the register."""
    found = _member(desk, effect.cohort_id, effect.person_id)
    if found is None:
        return r.NotAllowed()
    row, person = found
    if cohorts.has_role(desk.session, effect.person_id, effect.cohort_id, (Role.LEARNER,)):
        people.note_access(
            desk.session, desk.person_id, effect.person_id, f"looked at your page in {row.name}", desk.now
        )
    mine = [each for each in cohorts.register(desk.session, effect.cohort_id) if each.person_id == effect.person_id]
    return v.MemberShown(
        effect.cohort_id,
        effect.person_id,
        person.display_name,
        tuple(each.role.value for each in mine),
        plain(mine[0].joined_at.date() if mine[0].joined_at else None),
        plain(next((each.assessment_date for each in mine if each.assessment_date), None)),
        person.unreachable_since is not None,
        next((each.assessor for each in mine if each.assessor), ""),
    )


def remove_member(desk: Desk, effect: c.RemoveMember) -> r.Event:
    """Take somebody out; a cohort keeps at least one tutor."""
    found = _member(desk, effect.cohort_id, effect.person_id)
    if found is None:
        return list_members(desk, c.ListMembers(effect.cohort_id))
    row, person = found
    if effect.person_id == desk.person_id:
        return v.TypedUnclear("You cannot take yourself out. Ask another tutor of this group.")
    cohorts.remove(desk.session, effect.cohort_id, effect.person_id)
    unasked.tell(desk.session, person, has_left(row), desk.now)
    return list_members(desk, c.ListMembers(effect.cohort_id), f"{person.display_name} is out of this group.")


def move_member(desk: Desk, effect: c.MoveMember) -> r.Event:
    """Move a learner to another of the tutor's cohorts; progress goes along."""
    found = _member(desk, effect.cohort_id, effect.person_id)
    if found is None:
        return r.NotAllowed()
    _, person = found
    if effect.to_id is None:
        others = ((row.id or 0, row.name) for row in own_cohorts(desk) if row.id != effect.cohort_id)
        return v.MoveOffered(effect.cohort_id, effect.person_id, person.display_name, tuple(others))
    to = teaches(desk, effect.to_id)
    if to is None or not cohorts.move(desk.session, effect.person_id, effect.cohort_id, effect.to_id, desk.now):
        return r.NotAllowed()
    unasked.tell(desk.session, person, was_moved(to), desk.now)
    return list_members(desk, c.ListMembers(effect.to_id), f"{person.display_name} is in this group now.")


# --- data protection --------------------------------------------------------------------------------------------------


def set_young(desk: Desk, effect: c.SetYoung) -> r.Event:
    """Whether the careful defaults for people under 18 hold."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    cohorts.set_young(desk.session, row, desk.now, has_under_18=effect.has_under_18)
    return show(desk, c.ShowCohort(effect.cohort_id), "It is kept.")


def set_retention(desk: Desk, effect: c.SetRetention) -> r.Event:
    """How long the cohort's data is kept; nothing is deleted yet."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    cohorts.change_settings(row, retention_days=effect.days)
    return preview_retention(desk, c.PreviewRetention(effect.cohort_id))


def preview_retention(desk: Desk, effect: c.PreviewRetention) -> r.Event:
    """What would be deleted."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    return _retention(row, retention.expired(desk.session, row, desk.now))


def _retention(row: Cohort, found: retention.Expired) -> v.RetentionPreviewed:
    what = expiry.expiry_of(row, found)
    days = cohorts.settings_of(row).retention_days
    return v.RetentionPreviewed(row.id or 0, days, what.due, what.learners, what.answers, what.discussions)


def apply_retention(desk: Desk, effect: c.ApplyRetention) -> r.Event:
    """Delete what the tutor saw, once: an old button, or a second tap, shows what there is now."""
    row = teaches(desk, effect.cohort_id)
    if row is None:
        return r.NotAllowed()
    shown = _retention(row, retention.expired(desk.session, row, desk.now))
    if (shown.answers, shown.discussions) != (effect.answers, effect.discussions):
        return shown
    return replace(_retention(row, expiry.delete_expired(desk.session, row, desk.now)), is_done=True)


# --- what learners do -------------------------------------------------------------------------------------------------


def list_own(desk: Desk, _effect: c.ListOwnCohorts) -> r.Event:
    """The cohorts that the person learns in."""
    mine = people.cohorts_with(desk.session, desk.person_id, Role.LEARNER)
    return v.OwnCohortsListed(tuple((row.id or 0, row.name) for row in mine))


def leave(desk: Desk, effect: c.LeaveCohort) -> r.Event:
    """Leave a cohort; answers and discussions stay the learner's."""
    row = people.cohort(desk.session, effect.cohort_id)
    if row is None or not cohorts.has_role(desk.session, desk.person_id, effect.cohort_id, (Role.LEARNER,)):
        return list_own(desk, c.ListOwnCohorts())
    cohorts.remove(desk.session, effect.cohort_id, desk.person_id, (Role.LEARNER,))
    return v.CohortLeft(row.name)


def show_who_saw(desk: Desk, _effect: c.ShowWhoSaw) -> r.Event:
    """Who looked at or took what about the person."""
    seen = people.accesses_to(desk.session, desk.person_id)
    return v.WhoSawShown(tuple(_seen(desk, row) for row in seen[:MOST_SEEN]), max(len(seen) - MOST_SEEN, 0))


def _seen(desk: Desk, row: AccessLog) -> tuple[str, str, str]:
    at = rounds.moment_in_words(row.at, desk.person.time_zone)
    return at, people.by_id(desk.session, row.actor_id).display_name, row.what


PERFORMERS: dict[type, Performer] = {
    c.ListCohorts: list_cohorts,
    c.ShowCohort: show,
    c.KeepTyped: keep_typed,
    c.ListCohortUnits: list_units,
    c.ListMembers: list_members,
    c.ShowMember: show_member,
    c.RemoveMember: remove_member,
    c.MoveMember: move_member,
    c.SetYoung: set_young,
    c.SetRetention: set_retention,
    c.PreviewRetention: preview_retention,
    c.ApplyRetention: apply_retention,
    c.ListOwnCohorts: list_own,
    c.LeaveCohort: leave,
    c.ShowWhoSaw: show_who_saw,
}

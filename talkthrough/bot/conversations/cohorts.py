"""Groups in the chat: a tutor makes and runs them; learners see who looked at their data, and can leave."""

from dataclasses import asdict

from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import cohort_events as v
from talkthrough.bot.conversations.effects import Button, Effect, Rows, Say
from talkthrough.bot.conversations.events import SentFile, Tapped, Who
from talkthrough.bot.conversations.menu import MENU, NOT_ALLOWED, Step, shortened
from talkthrough.bot.conversations.results import Event
from talkthrough.bot.conversations.states import Asked, Resting, State, TypingForCohort
from talkthrough.storage.tables import Role

BUTTON = 60
GROUPS = Button("My groups", "coh")
STAFF = {"tutor": Role.TUTOR, "assessor": Role.ASSESSOR, "qa": Role.QUALITY_ASSURER, "lead": Role.SAFEGUARDING_LEAD}
RETENTION = (30, 180, 365)


def open_cohorts(who: Who) -> Step:
    """/groups: the tutor's groups."""
    return (Resting(), (c.ListCohorts(),)) if who.is_tutor else NOT_ALLOWED


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of groups; None where the data is not understood."""
    match event.data:
        case ("coh", "leave"):
            return state, (c.ListOwnCohorts(),)
        case ("coh", "leave", cohort_id):
            return Resting(), (c.LeaveCohort(int(cohort_id)),)
        case ("coh", "saw"):
            return state, (c.ShowWhoSaw(),)
    if not who.is_tutor:
        return NOT_ALLOWED
    match event.data:
        case ("coh", "new"):
            return _typing("name")
        case ("coh", "type", "date" | "contact" | "holiday" | "term" | "zone" | "names" as what, cohort_id):
            return _typing(what, int(cohort_id))
        case ("coh", "own", cohort_id, person_id):
            return _typing("own date", int(cohort_id), int(person_id))
        case ("coh", what, cohort_id, *rest):
            effect = _effect(what, int(cohort_id), tuple(rest))
            return (Resting(), (effect,)) if effect else None
    return None


def _typing(what: Asked, cohort_id: int | None = None, person_id: int | None = None) -> Step:
    back = Button("Back", f"coh:show:{cohort_id}") if cohort_id else GROUPS
    return TypingForCohort(what, cohort_id, person_id), (Say("cohort_type", {"what": what}, ((back, MENU),)),)


def _effect(what: str, cohort: int, rest: tuple[str, ...]) -> Effect | None:
    match (what, *rest):
        case ("show",):
            return c.ShowCohort(cohort)
        case ("units",):
            return c.ListCohortUnits(cohort)
        case ("unit", version_id, on):
            return c.ListCohortUnits(cohort, int(version_id), is_on=on == "on")
        case ("newest", version_id):
            return c.MoveToVersion(cohort, int(version_id))
        case ("link",):
            return c.MakeInvitation(cohort, Role.LEARNER)
        case ("staff", role) if role in STAFF:
            return c.MakeInvitation(cohort, STAFF[role])
        case ("revoke",):
            return c.RevokeInvitations(cohort)
        case ("people", *first):
            return c.ListMembers(cohort, max(int(first[0]), 0) if first else 0)
        case ("who", person_id):
            return c.ShowMember(cohort, int(person_id))
        case ("remove", person_id):
            return c.RemoveMember(cohort, int(person_id))
        case ("move", person_id, *to):
            return c.MoveMember(cohort, int(person_id), int(to[0]) if to else None)
        case ("asr", person_id, *assessor):
            return c.NameAssessor(cohort, int(person_id), int(assessor[0]) if assessor else None)
        case ("load", assessor, *first) if len(first) <= 1:
            return c.ListCaseload(cohort, int(assessor), max(int(first[0]), 0) if first else 0)
        case ("load", assessor, first, person_id, on):
            return c.ListCaseload(cohort, int(assessor), max(int(first), 0), int(person_id), is_on=on == "on")
        case ("young", on):
            return c.SetYoung(cohort, on == "on")
        case ("keep", days):
            return c.SetRetention(cohort, int(days) or None)
        case ("kept",):
            return c.PreviewRetention(cohort)
        case ("keptyes", answers, discussions):
            return c.ApplyRetention(cohort, int(answers), int(discussions))
        case ("report",):
            return c.ShowWeeks(cohort)
        case ("files" | "nothing" as handing,):
            return c.ShowWeeks(cohort, handing)
        case ("map", version_id):
            return c.SendUnitReport(cohort, int(version_id))
    return None


def said(state: TypingForCohort, text: str) -> Step:
    """What was asked for, typed."""
    if state.what == "names":
        return state, (Say("cohort_type", {"what": "names"}, ((GROUPS, MENU),)),)
    return state, (c.KeepTyped(state.what, text, state.cohort_id, state.person_id),)


def file_sent(state: TypingForCohort, event: SentFile) -> Step:
    """The list of names."""
    if event.file is None or state.what != "names" or state.cohort_id is None:
        return state, (Say("cohort_type", {"what": state.what}, ((GROUPS, MENU),)),)
    return Resting(), (c.ReadNames(state.cohort_id, event.file),)


def resulted(state: State, event: Event) -> Step | None:
    """What came of this dialogue's effects; None for what belongs to another."""
    match event:
        case v.CohortsListed():
            return Resting(), (Say("cohorts", {"has_cohorts": bool(event.cohorts)}, _list_rows(event)),)
        case v.CohortShown():
            return Resting(), (Say("cohort", asdict(event), _cohort_rows(event)),)
        case v.CohortUnitsListed():
            return state, (Say("cohort_units", {}, _unit_rows(event)),)
        case v.GroupsMoved():
            return state, (Say("cohort_versions", asdict(event), ((GROUPS, MENU),)),)
        case v.MembersListed():
            return Resting(), (Say("cohort_people", asdict(event), _member_rows(event)),)
        case v.MemberShown():
            return Resting(), (Say("cohort_member", asdict(event), _one_member_rows(event)),)
        case v.MoveOffered():
            return state, (
                Say("cohort_move", {"name": event.name, "has_other": bool(event.cohorts)}, _move_rows(event)),
            )
        case v.AssessorsOffered():
            values = {"name": event.name, "has_any": bool(event.assessors)}
            return state, (Say("cohort_assessor", values, _assessor_rows(event)),)
        case v.CaseloadListed():
            values = {"name": event.assessor, "unseen": event.unseen, "has_any": bool(event.learners)}
            return state, (Say("cohort_caseload", values, _caseload_rows(event)),)
        case v.RetentionPreviewed():
            return state, (Say("cohort_retention", asdict(event), _retention_rows(event)),)
        case v.WeeksShown():
            return state, (Say("cohort_weeks", asdict(event), _report_rows(event)),)
        case v.GapsShown():
            back = (Button("Back", f"coh:nothing:{event.cohort_id}"), MENU)
            return state, (Say("gaps", asdict(event), (back,)),)
        case v.TypedUnclear():
            return state, (Say("round_problem", {"problem": event.problem}, ((GROUPS, MENU),)),)
        case v.OwnCohortsListed():
            rows = tuple(
                (Button(shortened(f"Leave {name}", BUTTON), f"coh:leave:{each}"),) for each, name in event.cohorts
            )
            return state, (Say("cohort_leave", {"has_cohorts": bool(event.cohorts)}, (*rows, (MENU,))),)
        case v.CohortLeft():
            return Resting(), (Say("cohort_left", {"name": event.name}, ((MENU,),)),)
        case v.WhoSawShown():
            return state, (Say("who_saw", asdict(event), ((MENU,),)),)
    return None


def _list_rows(event: v.CohortsListed) -> Rows:
    rows = (
        (Button(shortened(f"{name} ({learners} learners)", BUTTON), f"coh:show:{each}"),)
        for each, name, learners in event.cohorts
    )
    return (*rows, (Button("New group", "coh:new"), MENU))


def _cohort_rows(event: v.CohortShown) -> Rows:
    each = event.cohort_id
    young = (
        Button("All are 18 or over", f"coh:young:{each}:off")
        if event.has_under_18
        else Button("Some are under 18", f"coh:young:{each}:on")
    )
    moves = (
        (Button(shortened(f"Move to the new version: {label}", BUTTON), f"coh:newest:{each}:{version}"),)
        for version, label in event.moves
    )
    return (
        *moves,
        (Button("Units", f"coh:units:{each}"), Button("Assessment date", f"coh:type:date:{each}")),
        (Button("Invite learners", f"coh:link:{each}"), Button("Names from a file", f"coh:type:names:{each}")),
        (Button("People", f"coh:people:{each}"), Button("Report", f"coh:report:{each}")),
        (
            Button("Invite a tutor", f"coh:staff:{each}:tutor"),
            Button("Invite an assessor", f"coh:staff:{each}:assessor"),
        ),
        (
            Button("Invite a quality assurer", f"coh:staff:{each}:qa"),
            Button("Invite a safeguarding lead", f"coh:staff:{each}:lead"),
        ),
        (Button("Safeguarding contact", f"coh:type:contact:{each}"), young),
        (
            Button("Term", f"coh:type:term:{each}"),
            Button("Holidays", f"coh:type:holiday:{each}"),
            Button("Time zone", f"coh:type:zone:{each}"),
        ),
        (Button("How long to keep data", f"coh:kept:{each}"), Button("Stop all links", f"coh:revoke:{each}")),
        (GROUPS, MENU),
    )


def _unit_rows(event: v.CohortUnitsListed) -> Rows:
    """The value is what the tap will do, so a double tap changes nothing."""
    rows = (
        (
            Button(
                shortened(f"{'✓ ' if has else ''}{name}", BUTTON),
                f"coh:unit:{event.cohort_id}:{each}:{'off' if has else 'on'}",
            ),
        )
        for each, name, has in event.units
    )
    return (*rows, (Button("Done", f"coh:show:{event.cohort_id}"),))


def _member_rows(event: v.MembersListed) -> Rows:
    rows = tuple(
        (Button(shortened(f"{name} ({role})", BUTTON), f"coh:who:{event.cohort_id}:{each}"),)
        for each, name, role, *_ in event.members
    )
    pages = _pages(f"coh:people:{event.cohort_id}", event.first, len(event.members) + len(event.awaited), event.total)
    return (*rows, *pages, (Button("Back", f"coh:show:{event.cohort_id}"), MENU))


def _pages(data: str, first: int, shown: int, total: int) -> Rows:
    """The ways to the other pages of a long list."""
    before = (Button("Before", f"{data}:{max(first - c.PAGE, 0)}"),) if first else ()
    after = (Button("More", f"{data}:{first + shown}"),) if first + shown < total else ()
    return ((*before, *after),) if before or after else ()


def _one_member_rows(event: v.MemberShown) -> Rows:
    each = f"{event.cohort_id}:{event.person_id}"
    learner = (
        (Button("Own assessment date", f"coh:own:{each}"), Button("Move to another group", f"coh:move:{each}")),
        (Button("Choose their assessor", f"coh:asr:{each}"),),
    )
    assessor = ((Button("Choose their learners", f"coh:load:{each}"),),)
    return (
        *(learner if Role.LEARNER in event.roles else ()),
        *(assessor if Role.ASSESSOR in event.roles else ()),
        (Button("Take out of this group", f"coh:remove:{each}"),),
        (Button("Back", f"coh:people:{event.cohort_id}"), MENU),
    )


def _move_rows(event: v.MoveOffered) -> Rows:
    each = f"{event.cohort_id}:{event.person_id}"
    rows = ((Button(shortened(name, BUTTON), f"coh:move:{each}:{to}"),) for to, name in event.cohorts)
    return (*rows, (Button("Back", f"coh:who:{each}"), MENU))


def _assessor_rows(event: v.AssessorsOffered) -> Rows:
    each = f"{event.cohort_id}:{event.person_id}"
    rows = ((Button(shortened(name, BUTTON), f"coh:asr:{each}:{assessor}"),) for assessor, name in event.assessors)
    nobody = ((Button("Nobody", f"coh:asr:{each}:0"),),) if event.assessors else ()
    return (*rows, *nobody, (Button("Back", f"coh:who:{each}"), MENU))


def _caseload_rows(event: v.CaseloadListed) -> Rows:
    """Each button says what a tap will do, so a double tap changes nothing."""
    each = f"{event.cohort_id}:{event.assessor_id}"
    rows = tuple(
        (
            Button(
                shortened(f"✓ {name}" if is_theirs else f"{name} ({other})" if other else name, BUTTON),
                f"coh:load:{each}:{event.first}:{learner}:{'off' if is_theirs else 'on'}",
            ),
        )
        for learner, name, is_theirs, other in event.learners
    )
    pages = _pages(f"coh:load:{each}", event.first, len(event.learners), event.total)
    return (*rows, *pages, (Button("Back", f"coh:people:{event.cohort_id}"), MENU))


def _report_rows(event: v.WeeksShown) -> Rows:
    each = event.cohort_id
    units = (
        (Button(shortened(f"Heat map and gaps: {label}", BUTTON), f"coh:map:{each}:{version_id}"),)
        for version_id, label in event.units
    )
    files = (Button("The weeks as files", f"coh:files:{each}"),)
    return (files, *units, (Button("Back", f"coh:show:{each}"), MENU))


def _retention_rows(event: v.RetentionPreviewed) -> Rows:
    each = event.cohort_id
    periods = tuple(Button(f"{days} days", f"coh:keep:{each}:{days}") for days in RETENTION)
    is_due = not event.is_done and (event.answers or event.discussions)
    shown = f"{each}:{event.answers}:{event.discussions}"
    delete = ((Button("Yes, delete this now", f"coh:keptyes:{shown}"),),) if is_due else ()
    return (
        *delete,
        periods,
        (Button("Until erased by hand", f"coh:keep:{each}:0"),),
        (Button("Back", f"coh:show:{each}"), MENU),
    )

"""Which learners each assessor of a group works with, as its tutor says. The rule is storage's (caseloads.py)."""

from talkthrough.bot.conversations import cohort_effects as c
from talkthrough.bot.conversations import cohort_events as v
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.cohorts import list_members
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.rounds import teaches
from talkthrough.storage import caseloads, cohorts, people
from talkthrough.storage.tables import Role


def name_assessor(desk: Desk, effect: c.NameAssessor) -> r.Event:
    """Offer the group's assessors for a learner, or take the one who was chosen."""
    is_learner = cohorts.has_role(desk.session, effect.person_id, effect.cohort_id, (Role.LEARNER,))
    if teaches(desk, effect.cohort_id) is None or not is_learner:
        return r.NotAllowed()
    name = people.by_id(desk.session, effect.person_id).display_name
    if effect.assessor_id is None:
        return v.AssessorsOffered(effect.cohort_id, effect.person_id, name, _assessors(desk, effect.cohort_id))
    chosen = effect.assessor_id or None
    if not caseloads.name_assessor(desk.session, effect.cohort_id, effect.person_id, chosen):
        return r.NotAllowed()
    who = people.by_id(desk.session, chosen).display_name if chosen else "nobody"
    return list_members(desk, c.ListMembers(effect.cohort_id), f"Assessor of {name}: {who}.")


def _assessors(desk: Desk, cohort_id: int) -> tuple[tuple[int, str], ...]:
    members = cohorts.register(desk.session, cohort_id)
    return tuple((each.person_id, each.name) for each in members if each.role is Role.ASSESSOR and each.person_id)


def list_caseload(desk: Desk, effect: c.ListCaseload) -> r.Event:
    """Every learner of the group with this assessor's marked; a tap takes one in or out."""
    assessor = dict(_assessors(desk, effect.cohort_id)).get(effect.assessor_id)
    if teaches(desk, effect.cohort_id) is None or assessor is None:
        return r.NotAllowed()
    if effect.toggle is not None:
        _toggle(desk, effect, effect.toggle)
    learners = tuple(
        (each.person_id, each.name, each.assessor_id == effect.assessor_id, each.assessor)
        for each in cohorts.register(desk.session, effect.cohort_id)
        if each.role is Role.LEARNER and each.person_id
    )
    page = learners[effect.first : effect.first + c.PAGE]
    unseen = caseloads.without_assessor(desk.session, effect.cohort_id)
    return v.CaseloadListed(effect.cohort_id, effect.assessor_id, assessor, page, unseen, effect.first, len(learners))


def _toggle(desk: Desk, effect: c.ListCaseload, learner_id: int) -> None:
    """A learner is taken out only of this assessor's caseload, however old the button is."""
    mine = {each.person_id: each.assessor_id for each in cohorts.register(desk.session, effect.cohort_id)}
    if effect.is_on or mine.get(learner_id) == effect.assessor_id:
        wanted = effect.assessor_id if effect.is_on else None
        caseloads.name_assessor(desk.session, effect.cohort_id, learner_id, wanted)


PERFORMERS: dict[type, Performer] = {
    c.NameAssessor: name_assessor,
    c.ListCaseload: list_caseload,
}

"""What a learner does with their own words of a finished discussion."""

from zoneinfo import ZoneInfo

from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.own_turn_results import (
    ClaimKept,
    ErasableListed,
    ErasureChecked,
    OwnTurn,
    OwnTurnsListed,
    TurnErased,
    Unheard,
    UnmentionedListed,
)
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.handing_out import own, row_id
from talkthrough.question_bank.discussion.claims import Claim, claim_words, claimable, unmentioned
from talkthrough.question_bank.discussion.model import PlannedCriterion
from talkthrough.storage import discussions, erasures, own_turns
from talkthrough.storage.tables import Discussion

VOICE = "Voice message"


def closed(desk: Desk, discussion_id: int) -> Discussion | None:
    """The person's own discussion, if it is finished."""
    row = own(desk, discussion_id)
    return row if row is not None and row.status == "closed" else None


def list_unmentioned(desk: Desk, effect: e.ListUnmentioned) -> r.Event:
    """What the tool did not hear in a finished discussion, criterion by criterion."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    plan = discussions.plan_of(row)
    places = {criterion.key: place for place, criterion in enumerate(plan.criteria)}
    found = unmentioned(plan, discussions.transcript(desk.session, row_id(row)))
    points = (Unheard(places[one.criterion_key], one.number, one.point, one.words) for one in found)
    return UnmentionedListed(row_id(row), tuple(points))


def list_turns(desk: Desk, effect: e.ListOwnTurns) -> r.Event:
    """The learner's own messages, to choose the one that says it."""
    row = closed(desk, effect.discussion_id)
    criterion = _criterion(row, effect.place, effect.point) if row else None
    if row is None or criterion is None:
        return r.NoSuchDiscussion()
    turns = tuple(OwnTurn(turn.number, turn.text) for turn in own_turns.spoken_turns(desk.session, row))
    words = claim_words(criterion, effect.point)
    return OwnTurnsListed(row_id(row), effect.place, effect.point, criterion.number, words, turns)


def _criterion(row: Discussion, place: int, point: str) -> PlannedCriterion | None:
    criteria = discussions.plan_of(row).criteria
    criterion = criteria[place] if 0 <= place < len(criteria) else None
    return criterion if criterion is not None and point in claimable(criterion) else None


def keep_claim(desk: Desk, effect: e.KeepClaim) -> r.Event:
    """Keep what the learner says that one of their messages says. The tool's own list stays as it is."""
    row = closed(desk, effect.discussion_id)
    criterion = _criterion(row, effect.place, effect.point) if row else None
    turns = {turn.number for turn in own_turns.spoken_turns(desk.session, row)} if row else set()
    if row is None or criterion is None or effect.turn not in turns:
        return r.NoSuchDiscussion()
    own_turns.keep_claim(desk.session, row, Claim(effect.turn, criterion.key, effect.point), desk.now)
    return ClaimKept(row_id(row), criterion.number, claim_words(criterion, effect.point), effect.turn)


def list_erasable(desk: Desk, effect: e.ListErasable) -> r.Event:
    """All that the learner typed or spoke in a finished discussion and added to it."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    turns = own_turns.erasable_turns(desk.session, row)
    return ErasableListed(row_id(row), tuple((part, OwnTurn(t.number, t.text or VOICE)) for part, t in turns))


def check_erasure(desk: Desk, effect: e.CheckErasure) -> r.Event:
    """When the message was sent, so that the learner can be sure that it is the right one."""
    row = closed(desk, effect.discussion_id)
    turns = own_turns.erasable_turns(desk.session, row) if row else ()
    turn = next((t for part, t in turns if (part, t.number) == (effect.part, effect.turn)), None)
    if row is None or turn is None:
        return r.NoSuchDiscussion()
    sent = f"{turn.at.astimezone(ZoneInfo(row.time_zone)):%-d %B, %H:%M}"
    return ErasureChecked(row_id(row), effect.part, turn.number, sent)


def erase_turn(desk: Desk, effect: e.EraseTurn) -> r.Event:
    """Erase one message: its words, sound and other versions, and what was made from them."""
    row = closed(desk, effect.discussion_id)
    gone = own_turns.erase(desk.session, row, effect.part, effect.turn) if row else ()
    if row is None or not gone:
        return r.NoSuchDiscussion()
    erasures.remember_turns(desk.settings.data_dir, gone, desk.now)
    return TurnErased(row_id(row))


PERFORMERS: dict[type, Performer] = {
    e.ListUnmentioned: list_unmentioned,
    e.ListOwnTurns: list_turns,
    e.KeepClaim: keep_claim,
    e.ListErasable: list_erasable,
    e.CheckErasure: check_erasure,
    e.EraseTurn: erase_turn,
}

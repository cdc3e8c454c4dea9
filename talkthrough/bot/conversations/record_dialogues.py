"""Routes what happened around plans, drafts and released records to the dialogue that it belongs to."""

from talkthrough.bot.conversations import (
    assigning,
    discussion,
    draft_dialogue,
    own_turns,
    planning_dialogue,
    review_dialogue,
)
from talkthrough.bot.conversations import own_turn_results as o
from talkthrough.bot.conversations import plan_results as p
from talkthrough.bot.conversations import record_results as r
from talkthrough.bot.conversations.effects import Say
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import Step
from talkthrough.bot.conversations.results import Event
from talkthrough.bot.conversations.states import State


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of plans, drafts and released records; None where the data is not understood."""
    match event.data[0]:
        case "pln":
            return planning_dialogue.tapped(event)
        case "own":
            return own_turns.tapped(event)
        case "drf":
            return draft_dialogue.tapped(event)
        case "asg":
            return assigning.tapped(state, event, who)
    return review_dialogue.tapped(state, event, who)


def resulted(state: State, event: Event, who: Who) -> Step | None:
    """What came of an effect; None where it belongs to another dialogue."""
    return (
        _before(state, event)
        or _own_words(state, event)
        or _draft(state, event)
        or _readers(state, event, who)
        or _in_number(state, event)
    )


def _before(state: State, event: Event) -> Step | None:
    match event:
        case p.PlanMade():
            return planning_dialogue.planned(event)
        case p.CriteriaListed():
            return planning_dialogue.criteria_listed(event)
        case p.AdjustmentsListed():
            return planning_dialogue.adjustments_listed(event)
        case p.RequirementsShown():
            return planning_dialogue.requirements_shown(event)
        case p.ClockShown():
            return discussion.clock(state, event)
        case p.SetDiscussionsWaiting():
            return planning_dialogue.set_discussions(event)
        case p.MyDiscussionsFound():
            return discussion.mine_found(event)
        case p.PlanRead():
            return planning_dialogue.was_read(state, event)
        case p.PlanPrinted():
            return planning_dialogue.printed(state, event)
        case p.AssignedFound():
            return assigning.listed(event)
        case p.LearnersFound():
            return assigning.choose_learner(state, event)
        case p.AssignmentMade():
            return assigning.made(state, event)
        case p.CancelOffered():
            return assigning.cancel_offered(event)
        case p.AssignmentsCancelled():
            return assigning.cancelled(event)
    return None


def _own_words(state: State, event: Event) -> Step | None:
    match event:
        case o.VoiceKept():
            return discussion.voice_kept(state, event)
        case o.UnmentionedListed():
            return own_turns.unmentioned_listed(event)
        case o.OwnTurnsListed():
            return own_turns.turns_listed(event)
        case o.ClaimKept():
            return own_turns.claim_kept(state, event)
        case o.ErasableListed():
            return own_turns.erasable_listed(event)
        case o.ErasureChecked():
            return own_turns.erasure_checked(event)
        case o.TurnErased():
            return own_turns.turn_erased(event)
    return None


def _draft(state: State, event: Event) -> Step | None:
    match event:
        case r.DraftShown():
            return draft_dialogue.shown(event)
        case r.DraftToRead():
            return draft_dialogue.to_read(state, event)
        case r.GapAsked():
            return draft_dialogue.gap_asked(event)
        case r.MessagesListed():
            return draft_dialogue.messages_listed(event)
        case r.DraftConfirmed():
            return draft_dialogue.confirmed(state, event)
        case r.EditKept():
            return discussion.edit_kept(state, event)
        case r.FilesOrdered():
            return state, (Say("files_ordered"),)
    return None


def _readers(state: State, event: Event, who: Who) -> Step | None:
    match event:
        case r.ReleasedLogsFound():
            return review_dialogue.logs_found(event)
        case r.LogFiltersFound():
            return review_dialogue.filters_found(event)
        case r.LogGone():
            return review_dialogue.gone(event)
        case r.LogOpened():
            return review_dialogue.opened(state, event)
        case r.PasteMade(is_own=True):
            return discussion.paste_made(state, event)
        case r.PasteMade():
            return review_dialogue.paste_made(state, event)
        case r.ReleasedSent():
            return review_dialogue.sent(state, event)
        case r.ReviewsShown():
            return review_dialogue.reviews_shown(state, event, who)
        case r.ReviewKept():
            return review_dialogue.review_kept(state, event)
    return None


def _in_number(state: State, event: Event) -> Step | None:
    match event:
        case r.BundlesFound():
            return review_dialogue.bundles_found(state, event)
        case r.FilesSent():
            return review_dialogue.files_sent(state, event)
        case r.FileChecked():
            return review_dialogue.file_checked(state, event)
    return None

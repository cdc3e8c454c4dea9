"""The one step function: routes what happened to the dialogue that it belongs to.

stateDiagram-v2
[*] --> Resting: /start, menu
Resting --> Answering: a question is put
Answering --> ReadingFeedback: the answer is kept
ReadingFeedback --> Answering: Next
ReadingFeedback --> Commenting: Report question
Commenting --> Answering: another question was open
Resting --> Unplaced: something is typed that may belong to what is open
Unplaced --> ReadingFeedback: it was the answer
Unplaced --> Discussing: it was meant for the discussion
ReadingFeedback --> Resting: the sitting ends
Resting --> Discussing: the plan was read
Discussing --> Resting: paused, closed, or another command
Resting --> PlanningRound: a tutor sets up a round
PlanningRound --> ReviewingRound: the preview is shown
ReviewingRound --> Resting: it is scheduled
Resting --> TypingForCohort: a tutor sets something of a group
Resting --> Importing: a tutor sends a specification
Resting --> Wording: a tutor works on the question bank
"""

from talkthrough.bot.conversations import (
    assigning,
    bank_dialogue,
    bank_views,
    cohorts,
    discussion,
    importing,
    menu,
    preferences,
    record_dialogues,
    reminding,
    review_dialogue,
    revision,
    rounds,
    told,
    typed,
)
from talkthrough.bot.conversations import bank_results as b
from talkthrough.bot.conversations import events as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.aim_results import RemindersShown, ZoneRead
from talkthrough.bot.conversations.cohort_effects import ListOwnCohorts, ShowWhoSaw
from talkthrough.bot.conversations.effects import Effect, Say, SendMyData
from talkthrough.bot.conversations.menu import MENU, Step
from talkthrough.bot.conversations.round_effects import SendCalendar
from talkthrough.bot.conversations.states import (
    Answering,
    Discussing,
    ReadingFeedback,
    Resting,
    State,
    TypingForCohort,
    Unplaced,
)

MOST_DIGITS = 9
COMMANDS = {
    "revise": "rev",
    "discuss": "dis",
    "progress": "prog",
    "settings": "set",
    "rounds": "rnd",
    "round": "rnd",
    "groups": "coh",
    "logs": "logs",
    "bank": "bank",
    "assign": "asg",
}


def step(state: State, event: r.Event, who: e.Who) -> Step:
    """What the dialogue does next: the new state, and what to say, look up or keep."""
    if isinstance(event, e.PersonEvent) and not who.has_seen_privacy and not _is_arriving(event):
        typed_it = isinstance(event, e.Said) and typed.chosen(event.text, who.offers) == e.Tapped(("privacy",))
        return menu.privacy_read(who) if typed_it else (state, menu.privacy_card())
    match event:
        case e.Commanded():
            return _commanded(state, event, who)
        case e.Tapped():
            return _tapped(state, event, who)
        case e.Said():
            return _said(state, event, who)
        case e.SentFile() if isinstance(state, TypingForCohort):
            return cohorts.file_sent(state, event)
        case e.SentFile():
            return review_dialogue.file_sent(state, event, who)
        case e.SentEdit() | e.SentVoice() if isinstance(state, Discussing):
            return discussion.sent(state, event)
        case e.SentEdit():
            return state, (Say("edited"),)
        case e.SentVoice() | e.SentOther():
            return state, (Say("cannot_read"),)
    return _resulted(state, event, who)


def _is_arriving(event: e.PersonEvent) -> bool:
    """Nothing but these happens before the privacy card was read."""
    match event:
        case e.Commanded("start" | "privacy" | "mydata" | "forget") | e.Tapped(("privacy",)):
            return True
        case e.Tapped(("set", "forgetyes")):
            return True
    return False


def _left(state: State) -> tuple[Effect, ...]:
    """What has to be done when somebody goes elsewhere."""
    return discussion.left(state) if isinstance(state, Discussing) else importing.left(state)


def _commanded(state: State, event: e.Commanded, who: e.Who) -> Step:
    leaving = _left(state)
    match event.name:
        case "start":
            after, effects = menu.start(event.argument, who)
        case "stop" if isinstance(state, Answering | ReadingFeedback):
            after, effects = revision.tapped(state, e.Tapped(("rev", "stop"))) or (state, ())
        case "menu" | "stop" | "cancel":
            after, effects = Resting(), menu.show_menu(who)
        case "help":
            roles = {"is_tutor": who.is_tutor, "is_reader": who.is_reader}
            after, effects = state, (Say("help", roles, menu.offered_again(who) or ((MENU,),)),)
            leaving = ()
        case "privacy":
            after, effects = state, menu.privacy_card()
            leaving = ()
        case "whosaw":
            after, effects = state, (ShowWhoSaw(),)
        case "leave":
            after, effects = state, (ListOwnCohorts(),)
        case "calendar":
            after, effects = state, (SendCalendar(),)
        case "mydata":
            after, effects = state, (SendMyData(),)
        case "forget":
            after, effects = preferences.tapped(state, e.Tapped(("set", "forget"))) or (state, ())
        case "round" | "rounds" if event.argument:
            after, effects = rounds.line_given(event.argument, who)
        case name if name in COMMANDS:
            after, effects = _open(COMMANDS[name], who)
        case _:
            after, effects = state, (Say("unknown_command", {"command": event.name}, ((MENU,),)),)
            leaving = ()
    return after, (*leaving, *effects)


def _open(area: str, who: e.Who) -> Step:
    if area == "rnd":
        return rounds.open_rounds(who)
    if area == "bank":
        return bank_dialogue.open_bank(who)
    if area == "coh":
        return cohorts.open_cohorts(who)
    if area == "logs":
        return review_dialogue.open_logs(who)
    if area == "asg":
        return assigning.open_assigned(who)
    return menu.open_area(area)


def _tapped(state: State, event: e.Tapped, who: e.Who) -> Step:
    leaving = _left(state)
    match event.data:
        case ("privacy",):
            return menu.privacy_read(who)
        case ("menu",):
            return Resting(), (*leaving, *menu.show_menu(who))
        case ("rev" | "dis" | "prog" | "set" | "rnd" | "coh" | "logs" | "asg" | "bank" as area,):
            after, effects = _open(area, who)
            return after, (*leaving, *effects)
        case ("rev" | "dis" | "prog" as area, "other"):
            after, effects = menu.open_other_units(area)
            return after, (*leaving, *effects)
    try:
        found = None if any(map(_is_no_id, event.data)) else _area_step(state, event, who)
    except ValueError:  # data that we never made: forged or from another version
        found = None
    return found or (state, (Say("old_button", {}, ((MENU,),)),))


def _is_no_id(part: str) -> bool:
    """Numbers that no row can have, which databases refuse."""
    return part.lstrip("-").isdigit() and len(part) > MOST_DIGITS


def _area_step(state: State, event: e.Tapped, who: e.Who) -> Step | None:
    match event.data[0]:
        case (
            "rev" | "round" | "ans" | "skip" | "next" | "said" | "saidlist" | "undo" | "flag" | "all" | "knew" | "conf"
        ):
            return revision.tapped(state, event)
        case "use" if isinstance(state, Unplaced):
            return told.placed(state, event)
        case "dis" | "wish":
            return discussion.tapped(state, event)
        case "pln" | "drf" | "own" | "asg" | "logs" | "smp" | "bnd":
            return record_dialogues.tapped(state, event, who)
        case "prog" | "set":
            return preferences.tapped(state, event)
        case "rem":
            return reminding.tapped(state, event)
        case "rnd":
            return rounds.tapped(state, event, who)
        case "spec":
            return importing.tapped(state, event, who)
        case "b":
            after = bank_dialogue.tapped(state, event, who)
            return (after[0], (*_left(state), *after[1])) if after else None
        case "coh":
            return cohorts.tapped(state, event, who)
    return None


def _said(state: State, event: e.Said, who: e.Who) -> Step:
    match told.understood(state, event, who):
        case e.Tapped() as tap:
            return _tapped(state, tap, who)
        case e.Commanded() as command:
            return _commanded(state, command, who)
        case step_:
            return step_


def _resulted(state: State, event: r.Event, who: e.Who) -> Step:
    match event:
        case r.Joined():
            return state, (*menu.joined(event),)
        case r.UnitsFound():
            return state, menu.choose_unit(event)
        case r.OutcomesFound(purpose="round"):
            return rounds.choose_outcome(state, event)
        case r.OutcomesFound(purpose="assign"):
            return assigning.choose_outcome(state, event)
        case r.OutcomesFound():
            return discussion.choose_outcome(event)
        case r.NotAllowed():
            return menu.NOT_ALLOWED
        case r.Forgotten():
            return Resting(), (Say("forgotten"),)
        case r.Noted():
            return discussion.noted(state, event)
    return (
        _revision_result(state, event, who)
        or _discussion_result(state, event)
        or record_dialogues.resulted(state, event, who)
        or _tutor_result(state, event, who)
    )


def _revision_result(state: State, event: r.Event, who: e.Who) -> Step | None:
    match event:
        case r.SittingComposed():
            return revision.composed(event)
        case r.NothingToAsk():
            return revision.nothing_to_ask(event)
        case r.QuestionPut():
            return revision.put(state, event)
        case r.AnswerChecked(asks_which=True):
            return revision.did_say(state, event)
        case r.AnswerChecked():
            return revision.checked(state, event)
        case r.Skipped():
            return revision.skipped(state, event)
        case r.SittingEnded():
            return revision.ended(event)
        case r.OpenFound():
            return menu.nothing_asked(event, who)
        case r.NoSuchQuestion():
            return state, (Say("old_button", {}, ((MENU,),)),)
    return None


def _discussion_result(state: State, event: r.Event) -> Step | None:
    match event:
        case r.DiscussionWaiting():
            return discussion.waiting(event)
        case r.MoveMade():
            return discussion.turned(event)
        case r.FilesMade():
            return discussion.files_made(state, event)
        case r.Released():
            return discussion.released(state, event)
        case r.NoSuchDiscussion():
            return Resting(), (Say("no_discussion", {}, ((MENU,),)),)
    return None


def _tutor_result(state: State, event: r.Event, who: e.Who) -> Step:
    if found := rounds.resulted(state, event) or cohorts.resulted(state, event):
        return found
    match event:
        case r.SettingsShown():
            return preferences.shown(state, event)
        case r.DateRead():
            return preferences.date_read(event)
        case ZoneRead():
            return preferences.zone_read(event)
        case RemindersShown():
            return reminding.shown(state, event)
    return _bank_result(state, event) or (state, menu.show_menu(who))


def _bank_result(state: State, event: r.Event) -> Step | None:
    match event:
        case b.SpecificationRead():
            return importing.specification_read(event)
        case b.ReadingShown():
            return importing.reading_shown(state, event)
        case b.MatchUncertain():
            return importing.match_uncertain(state, event)
        case b.SpecificationAdded():
            return importing.specification_added(event)
        case b.TableRead():
            return importing.table_read(event)
        case b.TableImported():
            return importing.table_imported(event)
        case b.NotThere():
            return Resting(), (Say("old_button", {}, ((MENU,),)),)
    return bank_views.shown(state, event)

"""What assessors and tutors do beside rounds: open released logs."""

from talkthrough.bot.conversations.effects import (
    Button,
    FindReleasedLogs,
    OpenReleasedLog,
    Say,
)
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.menu import MENU, Step, shortened
from talkthrough.bot.conversations.results import ReleasedLog, ReleasedLogsFound
from talkthrough.bot.conversations.states import Resting, State

LOG_BUTTON = 60


def open_logs(who: Who) -> Step:
    """The list of released logs."""
    if not who.is_reader:
        return Resting(), (Say("not_allowed", {}, ((MENU,),)),)
    return Resting(), (FindReleasedLogs(),)


def tapped(state: State, event: Tapped, who: Who) -> Step | None:
    """The buttons of logs; None where the data is not understood."""
    match event.data:
        case ("logs", discussion_id) if who.is_reader:
            return state, (OpenReleasedLog(int(discussion_id)),)
    return None


def logs_found(event: ReleasedLogsFound) -> Step:
    """One button a log."""
    rows = tuple(
        (
            Button(
                f"{log.learner}: {log.unit_label}, outcome {log.outcome_number}, {log.day}"[:60],
                f"logs:{log.discussion_id}",
            ),
        )
        for log in event.logs
    )
    return Resting(), (Say("released_logs", {"has_logs": bool(rows)}, (*rows, (MENU,))),)


def _log_button(log: ReleasedLog) -> str:
    return shortened(f"{log.learner}: {log.unit_label}, outcome {log.outcome_number}, {log.day}", LOG_BUTTON)

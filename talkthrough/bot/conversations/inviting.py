"""How a reminder is worded: what it costs, and its first question with the buttons that answer it."""

from collections.abc import Mapping
from typing import Any

from talkthrough.bot.conversations.effects import Button, Rows, as_rows
from talkthrough.bot.conversations.revision import LETTERS, question_rows
from talkthrough.scheduler.reminding import Invitation


def invite(invitation: Invitation) -> tuple[str, Mapping[str, Any]]:
    """The view and data of a reminder. A question to be typed has a button that opens it."""
    question = invitation.question
    values = {
        "unit": invitation.unit_label,
        "questions": invitation.questions,
        "minutes": invitation.minutes,
        "days_this_week": invitation.days_this_week,
        "goal": invitation.weekly_goal,
        "stem": question.stem,
        "options": [[LETTERS[place], option.text] for place, option in enumerate(question.options)],
    }
    later: Rows = ((Button("Pause for a week", "rem:snooze:7"), Button("No more reminders", "rem:off")),)
    letters, *_ = question_rows(invitation.delivery_id, question)
    first: Rows = (
        (letters, (Button("I don't know yet", f"ans:{invitation.delivery_id}:dk"),))
        if question.is_tapped
        else ((Button("Answer", f"rev:open:{invitation.delivery_id}"),),)
    )
    return "reminder", {"values": values, "buttons": as_rows((*first, *later)), "language": invitation.language}

"""How an opening round is announced."""

from collections.abc import Mapping
from typing import Any

from talkthrough.scheduler.rounds import Announcement


def announce_round(round_: Announcement) -> tuple[str, Mapping[str, Any]]:
    """The view and data of the message that every learner of the cohort gets."""
    values = {
        "cohort": round_.cohort,
        "unit": round_.unit_label,
        "total": round_.questions,
        "closes": round_.closes,
    }
    return "round_opened", {"values": values, "buttons": [[["Start", f"round:go:{round_.round_id}"]]]}

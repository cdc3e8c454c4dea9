"""How a group's clock speaks to people: rounds open, wait for answers and close; data passes its time."""

from dataclasses import asdict

from talkthrough.scheduler.expiry import Expiry
from talkthrough.scheduler.round_messages import Announcement, Closed, LearnerFeedback, Message
from talkthrough.storage.tables import Cohort


class RoundWording:
    """The views of a round's messages."""

    def opened(self, what: Announcement) -> Message:
        """To every learner of the cohort."""
        return "round_opened", _starting(what)

    def reminder(self, what: Announcement) -> Message:
        """To who has not answered everything."""
        return "round_reminder", _starting(what)

    def feedback(self, what: LearnerFeedback) -> Message:
        """To each learner who answered, about their own answers."""
        buttons = [["Revise this unit", f"rev:unit:{what.unit_version_id}"], ["Menu", "menu"]]
        return "round_feedback", {"values": asdict(what), "buttons": [buttons]}

    def closed(self, what: Closed) -> Message:
        """To the tutors of the cohort."""
        return "round_closed", {"values": asdict(what), "buttons": [[["Results", f"rnd:res:{what.round_id}"]]]}


def has_left(row: Cohort) -> Message:
    """To somebody whom a tutor took out of a group."""
    return "cohort_left", {"values": {"name": row.name}, "buttons": [[["Menu", "menu"]]]}


def was_moved(to: Cohort) -> Message:
    """To a learner whom a tutor moved to this group."""
    return "cohort_moved", {"values": {"name": to.name}, "buttons": [[["Menu", "menu"]]]}


def taken_back(tutor: str, unit_label: str, outcome_number: str) -> Message:
    """To a learner whose tutor cancelled a discussion before it began."""
    values = {"tutor": tutor, "unit": unit_label, "outcome": outcome_number}
    return "discussion_cancelled", {"values": values, "buttons": [[["Menu", "menu"]]]}


def ask_about(what: Expiry) -> Message:
    """To the tutors of a cohort whose data has passed its time; one tap deletes what is shown."""
    shown = f"{what.cohort_id}:{what.answers}:{what.discussions}"
    buttons = [
        [["Yes, delete this now", f"coh:keptyes:{shown}"]],
        [["Keep it longer", f"coh:kept:{what.cohort_id}"], ["Menu", "menu"]],
    ]
    return "expiry", {"values": asdict(what), "buttons": buttons}


def _starting(what: Announcement) -> dict[str, object]:
    values = {"cohort": what.cohort, "unit": what.unit_label, "total": what.questions, "closes": what.closes}
    return {"values": values, "buttons": [[["Start", f"round:go:{what.round_id}"]]]}

"""How a round speaks to people: when it opens, waits for answers, and closes."""

from dataclasses import asdict

from talkthrough.scheduler.round_messages import Announcement, Closed, LearnerFeedback, Message


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


def _starting(what: Announcement) -> dict[str, object]:
    values = {"cohort": what.cohort, "unit": what.unit_label, "total": what.questions, "closes": what.closes}
    return {"values": values, "buttons": [[["Start", f"round:go:{what.round_id}"]]]}

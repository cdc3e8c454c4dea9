"""Prompts about the learner's own work: one real event, its record, or an example seen (M3, section 3.2)."""

from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.points import slot_points
from talkthrough.question_bank.items.question import Demand, Question, QuestionKind
from talkthrough.question_bank.items.wording import quoted


def workplace(draft: Draft) -> list[Question]:
    """Competence: an event and its record. Knowledge: an example from a workplace that the learner knows."""
    return [_example(draft)] if draft.criterion.kind == "knowledge" else [_event(draft), _record(draft)]


def _event(draft: Draft) -> Question:
    return _prompt(
        draft,
        "workplace",
        f"Tell me about one real time, and when it was. {draft.verb.tell} Use roles, not names.",
        Demand.DESCRIBE,
        ("real_event", "when", "own_action", "result"),
        "Look for: one real event, when it was, what you did yourself, and what came of it.",
    )


def _record(draft: Draft) -> Question:
    return _prompt(
        draft,
        "record",
        "Think of the last time you did this. What record could your assessor look at? Say where it is kept "
        "and when it was made.",
        Demand.EXPLAIN,
        ("evidence_named", "when"),
        "Look for: a record that shows it, where it is kept, and its date. Do not send the record here.",
    )


def _example(draft: Draft) -> Question:
    return _prompt(
        draft,
        "example",
        "Give one real example of this from a workplace you know. Say what happened and what came of it. "
        "Use roles, not names.",
        Demand.DESCRIBE,
        ("example", "real_event", "result"),
        "Look for: one real example, what happened, and what came of it.",
    )


def _prompt(draft: Draft, role: str, task: str, demand: Demand, slots: tuple[str, ...], feedback: str) -> Question:
    return draft.question(
        role,
        QuestionKind.WORKPLACE,
        f"{quoted(draft.criterion)}. {task}",
        demand,
        expected_points=slot_points(draft.criterion, slots),
        supports=f"Practice for {draft.label}.",
        feedback=feedback,
    )

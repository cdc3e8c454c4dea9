"""Prompts about the learner's own work: one real event, its record, or an example seen (M3, section 3.2)."""

from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.points import slot_points
from talkthrough.question_bank.items.question import Demand, Question, QuestionKind
from talkthrough.question_bank.items.wording import quoted


def workplace(draft: Draft) -> list[Question]:
    """Doing: an event and its record. Thinking: an event. Knowledge: an example from a workplace that they know."""
    if draft.criterion.kind == "knowledge":
        return [_example(draft)]
    return [_event(draft), _record(draft)] if draft.criterion.kind == "competence-doing" else [_event(draft)]


def _event(draft: Draft) -> Question:
    return _prompt(
        draft,
        "workplace",
        f"Tell me about one real time, and when it was. {draft.verb.tell} Use roles, not names.",
        Demand.DESCRIBE,
        ("real_event", "when", "own_action", "result"),
        "What your team does in general is not yet one real event.",
        ("real_event", "own_action"),
    )


def _record(draft: Draft) -> Question:
    return _prompt(
        draft,
        "record",
        "Think of the last time you did this. What record could your assessor look at? Say where it is kept "
        "and when it was made.",
        Demand.EXPLAIN,
        ("evidence_named", "when"),
        "Do not send the record here: only say what it is.",
    )


def _example(draft: Draft) -> Question:
    return _prompt(
        draft,
        "example",
        "Tell me about one time this mattered at a workplace you know. Say what happened and what came of it. "
        "Use roles, not names.",
        Demand.DESCRIBE,
        ("real_event", "result"),
        "What happens in general is not yet one real example.",
        ("real_event",),
    )


def _prompt(  # the parts of a prompt have nothing else in common
    draft: Draft,
    role: str,
    task: str,
    demand: Demand,
    slots: tuple[str, ...],
    feedback: str,
    feedback_for: tuple[str, ...] = (),
) -> Question:
    return draft.question(
        role,
        QuestionKind.WORKPLACE,
        f"{quoted(draft.criterion)}. {task}",
        demand,
        expected_points=slot_points(draft.criterion, slots),
        supports=f"Practice for {draft.label}.",
        feedback=feedback,
        feedback_for=feedback_for,
    )

"""Short written answers, framed by the command verb, with the slots that it asks for (M1-M9, quiz 3).

On the whole criterion, on one listed point (so that practice is spread over the points), and on what guidance in
prose asks for. Competence criteria are asked for the reason behind what was done.
"""

import re
from dataclasses import replace

from talkthrough.question_bank.command_verbs import slots_for, verb, verb_at_start
from talkthrough.question_bank.identity import slug
from talkthrough.question_bank.items.draft import Draft
from talkthrough.question_bank.items.points import published_point, slot_points
from talkthrough.question_bank.items.question import Demand, Question, QuestionKind
from talkthrough.question_bank.items.shared_guidance import is_about
from talkthrough.question_bank.items.wording import STEM_LIMIT, number_word, quoted, sentences, shown, shuffled
from talkthrough.question_bank.items.words import lemmas
from talkthrough.question_bank.specification import SourceSpan

POINTS_A_LIST = 2
ADDS = 0.35  # share of words that the criterion does not have, for a clause to ask for something more
_GUIDANCE_VERBS = (
    "analyse|appraise|assess|complete|consider|demonstrate|evaluate|examine|explain|give|identify|outline|provide|use"
)
_OPPOSED = re.compile(r"\b(?:disadvantages|weaknesses|drawbacks|differences|similarities|limitations)\b", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?:For (?:[a-z ]+)?[\d., and&-]+, )?(?:learners|they)(?: will)? (?:need to|should|must) (.+)$",
    re.IGNORECASE,
)


def short_answers(draft: Draft) -> list[Question]:
    """Questions answered in a few sentences."""
    if draft.criterion.kind == "competence-doing":
        return [_reason(draft), *_guidance_steps(draft)]
    own = _beyond(draft) if draft.criterion.kind == "knowledge" else [_basis(draft)]
    return [_whole(draft), *_on_points(draft), *_guidance_steps(draft), *_guidance_tasks(draft), *own]


def _beyond(draft: Draft) -> list[Question]:
    """One rung above the criterion: to list or describe goes on to a reason, all else to a judgement or a
    consequence; who identifies things may also say which of them matters most.
    """
    if draft.verb.demand <= Demand.DESCRIBE and draft.verb.name != "identify":
        return [_why(draft)]
    return _priority(draft) or _consequence(draft)


def _why(draft: Draft) -> Question:
    return draft.question(
        "why",
        QuestionKind.SHORT_ANSWER,
        f"{quoted(draft.criterion)}. Say why it helps at work to know this. Give a reason and an example.",
        Demand.EXPLAIN,
        expected_points=slot_points(draft.criterion, ("reason", "example")),
        supports=_practice(draft),
        feedback="That it is useful is not yet a reason: say what it leads to.",
    )


def _whole(draft: Draft) -> Question:
    own = "Use your own work, and say what you did yourself. " if draft.criterion.kind == "competence-thinking" else ""
    slots = slots_for(draft.verb, "knowledge") + (("own_action",) if own else ())
    return draft.question(
        "short",
        QuestionKind.SHORT_ANSWER,
        f"{quoted(draft.criterion)}. {own}{_task(draft)}",
        max(draft.verb.demand, Demand.DESCRIBE),
        expected_points=slot_points(draft.criterion, slots),
        supports=_practice(draft),
        feedback=draft.verb.falls_short,
        feedback_for=draft.verb.falls_short_in,
    )


def _task(draft: Draft) -> str:
    """What to write: to identify is to name what the criterion names, and never in a number of our own."""
    if draft.verb.name != "identify":
        return draft.verb.task
    return (
        f"Say which {draft.several} you found where you work, with a real example."
        if draft.several
        else draft.verb.task
    )


def _on_points(draft: Draft) -> list[Question]:
    """One listed point at a time, as many as the document asks for (M1: spaced repetition per method)."""
    if draft.criterion.kind != "knowledge" or draft.verb.is_doing:
        return []
    wanted = max(POINTS_A_LIST, draft.criterion.required_items or 0)
    made: list[Question] = []
    for listed in (one for one in draft.lists if one.origin == "guidance" and len(one.items) > 1):
        for item in shuffled(draft.criterion.key, listed.items)[:wanted]:
            stem = f"{quoted(draft.criterion)}. Take only “{shown(item)}” from the unit's list. {draft.verb.item_task}"
            if len(stem) <= STEM_LIMIT:
                made.append(_slotted(draft, f"point-{slug(item.text)}", stem, draft.verb.slots, item.span))
    return made


def _guidance_steps(draft: Draft) -> list[Question]:
    """What guidance in prose asks for beyond the criterion, to be named (B2: hidden requirements)."""
    clauses = _clauses(draft)
    if len(clauses) < POINTS_A_LIST:
        return []
    span = clauses[0][1]
    count = number_word(len(clauses))
    points = tuple(published_point(draft.criterion, text, where) for text, where in clauses)
    return [
        draft.question(
            "guidance-steps",
            QuestionKind.RECALL_LIST,
            f"{quoted(draft.criterion)}. The guidance says more about what learners need to do here. "
            f"Name the {count} things it asks for.",
            Demand.DESCRIBE,
            source=span,
            expected_points=points,
            quantity=len(clauses),
            all_required=True,
            feedback=sentences(f"The guidance asks for {count} things.", draft.next_step),
        )
    ]


def _guidance_tasks(draft: Draft) -> list[Question]:
    made: list[Question] = []
    for text, span in _clauses(draft):
        command = verb(verb_at_start(text))
        asked = f"The guidance for {draft.label} says that learners need to “{text}”. Do this."
        tasks = ((command.task, command.slots), ("Say why, with an example.", ("reason", "example")))
        fit = [(f"{asked} {task}", slots) for task, slots in tasks if len(f"{asked} {task}") <= STEM_LIMIT]
        if not command.is_doing and fit:
            made.append(_slotted(draft, f"guidance-{slug(text)[:60].rstrip('-')}", *fit[0], span))
    return made[:POINTS_A_LIST]


def _priority(draft: Draft) -> list[Question]:
    """A judgement of the learner's own (rung G4 of the ladder in model-questions.md), where there is more than one
    thing to choose from: the list in the guidance or in the criterion, or the plural that the criterion names.
    """
    choose = _choose_from(draft)
    stem = f"{quoted(draft.criterion)}. {choose} Give your reason, and compare it with another one."
    if not choose or len(stem) > STEM_LIMIT:
        return []
    return [
        draft.question(
            "priority",
            QuestionKind.SHORT_ANSWER,
            stem,
            Demand.JUDGE,
            expected_points=slot_points(draft.criterion, ("judgement", "reason", "comparison")),
            supports=_practice(draft),
            feedback="No choice is the only right one. Your reason is what counts.",
            feedback_for=("reason",),
        )
    ]


def _choose_from(draft: Draft) -> str:
    """The sentence that names what to choose from, or ""."""
    several = [listed for listed in draft.lists if len(listed.items) > 1 and listed.origin != "prose"]
    for listed in several:
        if listed.has_heading:
            return f"Look at the list “{listed.term}”. Which point of it matters most where you work?"
        if listed.origin == "criterion":
            *first, last = (shown(item) for item in listed.items)
            return f"Which of these matters most where you work: {', '.join(first)} or {last}?"
    if draft.several and not _OPPOSED.search(draft.several):
        return f"{draft.label} names “{draft.several}”. Which one matters most where you work?"
    return ""


def _consequence(draft: Draft) -> list[Question]:
    """What follows where it is done badly: for one topic that the guidance says more about."""
    if draft.is_thin:
        return []
    return [
        draft.question(
            "consequence",
            QuestionKind.SHORT_ANSWER,
            f"{quoted(draft.criterion)}. Say what can go wrong at work where people get this wrong. "
            "Give a reason and an example.",
            Demand.ANALYSE,
            expected_points=slot_points(draft.criterion, ("reason", "example", "result")),
            supports=_practice(draft),
            feedback="That it goes wrong is not enough: say what leads to what.",
            feedback_for=("reason", "result"),
        )
    ]


def _basis(draft: Draft) -> Question:
    """What the learner's thinking rested on, for a thinking verb in a competence outcome."""
    record, why = slot_points(draft.criterion, ("evidence_named", "reason"))
    return draft.question(
        "basis",
        QuestionKind.SHORT_ANSWER,
        f"{quoted(draft.criterion)}. Think of one time when you did this. Name one record that you used,"
        " and give the reason why you relied on it.",
        max(draft.verb.demand, Demand.EXPLAIN),
        expected_points=(replace(record, text="the record that you used"), why),
        supports=_practice(draft),
        feedback="An opinion alone is not enough: say what it rests on.",
        feedback_for=("evidence_named", "reason"),
    )


def _reason(draft: Draft) -> Question:
    return draft.question(
        "reason",
        QuestionKind.SHORT_ANSWER,
        f"{quoted(draft.criterion)}. Think of one time when you did this. Why did you do it in that way?"
        " Name another way that you could have chosen.",
        Demand.EXPLAIN,
        expected_points=slot_points(draft.criterion, ("reason", "alternative")),
        supports=_practice(draft),
        feedback="There is often more than one good way. Your reason is what counts.",
        feedback_for=("reason",),
    )


def _slotted(draft: Draft, role: str, stem: str, slots: tuple[str, ...], span: SourceSpan) -> Question:
    return draft.question(
        role,
        QuestionKind.SHORT_ANSWER,
        stem,
        max(draft.verb.demand, Demand.EXPLAIN),
        source=span,
        expected_points=slot_points(draft.criterion, slots),
        supports=_practice(draft),
        feedback=draft.verb.falls_short,
        feedback_for=draft.verb.falls_short_in,
    )


def _clauses(draft: Draft) -> list[tuple[str, SourceSpan]]:
    """What prose guidance tells learners to do, as printed, without what the criterion says already."""
    prose = [one for one in draft.criterion.guidance if one.kind == "narrative" and one.text and not one.display_only]
    found = [
        (clause, guidance.span)
        for guidance in prose
        for sentence in re.split(r"(?<=\.)\s+", guidance.text or "")
        if (asked := _ASKED.match(sentence.strip().rstrip(".")))
        for clause in re.split(rf"(?:,? and|, to|,) (?=(?:{_GUIDANCE_VERBS})\b)", asked[1])
        if is_about(clause, draft.criterion, guidance, draft.unit)
    ]
    known = lemmas(draft.criterion.text)
    return [(text, span) for text, span in found if len(lemmas(text) - known) > ADDS * len(lemmas(text))]


def _practice(draft: Draft) -> str:
    return f"Practice for {draft.label}."

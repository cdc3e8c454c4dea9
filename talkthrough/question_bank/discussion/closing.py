"""The close: the learner's last word, a recap of what was mentioned and not yet mentioned, next steps. No verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from talkthrough.question_bank.discussion.claims import claim_words, claims_in
from talkthrough.question_bank.discussion.model import Move, Plan, PlannedCriterion, Standing, Turn
from talkthrough.question_bank.discussion.rules import RULES
from talkthrough.question_bank.discussion.situation import Situation
from talkthrough.question_bank.discussion.standing import SLOT_WORDS, is_whole_sentence, slots
from talkthrough.question_bank.discussion.wording import probes

SELF_RATING = "How ready do you feel for this outcome, from 1 (not yet) to 5 (ready)?"


@dataclass(frozen=True, slots=True)
class RecapLine:
    """One criterion of the recap: quantities, and what was shown, answered or not yet shown for the verb.

    `claimed`: what the learner says that they said, and the tool did not hear. `counted`: what the quantities count, in
    the criterion's own word ("methods"), else "things". `reply_numbers`: turns that reply to a question about it, where
    none speaks about it in words that the tool knows.
    """

    criterion_key: str
    number: str
    quantity_mentioned: int
    quantity_needed: int | None
    counted: str
    shown_for_verb: tuple[str, ...]
    answered: tuple[str, ...]
    not_shown_for_verb: tuple[str, ...]
    claimed: tuple[str, ...]
    is_discussed: bool
    reply_numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Recap:
    """Data of the close. `left`: keys of criteria that were not discussed and are offered for the next time."""

    lines: tuple[RecapLine, ...]
    left: tuple[str, ...]
    next_steps: tuple[str, ...]


def recap(plan: Plan, transcript: Sequence[Turn]) -> Recap:
    """What was mentioned and not yet mentioned per criterion, and what can be done next."""
    return _recap(Situation(plan, transcript))


def _recap(s: Situation) -> Recap:
    claims = [(claim.criterion_key, claim.point) for claim in claims_in(s.transcript)]
    lines = tuple(
        _line(c, s.standings[c.key], tuple(p for key, p in claims if key == c.key), is_discussed=s.is_touched(c.key))
        for c in s.plan.criteria
    )
    left = tuple(line.criterion_key for line in lines if not line.is_discussed)
    return Recap(lines, left, _next_steps(s, lines))


def _line(criterion: PlannedCriterion, standing: Standing, claims: tuple[str, ...], *, is_discussed: bool) -> RecapLine:
    asked = slots(criterion)
    claimed = tuple(claim_words(criterion, point) for point in claims)
    return RecapLine(
        criterion_key=criterion.key,
        number=criterion.number,
        quantity_mentioned=standing.quantity_mentioned,
        quantity_needed=standing.quantity_needed,
        counted=criterion.counted or "things",
        shown_for_verb=tuple(SLOT_WORDS[slot] for slot in asked if slot in standing.signals),
        answered=standing.answered,
        not_shown_for_verb=tuple(
            words for slot in asked if (words := SLOT_WORDS[slot]) in standing.not_yet_mentioned and slot not in claims
        ),
        claimed=claimed,
        is_discussed=is_discussed,
        reply_numbers=() if standing.turn_numbers else standing.reply_numbers,
    )


def _next_steps(s: Situation, lines: tuple[RecapLine, ...]) -> tuple[str, ...]:
    steps = []
    if any(not line.is_discussed or line.not_shown_for_verb for line in lines):
        steps.append("revise")
    if any(not line.is_discussed for line in lines):
        steps.append("another discussion")
    if any(line.is_discussed for line in lines) or any(_is_told(turn) for turn in s.transcript):
        steps.append("draft")
    return tuple(steps) or ("another discussion",)


def _is_told(turn: Turn) -> bool:
    """Whether it is a whole sentence about the work, so that there is something to make a draft of."""
    known = turn.marks and not any(found.mark.signals.dont_know for found in turn.marks)
    return turn.speaker == "learner" and bool(known) and is_whole_sentence(turn)


def closing_move(s: Situation, rule: str = "close.recap", lead: str = "") -> Move:
    """The next step of the close: the last word (once), then the recap, then the end."""
    kinds = {turn.kind for turn in s.tool_turns}
    if "recap" in kinds:
        return ending(s, "close.done", _farewell(s))
    stops = s.last is not None and s.last.wish == "stop"
    if stops or any(turn.target == "anything to add" for turn in s.tool_turns):
        rule = "close.stop" if stops else "close.recap"
        return Move("recap", _recap_text(_recap(s)), tuple(s.criteria), rule, RULES[rule], "self-rating")
    wording = probes(s.plan.criteria[0], "anything to add")[1 if lead else 0]
    return Move("probe", " ".join((lead or "Thank you.", wording)), (), rule, RULES[rule], "anything to add")


def ending(s: Situation, rule: str, text: str) -> Move:
    """The last move of a discussion."""
    return Move("close", text, tuple(s.criteria), rule, RULES[rule])


def _recap_text(summary: Recap) -> str:
    lines = "\n".join(_line_text(line) for line in summary.lines)
    return f"Here is what came up. It is a list, not a judgement.\n\n{lines}\n\n{SELF_RATING}"


def _line_text(line: RecapLine) -> str:
    """One line of plain sentences: "1.2: 2 of 3 methods mentioned. Also mentioned: the reason."""
    claimed = f"You say that you said {', '.join(line.claimed)}." if line.claimed else ""
    if not line.is_discussed:
        return f"{line.number}: {claimed or 'not yet mentioned.'}"
    if line.reply_numbers:
        turns = f"turn{'' if len(line.reply_numbers) == 1 else 's'} {', '.join(map(str, line.reply_numbers))}"
        return f"{line.number}: asked, and answered in {turns}. {claimed}".rstrip()
    count = _count_text(line)
    shown = f"{'Also mentioned:' if count else 'you mentioned'} {', '.join(line.shown_for_verb)}."
    answered = f"Also answered: {', '.join(line.answered)}."
    missing = f"Not yet mentioned: {', '.join(line.not_shown_for_verb)}."
    said = (count, shown if line.shown_for_verb else "", answered if line.answered else "")
    parts = (*(said if any(said) else ("you spoke about this.",)), claimed, missing if line.not_shown_for_verb else "")
    return f"{line.number}: {' '.join(filter(None, parts))}"


def _count_text(line: RecapLine) -> str:
    """How many were mentioned, next to how many the document asks for; no number where it asks for none."""
    mentioned, asked = line.quantity_mentioned, line.quantity_needed
    if not asked:
        return ""
    if mentioned > asked:
        return f"{mentioned} {line.counted} mentioned, {asked} asked for."
    return f"{mentioned} of {asked} {line.counted} mentioned."


def _farewell(s: Situation) -> str:
    summary = _recap(s)
    numbers = ", ".join(s.criteria[key].number for key in summary.left)
    words = {
        "revise": "revise what is not yet mentioned",
        "another discussion": f"talk about {numbers} another time" if numbers else "hold another discussion",
        "draft": "make a draft from your own words",
    }
    steps = "; ".join(words[step] for step in summary.next_steps)
    return f"Thank you. Your discussion is saved. Nobody else reads it until you release it.\n\nNext you can: {steps}."

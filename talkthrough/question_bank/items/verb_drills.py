"""What a command verb asks for: its meaning, and which outline of an answer does what it asks (section 3).

Drilled once for each verb of an outcome, and in both ways only on a criterion that has material of its own: the same
drill under every criterion would be one question many times.
"""

from collections.abc import Iterable

from talkthrough.question_bank.command_verbs import verb, verb_at_start
from talkthrough.question_bank.items.draft import Draft, drafts
from talkthrough.question_bank.items.question import Demand, Option, Question, QuestionKind
from talkthrough.question_bank.items.wording import draw, quoted
from talkthrough.question_bank.items.words import echoes

COMMON = (
    "identify",
    "define",
    "outline",
    "describe",
    "explain",
    "compare",
    "analyse",
    "assess",
    "evaluate",
    "recommend",
)


def verb_drills(draft: Draft) -> list[Question]:
    """The meaning of a thinking verb where the unit uses it first, else the outline drill where the outcome does."""
    is_new = not draft.verb.is_doing and _is_first(draft, within_outcome=False)
    if is_new and (meaning := _meaning(draft)):
        return meaning if draft.is_thin else [*_outline(draft), *meaning]
    has_only_prose = not draft.is_thin and not draft.lists  # so that little else can be asked
    return _outline(draft) if has_only_prose or _is_first(draft, within_outcome=True) else []


def _outline(draft: Draft) -> list[Question]:
    command, span = draft.verb, draft.criterion.span
    fresh = [one for one in command.shows if not echoes(one, draft.criterion.text)] or command.shows
    shows = fresh[draw(draft.key("verb"), len(fresh))]
    is_printed = verb_at_start(draft.criterion.text).startswith(command.name) and not command.is_doing
    asked = f"“{command.name.split()[0]}”" if is_printed else "the criterion"
    wrong = (Option(outline.text, why=outline.why, span=span) for outline in command.near_misses)
    key = Option(shows, is_key=True, why=f"That is what {asked} asks for.", span=span)
    stem = f"{quoted(draft.criterion)}. Which answer does what {asked} asks?"
    return _drill(draft, "verb", stem, key, wrong)


def _meaning(draft: Draft) -> list[Question]:
    command, span = draft.verb, draft.criterion.span
    wrong = (
        Option(other.means, why=f"You chose the meaning of “{other.name}”.", span=span)
        for other in map(verb, COMMON)
        if other.demand != command.demand  # so that its meaning cannot be argued for
    )
    key = Option(command.means, is_key=True, why=f"That is “{command.name}”.", span=span)
    stem = f"{draft.label} begins with “{command.name}”. What does that ask you to do?"
    if not draft.criterion.text.lower().startswith(command.name):
        return []
    return _drill(draft, "verb-means", stem, key, wrong)


def _drill(draft: Draft, role: str, stem: str, key: Option, wrong: Iterable[Option]) -> list[Question]:
    return draft.tapped(
        role,
        QuestionKind.VERB_DRILL,
        stem,
        key,
        wrong,
        demand=Demand.DESCRIBE,
        supports=f"Helps you answer {draft.label} in the way it asks.",
        feedback=draft.verb.falls_short,
    )


def _is_first(draft: Draft, *, within_outcome: bool) -> bool:
    """Whether no earlier criterion of the outcome (or unit) has the same verb."""
    for other in drafts(draft.unit):
        if other.criterion.key == draft.criterion.key:
            return True
        if other.verb.name == draft.verb.name and (other.outcome == draft.outcome or not within_outcome):
            return False
    return True

"""The rubric: what each command verb asks an answer to show (assessment-practice.md section 3).

The data file says how to bring an awarding body's own list.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from talkthrough.question_bank.items.question import Demand
from talkthrough.question_bank.items.topics import several_things
from talkthrough.question_bank.specification import AssessmentCriterion, CriterionKind

DOING_SLOTS = ("own_action", "real_event", "when", "result", "evidence_named")
PRODUCT_SLOTS = ("own_action", "evidence_named")
IN_OWN_WORK, OF_THINGS = " (in own work)", " (of things)"
ADVERB = re.compile(r"^([a-z]+) [a-z]+ly ")
PROCESS = re.compile(r"\b(?:how|process(?:es)?|activit(?:y|ies)|(?:procedure|step|stage|method|technique|way)s?)\b")


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline of an answer that does less than the verb asks, and the sentence that says so."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class CommandVerb:
    """What one verb asks for. `slots` are fields of `marking.model.Signals`."""

    name: str
    means: str
    demand: Demand
    slots: tuple[str, ...]
    shows: tuple[str, ...]
    near_misses: tuple[Outline, ...]
    task: str
    item_task: str
    next_step: str
    falls_short: str
    falls_short_in: tuple[str, ...]
    tell: str

    @property
    def is_doing(self) -> bool:
        """Whether it asks for something done, so that talk alone only explains the doing."""
        return self.slots == DOING_SLOTS


def verb(name: str) -> CommandVerb:
    """The verb as printed ("Assess", "explain how to"); a verb that the rubric does not know is a thing to do."""
    return rubric().get(" ".join(name.lower().split()), rubric()["do"])


def verb_of(criterion: AssessmentCriterion) -> CommandVerb:
    """The criterion's verb, the longest phrase first ("explain the importance of" before "explain").

    Knowledge statements without a verb ("the importance of ...", "how to ...") are read as what they ask to know.
    """
    text = criterion.text.lower().strip()
    for opening, name in (("the importance of", "explain the importance of"), ("how to", "explain how to")):
        if text.startswith(opening) and criterion.kind == "knowledge":
            return verb(name)
    known = verb_at_start(text) or next((name.lower() for name in criterion.verbs if name.lower() in rubric()), "")
    known = known or ("understand" if criterion.kind == "knowledge" else "do")
    if criterion.kind != "knowledge":
        return rubric().get(f"{known}{IN_OWN_WORK}", verb(known))
    return rubric().get(f"{known}{OF_THINGS}", verb(known)) if _is_about_things(text, known) else verb(known)


def _is_about_things(text: str, known: str) -> bool:
    """Whether the criterion names several things that are there, as against what is done step by step."""
    topic = several_things(text, known)
    return bool(topic) and not PROCESS.search(text.removeprefix(known))


def verb_at_start(text: str) -> str:
    """The longest verb phrase of the rubric that the text begins with, or ""; an adverb after the verb is left out."""
    opening = ADVERB.sub(r"\1 ", text.lower())
    return max((name for name in rubric() if opening.startswith(f"{name} ")), key=len, default="")


def slots_for(command: CommandVerb, kind: CriterionKind) -> tuple[str, ...]:
    """What an answer to a criterion of this kind should show, as field names of `marking.model.Signals`.

    Doing is shown by what was done (section 3.2); thinking in a competence outcome needs a product from own work.
    """
    if kind == "knowledge":
        return verb("understand").slots if command.is_doing else command.slots
    if kind == "competence-doing" or command.is_doing:
        return DOING_SLOTS
    return tuple(dict.fromkeys(command.slots + PRODUCT_SLOTS))


def slot_text(slot: str) -> str:
    """How a slot is called in a message to a learner: "a reason (why)"."""
    return str(_data()["slots"][slot])


@cache
def rubric() -> dict[str, CommandVerb]:
    """All verbs of the rubric by name, each wording of them; what is for some criteria only by name and mark."""
    return {
        f"{name}{IN_OWN_WORK * ('in_own_work' in entry)}{OF_THINGS * ('of_things' in entry)}": _verb(entry, name)
        for entry in _data()["verb"]
        for name in (entry["name"], *entry.get("also", ()))
    }


@cache
def _data() -> dict[str, Any]:
    source = files("talkthrough.question_bank") / "data" / "command_verbs.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def _verb(entry: dict[str, Any], name: str) -> CommandVerb:
    return CommandVerb(
        name=entry.get("shown_as", name),
        means=entry["means"],
        demand=Demand[entry.get("demand", "describe").upper()],
        slots=tuple(entry.get("slots", DOING_SLOTS)),
        shows=tuple(entry["shows"]),
        near_misses=_near_misses(entry),
        task=entry.get("task", "Tell about one real event: when it was, what you did yourself, and what came of it."),
        item_task=entry.get("item_task", "Tell about one real event in which you dealt with it yourself."),
        next_step=entry.get("next_step", "tell about one real event in which you did this"),
        falls_short=entry.get("falls_short", "What you would do, or what your team does, is not yet what you did."),
        falls_short_in=tuple(entry.get("falls_short_in", ("own_action", "real_event"))),
        tell=entry.get("tell", "Say what you did yourself, and what came of it."),
    )


def _near_misses(entry: dict[str, Any]) -> tuple[Outline, ...]:
    if "near" in entry:
        return tuple(Outline(**outline) for outline in _data()["near"][entry["near"]])
    apart = _data()["apart"].get(entry.get("act"), ())
    others = (other for other in _data()["verb"] if other.get("act") in apart)
    return tuple(Outline(other["shows"][0], f"Your choice is what “{other['name']}” asks for.") for other in others)

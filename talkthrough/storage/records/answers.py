"""What a learner's message stands in answer to: by its place in the talk, whatever its words."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from talkthrough.question_bank.discussion.standing import ASKING, SLOT_OF_TARGET
from talkthrough.storage.records.model import LoggedTurn

FULL_ANSWER_WORDS = 5
BETWEEN = frozenset({"hint", "acknowledge"})  # the tool speaks, and its question stays open
NOTHING_ASKED: Mapping[str, Any] = MappingProxyType({"criterion_keys": (), "target": ""})
REPLACES = "replaces:"


def questions_answered(turns: Sequence[LoggedTurn]) -> dict[int, Mapping[str, Any]]:
    """The facts of the question that each answer with words replies to.

    An edited message replies to what the message replied to that it replaces.
    """
    found: dict[int, Mapping[str, Any]] = {}
    question = NOTHING_ASKED
    for turn in turns:
        if turn.facts is None:
            continue
        if turn.speaker != "learner":
            question = question if turn.facts["kind"] in BETWEEN else _question(turn.facts)
        elif turn.facts["wish"] == "answer" and turn.text and "dont_know" not in turn.signals:
            found[turn.number] = found.get(_replaced(turn.facts), question)
    return found


def _question(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return facts if facts["kind"] in ASKING else NOTHING_ASKED


def _replaced(facts: Mapping[str, Any]) -> int:
    return next((int(flag.removeprefix(REPLACES)) for flag in facts["flags"] if flag.startswith(REPLACES)), 0)


def evidence_answers(turns: Sequence[LoggedTurn]) -> tuple[int, ...]:
    """The answers to the question what an assessor could look at, and where it is kept."""
    return tuple(number for number, asked in questions_answered(turns).items() if asked["target"] == "evidence")


def answers_about(turns: Sequence[LoggedTurn], criterion_key: str, slot: str) -> tuple[int, ...]:
    """The answers to questions about a criterion that were after this slot of its verb."""
    return tuple(
        number
        for number, asked in questions_answered(turns).items()
        if criterion_key in asked["criterion_keys"][:1]
        and SLOT_OF_TARGET.get(asked["target"], asked["target"].replace(" ", "_")) == slot
    )


def replies(turns: Sequence[LoggedTurn], criterion_key: str) -> tuple[int, ...]:
    """Whole sentences in answer to a question that leads to a criterion."""
    said = {turn.number: turn.text or "" for turn in turns}
    return tuple(
        number
        for number, asked in questions_answered(turns).items()
        if asked["target"] != "evidence"
        and criterion_key in asked["criterion_keys"][:1]
        and len(said[number].split()) > FULL_ANSWER_WORDS
    )

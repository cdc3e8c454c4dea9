"""Scripted discussions with learners who skip, pause, stop, copy, wander, are angry, or need help."""

import pytest

from tests.question_bank.discussion.stage import METHODS, SOURCES, STRATEGIES, plan_of, play

SCRIPTS = {
    "skip on an opening leaves the criterion": (
        plan_of(STRATEGIES, SOURCES),
        [
            ("yes", "open.first m13 opening"),
            ("skip", "open.next m15 opening"),
        ],
    ),
    "skip on a probe leaves the point": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("calls, sales, feedback", "verb.slot m12 strength"),
            ("skip", "verb.slot m12 weakness"),
        ],
    ),
    "nothing to add leaves the criterion": (
        plan_of(METHODS, STRATEGIES),
        [
            ("yes", "open.first m12 opening"),
            ("calls", "quantity.short m12 quantity"),
            ("I have nothing to add", "open.next m13 opening"),
        ],
    ),
    "an unknown answer gets other words once": (
        plan_of(STRATEGIES, SOURCES),
        [
            ("yes", "open.first m13 opening"),
            ("I don't know", "answer.dont-know m13 opening"),
            ("no idea", "open.next m15 opening"),
        ],
    ),
    "not knowing two probes leaves the criterion": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("calls and sales and feedback", "verb.slot m12 strength"),
            ("don't know", "verb.slot m12 weakness"),
            ("no idea", "evidence.ask m12 evidence"),
        ],
    ),
    "off topic comes back to the question once": (
        plan_of(STRATEGIES),
        [
            ("yes", "open.first m13 opening"),
            ("I watched the football match with my cousin last night", "answer.off-topic m13 opening"),
            ("then we had pizza and beer at the match", "close.add anything to add"),
        ],
    ),
    "angry is offered a break and not pressed": (
        plan_of(METHODS, STRATEGIES),
        [
            ("yes", "open.first m12 opening"),
            ("this is stupid", "answer.upset opening"),
            ("what a waste of time", "answer.upset-again opening"),
            ("continue", "resume.welcome m12 opening"),
            ("skip", "open.next m13 opening"),
        ],
    ),
    "angry with an answer is an answer": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("this is stupid, we listen to calls and look at sales and complaints", "verb.slot m12 strength"),
        ],
    ),
    "other words until there are none, then on": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("say it another way", "wish.rephrase m12 opening"),
            ("what do you mean?", "wish.rephrase m12 opening"),
            ("again in other words", "wish.rephrase-none opening"),
            ("I do not understand", "close.add anything to add"),
        ],
    ),
    "other words and then an answer": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("say it another way", "wish.rephrase m12 opening"),
            ("calls", "quantity.short m12 quantity"),
        ],
    ),
    "the hint ladder has three rungs": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("hint", "hint.1.pump m12 opening"),
            ("hint", "hint.2.cue m12 opening"),
            ("hint", "hint.3.list m12 opening"),
            ("hint", "hint.none-left opening"),
            ("calls and sales", "quantity.short m12 quantity"),
        ],
    ),
    "a mock has no hints": (
        plan_of(METHODS, mode="mock"),
        [
            ("yes", "open.first m12 opening"),
            ("hint", "hint.mock opening"),
            ("can I have a hint?", "hint.mock opening"),
            ("calls", "quantity.short m12 quantity"),
        ],
    ),
    "a mock follows the same rules": (
        plan_of(METHODS, mode="mock"),
        [
            ("yes", "open.first m12 opening"),
            ("calls", "quantity.short m12 quantity"),
            ("sales", "quantity.short m12 quantity"),
            ("feedback", "verb.slot m12 strength"),
        ],
    ),
    "pause and continue ask in other words": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("pause", "wish.pause"),
            ("continue", "resume.welcome m12 opening"),
            ("calls", "quantity.short m12 quantity"),
        ],
    ),
    "pause and then an answer": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("calls", "quantity.short m12 quantity"),
            ("pause", "wish.pause"),
            ("and sales, and feedback", "verb.slot m12 strength"),
        ],
    ),
    "a question to the tool is answered and its own question waits": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("is that right?", "asked.verdict opening"),
            ("who reads this?", "asked.readers opening"),
            ("are you a robot?", "asked.who opening"),
            ("calls", "quantity.short m12 quantity"),
        ],
    ),
    "stop recaps and closes": (
        plan_of(METHODS, STRATEGIES),
        [
            ("yes", "open.first m12 opening"),
            ("calls", "quantity.short m12 quantity"),
            ("stop", "close.stop self-rating"),
            ("3", "close.done"),
        ],
    ),
    "stop at once": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("stop", "close.stop self-rating"),
            ("1", "close.done"),
            ("hello", "close.already"),
        ],
    ),
    "somebody at risk stops everything": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("I want to hurt myself", "safeguard.stop"),
            ("sorry", "safeguard.stopped"),
        ],
    ),
    "the last word is credited": (
        plan_of(STRATEGIES, METHODS),
        [
            ("yes", "open.first m13 opening"),
            ("skip", "open.next m12 opening"),
            ("skip", "close.add anything to add"),
            ("oh and we listen to calls", "close.recap self-rating"),
            ("2", "close.done"),
        ],
    ),
    "nothing said at all ends soon": (
        plan_of(STRATEGIES),
        [
            ("yes", "open.first m13 opening"),
            ("...", "answer.short m13 opening"),
            ("👍", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("1", "close.done"),
        ],
    ),
    "everything skipped ends soon": (
        plan_of(METHODS, STRATEGIES, SOURCES),
        [
            ("yes", "open.first m12 opening"),
            ("skip", "open.next m13 opening"),
            ("skip", "open.next m15 opening"),
            ("skip", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("1", "close.done"),
        ],
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_moves_of_the_scripted_discussion(name: str) -> None:
    plan, script = SCRIPTS[name]
    assert play(plan, *(line for line, _ in script[1:])) == [move for _, move in script]

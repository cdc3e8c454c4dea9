"""Scripted discussions of doing: a real event, when it was, what I did and not we, the result, the record."""

import pytest

from tests.question_bank.discussion.stage import ALLOCATE, METHODS, MONITOR, SPECIFY, UNDERSTAND, plan_of, play

SCRIPTS = {
    "we is followed by what did you do": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("Last week we moved staff to the tills because we were short.", "own.we m31 own action"),
            ("I told two people to move", "verb.slot m31 result"),
            ("the queue went down", "evidence.ask m31 evidence"),
            ("the rota", "reflection.ask m31 reflection"),
            ("I would ask earlier", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("4", "close.done"),
        ],
    ),
    "we twice is not pressed": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("Last week we moved staff.", "own.we m31 own action"),
            ("we all did it", "verb.slot m31 result"),
            ("we just did", "evidence.ask m31 evidence"),
        ],
    ),
    "would is followed by what really happened": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("I would move staff from the office to the tills.", "real.would m31 real event"),
            ("Last week I moved two staff", "verb.slot m31 result"),
            ("it worked", "evidence.ask m31 evidence"),
            ("rota", "reflection.ask m31 reflection"),
        ],
    ),
    "would twice is left alone": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("I would move staff around.", "real.would m31 real event"),
            ("I would do it on a busy day", "real.would m31 real event"),
            ("I would ask my manager", "evidence.ask m31 evidence"),
            ("nothing to add", "reflection.ask m31 reflection"),
            ("no", "close.add anything to add"),
        ],
    ),
    "a full STAR answer leaves only looking back": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            (
                "Last Monday I moved two staff to the phones. In the end the queue went down. See the rota.",
                "reflection.ask m31 reflection",
            ),
            ("I would plan it earlier", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("5", "close.done"),
        ],
    ),
    "no date is asked for": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("I moved two staff to the phones.", "verb.slot m31 when"),
            ("In May", "verb.slot m31 result"),
        ],
    ),
    "no result is asked for": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("Last week I moved two staff to the phones.", "verb.slot m31 result"),
            ("In the end they were happy", "evidence.ask m31 evidence"),
        ],
    ),
    "evidence is asked once for criteria that belong together": (
        plan_of(ALLOCATE, MONITOR, METHODS, clusters=(("m31", "m35"), ("m12",))),
        [
            ("yes", "open.first m31 opening"),
            ("Last week I moved staff. In the end it worked.", "open.next m35 opening"),
            ("Last week I checked ten phones. In the end it worked.", "evidence.ask m35 evidence"),
            ("the record sheet", "open.next m12 opening"),
            ("calls", "quantity.short m12 quantity"),
        ],
    ),
    "all of them are required": (
        plan_of(UNDERSTAND),
        [
            ("yes", "open.first m41 opening"),
            ("I told them the vision", "quantity.short m41 quantity"),
            ("the objective", "quantity.short m41 quantity"),
            ("the roles", "verb.slot m41 when"),
            ("last week", "verb.slot m41 result"),
        ],
    ),
    "what one criterion says for another is credited": (
        plan_of(ALLOCATE, MONITOR, clusters=(("m31",), ("m35",))),
        [
            ("yes", "open.first m31 opening"),
            (
                "Last week I moved staff. In the end it worked. Last week I checked monitoring by the plans.",
                "evidence.ask m31 evidence",
            ),
            ("the rota", "verb.slot m35 result"),
        ],
    ),
    "a skipped opening leaves the criterion": (
        plan_of(ALLOCATE, MONITOR),
        [
            ("yes", "open.first m31 opening"),
            ("skip", "open.next m35 opening"),
        ],
    ),
    "very short answers end soon": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("ok", "answer.short m31 opening"),
            ("fine", "close.add anything to add"),
        ],
    ),
    "names are followed as usual": (
        plan_of(ALLOCATE),
        [
            ("yes", "open.first m31 opening"),
            ("Last week I told Sarah to move to the phones.", "verb.slot m31 result"),
            ("then I told Sarah to stay", "evidence.ask m31 evidence"),
            ("and Sarah again", "reflection.ask m31 reflection"),
        ],
    ),
    "a specify criterion asks about doing": (
        plan_of(SPECIFY),
        [
            ("yes", "open.first s24 opening"),
            ("We have numbers for the phones and for the desk too.", "own.we s24 own action"),
            ("I wrote them down", "verb.slot s24 when"),
            ("last month", "verb.slot s24 result"),
            ("fewer people waited", "evidence.ask s24 evidence"),
        ],
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_moves_of_the_scripted_discussion(name: str) -> None:
    plan, script = SCRIPTS[name]
    assert play(plan, *(line for line, _ in script[1:])) == [move for _, move in script]

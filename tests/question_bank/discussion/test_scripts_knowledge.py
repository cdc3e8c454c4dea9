"""Scripted discussions of knowledge criteria: every learner line is followed by the move that a good assessor makes."""

import pytest

from tests.question_bank.discussion.stage import ANALYSE, DESCRIBE, FACTORS, METHODS, SOURCES, STRATEGIES, plan_of, play

SCRIPTS = {
    "one method only is followed by a probe for others": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("We listen to calls.", "quantity.short m12 quantity"),
        ],
    ),
    "three methods at once go straight to the verb": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("calls, mystery shoppers and sales", "verb.slot m12 strength"),
        ],
    ),
    "the probe for quantity ends when the quantity is there": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("calls", "quantity.short m12 quantity"),
            ("and the complaints book", "quantity.short m12 quantity"),
            ("we get feedback too", "verb.slot m12 strength"),
        ],
    ),
    "two answers with nothing new end a criterion": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("We listen to calls.", "quantity.short m12 quantity"),
            ("just those really", "verb.slot m12 strength"),
            ("hm not much", "evidence.ask m12 evidence"),
        ],
    ),
    "whole sentences are followed and never asked for again": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("We listen to calls every single day.", "quantity.short m12 quantity"),
            ("Everybody in the office does that every day.", "verb.slot m12 strength"),
            ("They really do it all of the time there.", "verb.slot m12 weakness"),
            ("They do it well and it is quick though", "verb.slot m12 judgement"),
            ("They do it in the big office", "quantity.short m12 quantity"),
            ("I hear it every time when I pass by", "evidence.ask m12 evidence"),
        ],
    ),
    "assess asks for strength, limit and judgement": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("calls, mystery shoppers and sales", "verb.slot m12 strength"),
            ("they are what we have had for years", "verb.slot m12 weakness"),
            ("they are quick and useful", "verb.slot m12 judgement"),
            ("but slow at times", "verb.slot m12 judgement"),
            ("overall calls are most suitable", "evidence.ask m12 evidence"),
        ],
    ),
    "a full first answer leaves nothing to probe": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            (
                "Calls, mystery shoppers and sales are good but slow. Overall calls are most suitable. See the record.",
                "reflection.ask m12 reflection",
            ),
            ("I learned a lot", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("5", "close.done"),
        ],
    ),
    "evaluate runs from sources to the close": (
        plan_of(SOURCES),
        [
            ("yes", "open.first m15 opening"),
            ("sales and targets", "verb.slot m15 strength"),
            ("good and cheap", "verb.slot m15 weakness"),
            ("the problem is it misses things", "verb.slot m15 judgement"),
            ("overall i would keep sales", "evidence.ask m15 evidence"),
            ("the spreadsheet", "reflection.ask m15 reflection"),
            ("I learned a lot", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("4", "close.done"),
        ],
    ),
    "what came up unplanned is credited and only the rest is asked": (
        plan_of(METHODS, SOURCES),
        [
            ("yes", "open.first m12 opening"),
            ("calls and mystery shoppers. Our targets and kpis are cheap.", "quantity.short m12 quantity"),
            ("sales. Good but slow, overall suitable", "verb.slot m15 weakness"),
            ("sales again", "verb.slot m15 judgement"),
            ("the problem is it misses things", "evidence.ask m15 evidence"),
        ],
    ),
    "a criterion that came up in full is not opened": (
        plan_of(METHODS, SOURCES),
        [
            ("yes", "open.first m12 opening"),
            (
                "Calls, feedback, letters: good but slow, overall fine. Sales, targets: good but slow, overall fine.",
                "evidence.ask m15 evidence",
            ),
            ("the record", "reflection.ask m15 reflection"),
        ],
    ),
    "a listed thing named in passing is no full answer": (
        plan_of(STRATEGIES, FACTORS),
        [
            ("yes", "open.first m13 opening"),
            (
                "One team does it all, because that is quick, for example refunds. The weather turns people away.",
                "open.mentioned f22 opening",
            ),
            ("On wet days they stay at home because of the cold", "verb.slot f22 example"),
            ("for example last week", "evidence.ask f22 evidence"),
        ],
    ),
    "explain needs because": (
        plan_of(STRATEGIES),
        [
            ("yes", "open.first m13 opening"),
            ("One team answers every customer the whole day long.", "verb.slot m13 reason"),
            ("because people hate to repeat things", "verb.slot m13 example"),
            ("for example a refund last week", "evidence.ask m13 evidence"),
            ("the log book", "reflection.ask m13 reflection"),
            ("I would start earlier", "close.add anything to add"),
            ("no", "close.recap self-rating"),
            ("2", "close.done"),
        ],
    ),
    "describe asks for the steps": (
        plan_of(DESCRIBE),
        [
            ("yes", "open.first d14 opening"),
            ("My manager makes all of the decisions about refunds.", "verb.slot d14 steps"),
            ("first the shop asks and then head office says yes", "evidence.ask d14 evidence"),
        ],
    ),
    "analyse asks for reasons, parts and what follows": (
        plan_of(ANALYSE),
        [
            ("yes", "open.first a36 opening"),
            ("There is a new booking system for every customer.", "verb.slot a36 reason"),
            ("because people wanted it", "verb.slot a36 comparison"),
            ("it is different from the old book", "verb.slot a36 result"),
            ("it went up and people were happy", "evidence.ask a36 evidence"),
        ],
    ),
    "an unknown word list is open so other things count": (
        plan_of(METHODS, SOURCES),
        [
            ("yes", "open.first m12 opening"),
            ("We look at the heat map of the shop floor every day.", "quantity.short m12 quantity"),
        ],
    ),
    "negated is not mentioned": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("We do not use mystery shoppers.", "quantity.short m12 quantity"),
        ],
    ),
    "negated and then said": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("We do not use mystery shoppers. We listen to calls.", "quantity.short m12 quantity"),
        ],
    ),
    "ESOL answers are heard": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("We hear the calls, boss hear also. And ask customers after.", "quantity.short m12 quantity"),
            ("calls is good, hear true voice", "quantity.short m12 quantity"),
            ("but boss hear only small number", "verb.slot m12 judgement"),
            ("i think calls most suitable for us", "evidence.ask m12 evidence"),
        ],
    ),
    "one word answers are asked once more": (
        plan_of(STRATEGIES, METHODS),
        [
            ("yes", "open.first m13 opening"),
            ("teams", "answer.short m13 opening"),
            ("systems", "open.next m12 opening"),
            ("ok", "answer.short m12 opening"),
        ],
    ),
    "a monologue is followed and not repeated": (
        plan_of(METHODS, STRATEGIES),
        [
            ("yes", "open.first m12 opening"),
            (
                "Calls, letters, mystery shoppers, sales. "
                + "We look at a lot of things here in our shop. " * 40
                + "Calls are good but slow. Overall they are suitable.",
                "open.next m13 opening",
            ),
        ],
    ),
    "the copied question earns nothing": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("how customer service is monitored where you work", "answer.echo m12 opening"),
            ("Talk me through how customer service is monitored", "close.add anything to add"),
        ],
    ),
    "the copied criterion earns nothing": (
        plan_of(STRATEGIES),
        [
            ("yes", "open.first m13 opening"),
            ("explain the strategies needed to deliver seamless customer service", "answer.echo m13 opening"),
            ("One system so nobody repeats a thing, because that is quick", "verb.slot m13 example"),
        ],
    ),
    "the copied list of a hint earns nothing": (
        plan_of(METHODS),
        [
            ("yes", "open.first m12 opening"),
            ("hint", "hint.1.pump m12 opening"),
            ("hint", "hint.2.cue m12 opening"),
            ("hint", "hint.3.list m12 opening"),
            (
                "listening to calls; reviewing written communication; getting direct feedback from customers",
                "answer.echo m12 opening",
            ),
            ("We hear calls, and I read letters and ask customers", "verb.slot m12 strength"),
        ],
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_moves_of_the_scripted_discussion(name: str) -> None:
    plan, script = SCRIPTS[name]
    assert play(plan, *(line for line, _ in script[1:])) == [move for _, move in script]

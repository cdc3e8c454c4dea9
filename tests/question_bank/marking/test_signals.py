"""The language signals that discussions follow."""

import pytest

from talkthrough.question_bank.marking import signals
from talkthrough.question_bank.marking.signals import signal_words


@pytest.mark.parametrize(
    ("signal", "answer"),
    [
        ("reason", "we do it cos people like it"),
        ("reason", "so that customers know who to ask"),
        ("example", "for example the returns desk"),
        ("strength", "it is really useful"),
        ("weakness", "but its too expensive"),
        ("weakness", "the downside is it takes ages"),
        ("comparison", "surveys are cheaper than mystery shoppers"),
        ("judgement", "overall I would keep the surveys"),
        ("steps", "First I check the rota, then I ring round"),
        ("own_action", "I checked the figures"),
        ("we", "we ring the customer"),
        ("real_event", "last Tuesday a customer shouted at me"),
        ("hypothetical", "I would ring the customer"),
        ("when", "every Monday"),
        ("result", "as a result complaints went down"),
        ("evidence_named", "it is in the minutes of the meeting"),
        ("result", "it sorted the problem and she went away happy"),
        ("result", "the queues got shorter"),
        ("evidence_named", "I wrote it in the shift book"),
        ("evidence_named", "it is all put down in my book"),
        ("third_party_name", "I asked my supervisor Karen"),
        ("third_party_name", "Mrs Patel came in"),
        ("dont_know", "idk"),
        ("dont_know", "I don't know this one sorry"),
        ("dont_know", "pass"),
    ],
)
def test_a_signal_is_found_with_its_words(signal: str, answer: str) -> None:
    assert getattr(signals(answer), signal)
    words = signal_words(answer)[signal]
    assert answer[words.start : words.end] == words.text


@pytest.mark.parametrize(
    ("signal", "answer"),
    [
        ("own_action", "we checked the figures"),
        ("own_action", "I think it is good"),
        ("we", "I rang the customer"),
        ("hypothetical", "I rang the customer on Monday"),
        ("real_event", "I would ring the customer"),
        ("third_party_name", "On Monday I rang Head Office"),
        ("third_party_name", "I asked my supervisor"),
        ("dont_know", "pass it to my manager"),
        ("dont_know", "I don't know the name but we listen to calls"),
        ("dont_know", "nothing beats listening to calls"),
        ("reason", "we listen to calls"),
        ("weakness", "it is good"),
    ],
)
def test_a_signal_is_not_seen_where_there_is_none(signal: str, answer: str) -> None:
    assert not getattr(signals(answer), signal)


def test_an_empty_answer_has_no_signals() -> None:
    assert signal_words("") == {}

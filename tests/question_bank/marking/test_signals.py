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
        ("when", "on Saturday"),
        ("when", "saturday 7 november"),
        ("when", "in september i think"),
        ("when", "In june we put notes on the order so anyone can pick it up"),
        ("when", "it was in the summer holidays"),
        ("when", "It was the week before Christmas when a lady on my team put through the wrong order"),
        ("when", "on Monday I moved two people"),
        ("real_event", "a customer complained about the returns queue so I opened a second till"),
        ("real_event", "In june we put notes on the order so anyone can pick it up"),
        ("real_event", "new resident say she like eat in her room not dining room so i write in care plan"),
        ("real_event", "one man want stay in bed all day but he need move. i talk with him and we do small walk"),
        ("real_event", "when a customer complained I rang her back"),
        ("example", "Last Friday a mum said the changing room was dirty. I told the cleaner and rang her back"),
        ("own_action", "i do breakfast first"),
        ("result", "less people asked me at the desk how to do it"),
        ("result", "no shows went from 30 to 12 a week"),
        ("result", "all people get medicine on time and no complain"),
        ("result", "family was happy they say thank you to me"),
        ("hypothetical", "imagine a queue at the door"),
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
        ("when", "every Monday"),
        ("when", "i check the rota every morning"),
        ("when", "I put it up two weeks before now"),
        ("when", "we need more staff on saturday because they want see the rooms"),
        ("when", "we found mondays were always worst for returns"),
        ("when", "we are open 24/7"),
        ("when", "monday to friday"),
        ("real_event", "every morning i check medication chart and rota"),
        ("real_event", "We had a briefing every morning about the click and collect change"),
        ("real_event", "i told you. i check the rota"),
        ("real_event", "i said about the team before"),
        ("real_event", "when a new resident come i show the room"),
        ("real_event", "when leaflet say free visit, many family come and we need more staff on saturday"),
        ("real_event", "people need medicine with food"),
        ("real_event", "we used to do it by phone"),
        ("own_action", "i told you"),
        ("own_action", "I already told you about click and collect"),
        ("weakness", "it is good"),
    ],
)
def test_a_signal_is_not_seen_where_there_is_none(signal: str, answer: str) -> None:
    assert not getattr(signals(answer), signal)


def test_an_empty_answer_has_no_signals() -> None:
    assert signal_words("") == {}

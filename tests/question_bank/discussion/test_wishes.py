"""A wish is heard at any moment, in many words, and never inside an answer."""

import pytest

from talkthrough.question_bank.discussion import wish_of
from talkthrough.question_bank.discussion.asked_back import asked_back


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("I said that already", "said already"),
        ("I did say that", "said already"),
        ("I told you that", "said already"),
        ("I already told you about click and collect", "said already"),
        ("i said about the team before", "said already"),
        ("I already said sorry to the customer", "answer"),
        ("i told you. i check the rota", "answer"),
        ("But I already told you that!", "said already"),
        ("I've said this before", "said already"),
        ("as I said before", "said already"),
        ("same as before", "said already"),
        ("you already asked me that", "said already"),
        ("I have already answered that question", "said already"),
        ("skip", "skip"),
        ("Skip this one please", "skip"),
        ("next question", "skip"),
        ("can we skip it?", "skip"),
        ("Can we move on", "skip"),
        ("PASS", "skip"),
        ("pause", "pause"),
        ("can I have a break?", "pause"),
        ("hold on", "pause"),
        ("I need a break", "pause"),
        ("not now", "pause"),
        ("I have to go back to work", "pause"),
        ("wait a minute", "pause"),
        ("stop", "stop"),
        ("Stop please.", "stop"),
        ("I want to stop", "stop"),
        ("I don't want to do this any more", "stop"),
        ("no more questions", "stop"),
        ("that's enough", "stop"),
        ("I'm finished", "stop"),
        ("say it another way", "rephrase"),
        ("can you say that in another way?", "rephrase"),
        ("rephrase", "rephrase"),
        ("I don't understand", "rephrase"),
        ("I not understand the question", "rephrase"),
        ("what do you mean?", "rephrase"),
        ("what does that mean", "rephrase"),
        ("in simpler words please", "rephrase"),
        ("repeat the question", "rephrase"),
        ("What?", "rephrase"),
        ("what does seamless mean?", "rephrase"),
        ("What do you mean by strategies?", "rephrase"),
        ("please ask it in easier words", "rephrase"),
        ("I have nothing to add", "nothing to add"),
        ("nothing to add", "nothing to add"),
        ("that's all", "nothing to add"),
        ("that is everything from me", "nothing to add"),
        ("I can't think of anything else", "nothing to add"),
        ("No, nothing else", "nothing to add"),
        ("nothing more to say", "nothing to add"),
        ("Can you explain me the question please?", "rephrase"),
        ("no understand", "rephrase"),
        ("i no understand question", "rephrase"),
        ("what is win somebody over?", "rephrase"),
        ("what are KPIs", "rephrase"),
        ("i dont know what allocate means", "rephrase"),
        ("explain please", "rephrase"),
        ("I dont want to talk about that", "skip"),
        ("I'd rather not say", "skip"),
        ("I don't want to answer this question", "skip"),
        ("hint", "hint"),
        ("give me a hint please", "hint"),
        ("can I have a clue?", "hint"),
        ("help me", "hint"),
        ("I need help", "hint"),
        ("can you help me with this?", "hint"),
        ("yes", "continue"),
        ("ok", "continue"),
        ("I'm ready", "continue"),
        ("continue", "continue"),
        ("Yes I am ready, start", "continue"),
        ("i have read it", "continue"),
        ("I'm back", "continue"),
        ("ready!", "continue"),
        ("ok lets go", "continue"),
        ("👍 yes", "continue"),
    ],
)
def test_a_message_that_is_only_a_wish_is_that_wish(text: str, wish: str) -> None:
    assert wish_of(text) == wish


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Is that right?", "asked.verdict"),
        ("did I pass?", "asked.verdict"),
        ("what is the answer", "asked.answer"),
        ("what's the answer", "asked.answer"),
        ("tell me the answer please", "asked.answer"),
        ("what should I say?", "asked.answer"),
        ("what do you want me to say", "asked.answer"),
        ("am i going to pass?", "asked.verdict"),
        ("will I pass", "asked.verdict"),
        ("how many questions are left?", "asked.length"),
        ("how much longer", "asked.length"),
        ("how long is this?", "asked.length"),
        ("is it nearly finished?", "asked.length"),
        ("how long is the queue before I open a till", None),
        ("how am I doing so far?", "asked.verdict"),
        ("who can see this?", "asked.readers"),
        ("Will my tutor read this?", "asked.readers"),
        ("are you a robot", "asked.who"),
        ("who are you?", "asked.who"),
        ("I asked my tutor who can see this", None),
        ("Is that right? I think calls are best.", None),
        ("We listen to calls.", None),
    ],
)
def test_a_question_to_the_tool_is_known(text: str, rule: str | None) -> None:
    assert asked_back(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "I had to stop the delivery because the van was late",
        "We skip the second check when it is quiet",
        "I asked my supervisor to help me with this customer",
        "I have told them",
        "I have already said sorry to her",
        "I told my supervisor already",
        "She said that before",
        "I told the customer to wait a minute and I rang the depot",
        "The customer wanted to pause her order",
        "next day delivery",
        "What is important is to keep calm with the customer",
        "I explain the policy to the customer again",
        "I can't talk about prices, so I ask my supervisor",
        "how long is the wait is what I check first",
        "I gave a hint to the new starter",
        "Yes, I moved two people to the till",
        "nothing was done about the complaint",
        "good customer service",
        "",
        "👍",
        "x" * 4096,
    ],
)
def test_a_wish_inside_an_answer_is_part_of_the_answer(text: str) -> None:
    assert wish_of(text) == "answer"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("i told you", "said already"),
        ("wat you mean", "rephrase"),
        ("what do u mean", "rephrase"),
        ("Stopio", "stop"),
        ("awgrym", "hint"),
        ("Dyna'r cyfan.", "nothing to add"),
        ("parhau", "continue"),
        ("i told you the rota was late", "answer"),
    ],
)
def test_bare_and_welsh_wishes_are_heard(text: str, wish: str) -> None:
    assert wish_of(text) == wish

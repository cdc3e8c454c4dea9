"""The discussion stops for a person at risk, and for little else; names are noticed, roles are not."""

import pytest

from talkthrough.question_bank.discussion import names_people, safeguarding


@pytest.mark.parametrize(
    "text",
    [
        "I want to hurt myself",
        "my boyfriend always hurts me",
        "I don't want to be here anymore",
        "I will hurt my manager",
        "I was hit by my dad",
        "my dad won't stop hitting me",
        "i feel like killing myself",
        "I have been cutting myself again",
        "I am suicidal",
        "sometimes I think about suicide, I was thinking of suicide last night",
        "I want to die",
        "I just want to end it all",
        "i dont want to live any more",
        "there is no point in living",
        "everyone would be better off without me",
        "I took an overdose last month",
        "I self harm",
        "my partner hits me",
        "My dad beats me when he is drunk",
        "my manager keeps touching me",
        "he raped me",
        "I was sexually assaulted at work",
        "I am being abused",
        "I'm scared to go home",
        "I am afraid of my boyfriend",
        "I'm going to kill him",
        "I want to stab my manager",
        "A customer said he wanted to kill himself and I did not know what to do",
        "he threatened to kill me",
        "a customer punched me",
        "my stepdad touches me",
        "I’m suicidal",
        "She said she wants to die",
        "i cut myself",
        "I cut myself at night",
        "sometimes I hurt myself",
        "he keeps grabbing me",
        "my manager grabs me by the arm when nobody is looking",
        "my boss touched my leg",
        "he keeps putting his hands on me",
    ],
)
def test_words_about_a_person_at_risk_are_noticed(text: str) -> None:
    assert safeguarding(text)


@pytest.mark.parametrize(
    "text",
    [
        "the customer threatened to leave",
        "I will shoot them an email about the refund",
        "I will attack the problem first",
        "I want to kill my computer",
        "I want to be dead sure about the figures",
        "I got hit by a trolley and filled in the form",
        "we were beaten by the other team on sales, I was beaten to the sale",
        "I was abused by a customer on the phone, so I followed the procedure",
        "the customer abused me on the phone",
        "what he said hurt me",
        "she beats me at sales every month",
        "we wanted to end it all on a good note",
        "her kind words touched me",
        "customers do not want to wake up to a late parcel",
        "some days I do not want to be here so early",
        "The customer threatened to call head office",
        "this job is killing me",
        "I was killing time until the van came",
        "I nearly died laughing",
        "I cut myself on a box and filled in the accident book",
        "I hurt my back lifting",
        "we did not want to hurt her feelings",
        "I wanted to die of embarrassment",
        "the deadline was killing us",
        "kill them with kindness",
        "he attacked the problem straight away",
        "it hit me that the rota was wrong",
        "my manager beat me to it",
        "the boss hit me with a new target",
        "we have a policy on self-harm awareness",
        "self harm training was last week",
        "I do not want to be rude",
        "he threatened to hurt our reputation online",
        "the complaint was about a damaged knife set",
        "abuse of the returns policy went down",
        "the customer was abusive on the phone",
        "I went home scared of the exam",
        "I was afraid of my mistake being found",
        "dead stock was moved to the back",
        "overdue orders",
        "she kicked me off the rota",
        "the customer attacked me verbally, so I stayed calm and called my supervisor",
        "I do not want to hurt anyone's feelings",
        "the computer killed the process itself",
        "I don't want to be here all night",
        "I cut myself on a box",
        "I cut myself at work and told first aid",
        "I burnt myself on the oven",
        "I cut myself some slack",
        "my manager grabbed me for a quick chat",
        "she grabbed me a coffee",
        "I hurt myself lifting a pallet",
        "she touched my screen to show me",
    ],
)
def test_hard_words_about_work_are_no_alarm(text: str) -> None:
    assert not safeguarding(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I told Sarah to take the call", ("Sarah",)),
        ("Mrs Khan complained twice", ("Khan",)),
        ("a customer called Dwayne rang", ("Dwayne",)),
        ("my manager Oluwaseun agreed", ("Oluwaseun",)),
        ("I asked Fatima and then Tom's team", ("Fatima", "Tom")),
        ("Sarah said it was late", ("Sarah",)),
        ("then Zebedee said no", ("Zebedee",)),
        ("I asked Nick to help", ("Nick",)),
        ("Mrs Roberts rang", ("Roberts",)),
        ("my colleague Svetlana rang", ("Svetlana",)),
    ],
)
def test_names_of_people_are_noticed(text: str, names: tuple[str, ...]) -> None:
    assert names_people(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "My supervisor told Customer A to wait",
        "In May I used Excel and Teams",
        "Last Monday The team met",
        "The Manager said no",
        "I rang Head Office",
        "Customer Service said it was late",
        "on Christmas Eve we were short",
        "I will mark the rota",
        "we use KPIs and SLAs",
        "Then I asked my manager. The customer was happy",
        "My manager Sales said so",
        "I told the customer Sorry for the wait",
        "The Data Protection Act says we keep it safe",
        "our customer Base is mostly older people",
        "the manager Checks the rota",
        "customer Refunds are done at the desk",
        "My supervisor Always tells me",
        "John Lewis and Thomas Cook have a returns policy",
        "I work near Victoria station",
        "Unique Selling Points and Mystery Shopper reports",
        "We use Microsoft Teams and Google Forms",
        "Nick nothing is our rule. Jack up no prices",
        "I",
        "",
    ],
)
def test_roles_days_and_products_are_no_names(text: str) -> None:
    assert names_people(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "i want die",
        "wanna die",
        "I wanna die",
        "feel like ending it",
        "kms",
        "I want to kms",
        "nobody would care if i was gone",
        "i take too many pills yesterday",
        "i took whole box of tablets",
        "i dont want live anymore",
        "thinking of unaliving myself",
        "life not worth it",
        "my life is not worth living",
        "I feel like ending it all",
        "no one would notice if i died",
    ],
)
def test_plain_english_and_slang_of_a_person_at_risk_are_noticed(text: str) -> None:
    assert safeguarding(text)


@pytest.mark.parametrize(
    "text",
    [
        "the depot is 12 kms from here",
        "we drove 30 kms",
        "5kms away",
        "the customer wanted to end it there",
        "I was thinking of ending it with a thank you",
        "I took too many orders",
        "the customer took all my time",
        "I took a lot of calls",
        "nobody would care if I was late",
        "nobody would notice if i was gone for five minutes",
        "he wants to diet",
        "I do not want to live in London",
        "it is not worth the risk",
        "customers will end it there if they are unhappy",
        "I took a box of tablets to the resident",
        "I gave too many tablets by mistake and reported it",
        "it took the life out of it, not worth it",
        "we want diesel",
        "I want a die cutter",
        "if the call drags on I might end it.",
        "We were going to end it today",
    ],
)
def test_everyday_words_that_look_alike_are_no_alarm(text: str) -> None:
    assert not safeguarding(text)


@pytest.mark.parametrize(
    "text",
    ["i dont want be here anymore", "he touch me and i dont like", "my partner lock me in the house", "gonna kms"],
)
def test_simple_words_about_harm_from_others_are_noticed(text: str) -> None:
    assert safeguarding(text)


@pytest.mark.parametrize(
    "text",
    [
        "we use kms to measure delivery distance, 40 kms a day",
        "the colleague locked me out of the system",
        "she locked the door for me",
        "my manager got in touch with me",
    ],
)
def test_distances_doors_and_getting_in_touch_are_no_alarm(text: str) -> None:
    assert not safeguarding(text)

from dataclasses import replace

import pytest

from talkthrough.question_bank.item_review import RULES, key_position_bias, review
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import ExpectedPoint, Option, Question, QuestionKind
from tests.question_bank.items.units import asked, criterion, listed, questions_of, sample_units, unit_called, unit_of

GOOD = asked("Unit 401", "1.2", "set-*")
TYPED = asked("Unit 401", "1.2", "recall-*")


def rules(question: Question, label: str = "Unit 401") -> set[str]:
    return {flaw.rule for flaw in review(question, unit_called(label), sample_units())}


def choosing(stem: str, *texts: str) -> Question:
    """A question whose first option is right."""
    shown = tuple(Option(text, is_key=not place, why="It is so.", span=GOOD.source) for place, text in enumerate(texts))
    return replace(GOOD, stem=stem, options=shown, expected_points=(), quantity=None, is_open=False)


def test_nearly_every_item_of_the_sample_documents_passes():
    made = [(question, unit) for unit in sample_units() for question in questions_for(unit)]
    held = [question.key for question, unit in made if review(question, unit, sample_units())]
    assert len(held) < 0.02 * len(made)


def test_each_flaw_says_in_a_sentence_what_is_wrong():
    spoilt = choosing("Which is not, and why is it?", "always " * 30, "all of the above")
    found = review(spoilt, unit_called("Unit 401"), sample_units())
    assert len({flaw.rule for flaw in found}) > 3
    assert all(flaw.reason.endswith(".") and flaw.rule in RULES for flaw in found)


@pytest.mark.parametrize(
    ("rule", "question"),
    [
        (
            "longest-option",
            choosing("Which one?", "a plan that the people in the room agreed to use", "a rota", "a form"),
        ),
        ("absolute-term", choosing("Which one fits?", "checking calls", "never writing down", "asking a friend")),
        ("vague-term", choosing("Which one fits?", "checking calls", "usually writing down", "asking a friend")),
        ("negative-stem", choosing("Which of these is not a method?", "red shoes", "blue coats", "green hats")),
        ("all-or-none-of-the-above", choosing("Which one fits?", "all of the above", "blue coats", "green hats")),
        ("grammatical-cue", choosing("The form is called an", "index card", "paper slip", "shop list")),
        ("stem-echo", choosing("Which one helps with parcels?", "a parcel label", "a blue coat", "a green hat")),
        ("overlapping-options", choosing("Which one fits?", "red shoes", "complaint forms", "complaint form")),
        ("unequal-form", choosing("Which one fits?", "red shoes", "blue coats.", "green hats")),
        ("unequal-form", choosing("Which one fits?", "three", "4", "five")),
        ("two-questions", choosing("What is it? Who does it?", "red shoes", "blue coats", "green hats")),
        ("two-questions", choosing("What is it and why is it done?", "red shoes", "blue coats", "green hats")),
        ("reading-level", choosing(f"Which {'very ' * 25} long one fits?", "red shoes", "blue coats", "green hats")),
        ("phone-limits", choosing("Which one fits?", "red shoes", "blue coats", "x" * 101)),
        ("phone-limits", choosing(f"Which one fits “{'x' * 300}”?", "red shoes", "blue coats", "green hats")),
        ("options-count", choosing("Which one fits?", "red shoes", "blue coats")),
        ("convergence", choosing("Which one fits?", "red wool shoes", "red coats", "wool hats", "leather shoes")),
        ("names-people", replace(TYPED, stem="Who was the customer?")),
        ("leak", replace(TYPED, stem="Name three, such as listening to calls.")),
        ("quantity-mismatch", replace(TYPED, quantity=2)),
        ("quantity-mismatch", replace(TYPED, stem="Name any two methods.")),
        ("quantity-mismatch", replace(TYPED, quantity=10)),
        ("no-source", replace(GOOD, options=tuple(replace(option, span=None) for option in GOOD.options))),
        ("definition-scope", replace(TYPED, stem="In Unit 323, name any three monitoring techniques.")),
    ],
)
def test_a_flaw_is_found(rule, question):
    assert rule in rules(question)


DRILL = asked("Unit 401", "2.5", "verb")


def drilled(*texts: str) -> Question:
    return replace(choosing(DRILL.stem, *texts), kind=QuestionKind.VERB_DRILL, key=DRILL.key)


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (
            ("What you told people one day", "What you tell people", "What you have in your notes"),
            "Only the right option speaks of one real time.",
        ),
        (
            ("What you told people", "What your manager told people", "What the team does", "What the policy says"),
            "Only the right option does not speak of other people or rules at work.",
        ),
        (
            ("What you told people", "What you would tell people", "What you could do"),
            "Only the right option does not speak of what would be.",
        ),
        (
            ("specific, measurable, achievable", "roles, actions, resources", "benefits, drawbacks, costs"),
            "Only the right option is of its kind: qualities, or things.",
        ),
    ],
)
def test_a_right_option_that_its_words_alone_give_away_is_held_back(texts, says):
    found = review(drilled(*texts), unit_called("Unit 401"), sample_units())
    assert says in [flaw.reason for flaw in found if flaw.rule == "surface-cue"]


def test_options_that_share_their_form_give_nothing_away():
    assert "surface-cue" not in rules(DRILL)
    texts = ("What you told people one day", "What you counted one month", "What you would say", "What the team does")
    assert "surface-cue" not in rules(drilled(*texts))


def test_all_listed_points_are_needed_where_the_document_needs_all():
    assert "quantity-mismatch" in rules(replace(asked("Unit 401", "4.1", "recall-*"), quantity=3))


@pytest.mark.parametrize(
    "text",
    ["allocate the rota", "notice the mood", "nonetheless a form", "an annotated plan", "knotted rope"],
)
def test_words_are_matched_whole(text):
    found = rules(choosing(f"Which one would notice and allocate “{text}”?", "red shoes", text, "green hats"))
    assert not found & {"absolute-term", "negative-stem", "vague-term"}


def test_words_that_the_document_prints_are_never_flagged():
    unit = unit_of(
        criterion("explain the rules", listed("Rules", "never late", "always polite", "usually calm")),
        criterion("explain the colours", listed("Colours", "red", "green", "blue", first=40), number="1.2"),
    )
    for question in questions_for(unit):
        assert not {flaw.rule for flaw in review(question, unit, (unit,))} & {"absolute-term", "vague-term"}


def test_an_option_that_another_document_lists_under_the_same_term_is_a_second_true_one():
    resources = asked("Unit 401", "1.1", "choice-*")
    key = next(option for option in resources.options if option.is_key)
    wrong = tuple(Option(text, why="no", span=key.span) for text in ("marketing materials", "vision", "standards"))
    spoilt = replace(resources, options=(replace(key, text="finance"), *wrong))
    found = review(spoilt, unit_called("Unit 401"), sample_units())
    assert any(flaw.rule == "second-true-option" and "marketing materials" in flaw.reason for flaw in found)


@pytest.mark.parametrize("near", ["staff absence", "figures of complaints", "direct feedback from clients", "KPIs"])
def test_a_near_synonym_of_a_listed_point_is_a_second_true_option(near):
    key = next(option for option in GOOD.options if option.is_key)
    wrong = tuple(Option(text, why="no", span=key.span) for text in (near, "rotas, schedules, workloads"))
    single = replace(key, text="listening to calls")
    assert "second-true-option" in rules(replace(GOOD, options=(single, *wrong)))


def test_a_definition_of_the_same_term_in_other_words_is_a_second_true_option():
    meaning = asked("Unit 323", "1.3", "meaning-needs")
    key = next(option for option in meaning.options if option.is_key)
    again = Option("What customers must have or require", why="no", span=key.span)
    others = tuple(option for option in meaning.options if not option.is_key)[:2]
    assert "second-true-option" in rules(replace(meaning, options=(key, again, *others)), "Unit 323")


def test_evidence_listed_for_the_outcome_is_no_wrong_option():
    evidence = asked("Unit 401", "1.1", "evidence-listed")
    key = next(option for option in evidence.options if option.is_key)
    wrong = tuple(Option(text, why="no", span=key.span) for text in ("reflective account", "observation"))
    assert "second-true-option" in rules(replace(evidence, options=(key, *wrong)))


def test_a_point_of_another_criterion_is_found():
    moved = replace(TYPED, expected_points=(ExpectedPoint("x", "finance", TYPED.source),), quantity=1)
    assert "wrong-criterion" in rules(moved)


def test_an_item_whose_guidance_vanished_in_a_new_version_is_held_back():
    before = unit_of(
        criterion("explain the rules", listed("Rules", "wear a badge", "greet people", "log calls")),
        criterion("explain the colours", listed("Colours", "red", "green", "blue", first=40), number="1.2"),
    )
    after = unit_of(criterion("explain the rules"), criterion("explain the colours", number="1.2"))
    for question in questions_for(before):
        found = {flaw.rule for flaw in review(question, after, (after,))}
        if question.kind is QuestionKind.CHOICE and "heading" not in question.stem:
            assert "vanished" in found, question.stem
        if question.kind is QuestionKind.RECALL_LIST:
            assert "definition-scope" in found


def test_the_right_option_has_no_favourite_place():
    tapped = [question for unit in sample_units() for question in questions_for(unit) if question.is_tapped]
    assert key_position_bias(tapped) is None
    first = [choosing("Which one fits?", "red", "blue", "green")] * 30
    found = key_position_bias(first)
    assert found is not None
    assert "30 of 30" in found.reason


def test_no_choice_of_the_sample_documents_offers_a_listed_point_as_wrong():
    for question in questions_of("Unit 323"):
        if question.kind is QuestionKind.CHOICE:
            assert "second-true-option" not in rules(question, "Unit 323")

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.question_bank.item_review.cues import surface_cue
from talkthrough.question_bank.item_review.flaw import Reviewed
from talkthrough.question_bank.items import expected_points, questions_for
from talkthrough.question_bank.items.choice import are_qualities, form_of
from talkthrough.question_bank.items.question import Demand, QuestionKind
from tests.question_bank.items.units import (
    asked,
    criterion,
    has_role,
    listed,
    points,
    questions_of,
    sample_units,
    unit_called,
    unit_of,
)

LABELS = [unit.label for unit in sample_units() if unit.criteria]


@pytest.mark.parametrize("label", LABELS)
def test_each_criterion_has_two_items_that_differ_in_demand_and_in_expected_points(label):
    for one in unit_called(label).criteria:
        made = [question for question in questions_of(label) if question.criterion_key == one.key]
        differing = {(question.demand, tuple(point.key for point in question.expected_points)) for question in made}
        assert len({demand for demand, _ in differing}) >= 2, one.number
        assert len({keys for _, keys in differing}) >= 2, one.number


def test_criteria_with_guidance_have_five_items_or_more():
    for label in ("Unit 401", "Unit 323", "Unit 20"):
        for one in unit_called(label).criteria:
            made = [question for question in questions_of(label) if question.criterion_key == one.key]
            has_material = any(len(guidance.items) > 1 or guidance.text for guidance in one.guidance)
            shown_only = all(guidance.display_only for guidance in one.guidance)
            is_excepted = label == "Unit 20" and one.number in {"3.4", "3.5"}  # their guidance repeats 3.4
            assert len(made) >= 5 or not has_material or shown_only or is_excepted, (label, one.number, len(made))


def test_a_blank_unit_gives_no_question():
    assert questions_of("CS 47") == ()


def test_the_same_unit_always_gives_the_same_questions_and_each_key_once():
    for unit in sample_units():
        made = questions_for(unit)
        assert made == questions_for(unit)
        assert len({question.key for question in made}) == len(made)


def test_keys_come_from_criterion_and_role_and_survive_other_wording_elsewhere():
    first = unit_of(criterion("explain the basis", listed("Resources", "finance", "staff", "materials")))
    keys = {question.key for question in questions_for(first)}
    again = unit_of(criterion("explain the basis", listed("Resources:", "finance", "staff", "materials")))
    assert keys == {question.key for question in questions_for(again)}
    assert all(key.startswith(f"{first.criteria[0].key}:") for key in keys)


def test_quantities_are_those_of_the_documents():
    assert asked("Unit 401", "1.2", "recall-monitoring*").quantity == 3
    assert len(asked("Unit 401", "1.2", "recall-monitoring*").expected_points) == 9
    assert asked("Unit 401", "1.5", "recall-*").quantity == 2
    all_six = asked("Unit 401", "4.1", "recall-*")
    assert (all_six.quantity, all_six.all_required) == (6, True)


@pytest.mark.parametrize(
    ("label", "number", "right"),
    [
        ("Unit 401", "1.2", "three"),
        ("Unit 401", "1.5", "two"),
        ("Unit 401", "4.1", "all six"),
        ("Unit 20", "2.1", "two"),
    ],
)
def test_the_number_asked_for_is_a_question_of_its_own(label, number, right):
    question = asked(label, number, "number")
    assert [option.text for option in question.options if option.is_key] == [right]
    assert question.kind is QuestionKind.REQUIREMENT


def test_the_number_question_names_what_is_counted():
    assert "job roles" in asked("Unit 20", "2.1", "number").stem
    assert "how many methods" in asked("Unit 401", "1.2", "number").stem


def test_unit_323_asks_for_the_observation_and_the_workplace_rule():
    observation = next(question for question in questions_of("Unit 323") if question.key.endswith(":observation"))
    assert [option.text for option in observation.options if option.is_key] == ["once"]
    rule = next(question for question in questions_of("Unit 323") if question.key.endswith(":workplace-rule"))
    assert points(rule) == ["where it can be found", "its relevance to the criteria"]


@pytest.mark.parametrize(
    ("label", "role", "named"),
    [
        ("Unit 323", "range-rule", ["a range of customers", "various situations", "over time"]),
        (
            "Unit 20",
            "presentation-rule",
            ["slides", "handouts", "presenter notes", "learner observation records completed by the tutor"],
        ),
    ],
)
def test_what_a_units_notes_require_is_asked_for_as_printed(label, role, named):
    found = next(question for question in questions_of(label) if question.key.endswith(f":{role}"))
    assert points(found) == named
    assert found.all_required


def test_open_lists_say_in_the_question_that_nothing_else_is_wrong():
    for unit in sample_units():
        for question in questions_for(unit):
            if question.kind is QuestionKind.RECALL_LIST and question.is_open:
                assert "Other answers are welcome" in question.stem
                assert "not wrong" in question.feedback


def test_choice_stems_claim_no_more_than_that_the_document_lists_it():
    for unit in sample_units():
        for question in questions_for(unit):
            if question.kind is QuestionKind.CHOICE:
                assert "guidance list" in question.stem or "stands in the gap" in question.stem


def test_each_wrong_option_says_by_which_lines_it_is_wrong():
    for unit in sample_units():
        for question in questions_for(unit):
            for option in question.options:
                assert option.why
                assert option.span is not None
                assert unit.span.first <= option.span.first <= unit.span.last


def test_monitoring_techniques_are_never_set_against_sources_that_repeat_them():
    sources = {"sales figures", "returns/complaints figures", "achievement of targets, KPIs etc"}
    for question in questions_of("Unit 401"):
        if question.criterion_number == "1.2" and question.kind is QuestionKind.CHOICE:
            assert not sources & {option.text for option in question.options if not option.is_key}


def test_wants_needs_and_expectations_stand_side_by_side():
    question = asked("Unit 323", "1.3", "situation-must-have")
    assert {"Wants", "Needs", "Expectations"} <= {option.text for option in question.options}
    assert [option.text for option in question.options if option.is_key] == ["Needs"]


def test_p3_is_a_sequence_of_identify_assess_develop():
    question = asked("CFACSB13", "P3", "sequence")
    assert [option.text for option in question.options if option.is_key] == ["identify, assess, develop"]


def test_in_criterion_enumerations_are_asked_for_plainly():
    question = asked("CS 43", "2.4", "recall-criterion")
    assert question.stem == "AC 2.4 asks you to develop a plan that specifies six things. Which six?"
    assert asked("Unit 401", "2.4", "recall-criterion").stem.endswith("asks you to specify four things. Which four?")
    assert question.quantity == 6
    assert points(asked("CS 37", "4.5", "recall-criterion")) == [
        "historical data",
        "competitor performance",
        "industry norms",
    ]


@pytest.mark.parametrize(("label", "number"), [("Unit 323", "1.3"), ("CS 40", "1.6"), ("CS 43", "2.2")])
def test_the_few_nouns_of_a_criterion_are_not_recited(label, number):
    assert not has_role(label, number, "recall-criterion")
    assert not has_role(label, number, "set-criterion")


def test_sub_points_are_asked_for_as_a_list_of_all():
    question = asked("Unit 20", "1.2", "recall-criterion")
    assert points(question) == ["customer satisfaction", "financial considerations", "legislation"]
    assert question.all_required


def test_guidance_in_prose_asks_for_its_hidden_requirements():
    named = points(asked("Unit 20", "2.1", "guidance-steps"))
    assert "complete a self-assessment of their skills" in named
    assert any("at least two different job roles" in text for text in named)


def test_thin_criteria_get_verb_and_workplace_framed_items_only_and_are_marked():
    allowed = {QuestionKind.VERB_DRILL, QuestionKind.SHORT_ANSWER, QuestionKind.WORKPLACE, QuestionKind.SEQUENCE}
    for unit in sample_units():
        thin = [question for question in questions_for(unit) if question.is_thin]
        assert {question.kind for question in thin} <= allowed
    assert all(question.is_thin for question in questions_of("CS 45") if question.criterion_number == "3.6")


def test_a_misprinted_number_is_shown_with_what_is_printed():
    question = asked("CS 45", "3.6", "short")
    assert question.stem.startswith("AC 3.6 (printed as 1.6)")


def test_the_answer_framed_by_assess_asks_for_both_sides_and_a_judgement():
    slots = {point.slot for point in asked("Unit 401", "1.2", "short").expected_points}
    assert slots == {"strength", "weakness", "judgement", "reason"}


def test_competence_criteria_ask_for_one_real_event_and_for_its_record():
    assert {point.slot for point in asked("Unit 401", "3.1", "workplace").expected_points} == {
        "real_event",
        "when",
        "own_action",
        "result",
    }
    assert "Use roles, not names" in asked("Unit 401", "3.1", "workplace").stem
    assert has_role("Unit 401", "3.1", "record")


def test_recall_below_the_verb_is_called_support():
    assert asked("Unit 401", "1.2", "recall-*").supports == "Support only: AC 1.2 asks you to assess."
    assert asked("Unit 401", "1.2", "recall-*").demand is Demand.RECALL


def test_verb_drills_offer_one_outline_that_does_what_the_verb_asks():
    drill = asked("Unit 401", "1.2", "verb")
    key = next(option.text for option in drill.options if option.is_key)
    assert "judges" in key.lower()


def test_expected_points_list_what_is_published_then_the_verbs_slots():
    unit = unit_called("Unit 401")
    one = next(criterion for criterion in unit.criteria if criterion.number == "1.2")
    found = expected_points(one, unit)
    assert [point.key for point in found[:2]] == [
        f"{one.key}/listening-to-calls",
        f"{one.key}/reviewing-written-communication",
    ]
    assert [point.key for point in found if not point.is_published] == [
        f"{one.key}/slot-{slot}" for slot in ("strength", "weakness", "judgement", "reason")
    ]


def test_guidance_for_display_only_gives_no_point_and_no_question():
    unit = unit_called("Unit 323")
    one = next(criterion for criterion in unit.criteria if criterion.number == "2.1")
    assert not [point for point in expected_points(one, unit) if point.is_published]
    assert not has_role("Unit 323", "2.1", "definition")


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60).filter(str.strip),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    st.integers(1, 6) | st.none(),
    st.booleans(),
)
def test_any_list_gives_questions_whose_quantity_can_be_met(texts, required, is_open):
    unit = unit_of(
        criterion("assess the methods", listed("Methods", *texts, is_open=is_open), required_items=required),
        criterion("explain the colours", listed("Colours", "red", "green", "blue", first=40), number="1.2"),
    )
    for question in questions_for(unit):
        keys = [option for option in question.options if option.is_key]
        assert len(keys) == (1 if question.options else 0)
        published = [point for point in question.expected_points if point.is_published]
        assert question.quantity is None or question.quantity <= max(len(published), 1)


def test_a_choice_of_what_matters_most_names_what_there_is_to_choose_from():
    assert not has_role("Unit 323", "1.6", "priority")  # "how to analyse the customer journey" is one topic
    assert "the list “Resources”" in asked("Unit 401", "1.1", "priority").stem
    assert "staff training, experience, personality or customer service" in asked("Unit 20", "2.4", "priority").stem
    assert "names “methods”" in asked("Unit 20", "4.2", "priority").stem


def test_only_what_was_done_is_asked_for_its_record():
    for unit in sample_units():
        kinds = {one.key: one.kind for one in unit.criteria}
        records = {question.criterion_key for question in questions_for(unit) if question.key.endswith(":record")}
        assert {kinds[key] for key in records} <= {"competence-doing"}


def test_to_identify_names_the_object_and_invents_no_number():
    assert "Say which areas you found" in asked("Unit 323", "3.3", "short").stem
    assert "Say what you found" in asked("CS 44", "2.2", "short").stem
    for unit in sample_units():
        assert not [question for question in questions_for(unit) if "Name two that" in question.stem]


def test_feedback_does_not_repeat_what_the_slots_say():
    for unit in sample_units():
        assert not [question for question in questions_for(unit) if "Look for" in question.feedback]


def test_what_may_stay_at_work_is_asked_in_plain_words():
    question = asked("Unit 323", "2.1", "evidence-workplace")
    assert "let you leave at your workplace" in question.stem
    for unit in sample_units():
        for one in questions_for(unit):
            texts = (one.stem, one.feedback, *(option.why for option in one.options))
            assert not [text for text in texts if "star" in text.split()]


def test_wrong_options_of_a_single_choice_are_of_the_same_kind_as_the_key():
    flyers = asked("Unit 323", "1.1", "choice-*")
    assert not {"age", "self", "style"} & {option.text for option in flyers.options}
    for unit in sample_units():
        for question in questions_for(unit):
            if ":choice-" in question.key:
                assert len({form_of(option.text) for option in question.options}) == 1


def test_shared_guidance_is_asked_under_the_criterion_that_it_is_about():
    trained = points(asked("Unit 20", "2.3", "guidance-steps"))
    assert [text.split()[0] for text in trained] == ["examine", "assess"]
    assert not has_role("Unit 20", "2.4", "guidance-")
    assert not has_role("Unit 20", "2.3", "recall-prose")
    assert not has_role("Unit 20", "4.1", "guidance-consider")
    assert has_role("Unit 20", "4.2", "guidance-consider")
    assert not has_role("Unit 20", "4.2", "guidance-steps")


def test_what_fits_both_criteria_of_shared_guidance_is_asked_under_each():
    assert has_role("Unit 20", "3.2", "guidance-consider")
    assert has_role("Unit 20", "3.3", "guidance-consider")


def test_a_set_of_qualities_is_never_set_against_sets_of_things():
    assert not has_role("CS 43", "2.1", "set-criterion")
    for unit in sample_units():
        for question in questions_for(unit):
            if ":set-" in question.key:
                assert len({are_qualities(option.text.split(", ")) for option in question.options}) == 1


def test_every_option_of_a_competence_drill_has_the_form_of_the_right_one():
    for unit in sample_units():
        doing = {one.key for one in unit.criteria if one.kind == "competence-doing"}
        for question in questions_for(unit):
            if question.key.endswith(":verb") and question.criterion_key in doing:
                assert not surface_cue(Reviewed(question, unit, (unit,)))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Compare at least two systems for checking safety", "names “systems”"),
        ("Evaluate three ways of heating water", "names “ways”"),
    ],
)
def test_a_choice_of_what_matters_most_does_not_quote_the_number(text, says):
    made = questions_for(unit_of(criterion(text)))
    assert [question for question in made if question.key.endswith(":priority") and says in question.stem]


@pytest.mark.parametrize(
    "text",
    [
        "Analyse the advantages and disadvantages of two methods",
        "Describe the symptoms of a reaction",
        "Describe activities that add value",
        "List the main parts of a brake",
    ],
)
def test_nobody_is_asked_which_side_or_which_thing_to_be_described_matters_most(text):
    assert not [one for one in questions_for(unit_of(criterion(text))) if one.key.endswith(":priority")]


def test_things_are_described_by_what_they_are_like_and_not_by_an_order():
    (question,) = [
        one for one in questions_for(unit_of(criterion("describe the symptoms"))) if one.key.endswith(":short")
    ]
    assert "order" not in question.stem
    assert {point.slot for point in question.expected_points} == {"example"}


def test_to_list_or_state_is_answered_in_a_few_words_and_not_by_an_explanation():
    for text in ("list the main parts", "state the legal limit"):
        made = questions_for(unit_of(criterion(text)))
        (short,) = [one for one in made if one.key.endswith(":short")]
        assert "in a few words" in short.stem
        assert "because" not in short.stem

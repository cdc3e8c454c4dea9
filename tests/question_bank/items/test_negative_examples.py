"""model-questions.md section N: a generator that makes one of these has failed, and a reviewer lets none pass."""

import re
from dataclasses import replace

from talkthrough.question_bank.item_review import review
from talkthrough.question_bank.items import questions_for
from talkthrough.question_bank.items.question import ExpectedPoint, Option, Question, QuestionKind
from tests.question_bank.items.units import asked, points, questions_of, sample_units, unit_called


def everything(question: Question) -> str:
    texts = [question.stem, question.feedback, question.supports, *points(question)]
    return " ".join([*texts, *(option.text for option in question.options)])


def rules(question: Question, label: str) -> set[str]:
    return {flaw.rule for flaw in review(question, unit_called(label), sample_units())}


def naming(question: Question, *texts: str) -> Question:
    named = tuple(ExpectedPoint(f"{question.criterion_key}/{text}", text, question.source) for text in texts)
    return replace(question, kind=QuestionKind.RECALL_LIST, expected_points=named, quantity=len(named))


def test_401_1_4_is_not_asked_for_the_monitoring_techniques_of_1_2():
    for question in questions_of("Unit 401"):
        if question.criterion_number == "1.4":
            assert "listening to calls" not in everything(question)
    borrowed = naming(asked("Unit 401", "1.4", "short"), "listening to calls", "use of mystery shoppers")
    assert "wrong-criterion" in rules(borrowed, "Unit 401")


def test_the_social_techniques_belong_to_1_6():
    for question in questions_of("Unit 401"):
        if question.criterion_number == "1.4":
            assert "social techniques" not in everything(question)
    borrowed = naming(asked("Unit 401", "1.4", "short"), "social techniques")
    assert "wrong-criterion" in rules(borrowed, "Unit 401")


def test_no_stem_asks_which_is_not():
    for unit in sample_units():
        for question in questions_for(unit):
            own = re.sub("“[^”]*”", "", question.stem)
            assert not (question.is_tapped and re.search(r"\b(?:NOT|not|except)\b", own)), question.stem
    listed = asked("Unit 323", "2.6", "set-*")
    negative = replace(listed, stem="Which is NOT a service failure?")
    assert {"negative-stem", "open-list-negative"} <= rules(negative, "Unit 323")


def test_the_resources_of_323_are_not_asked_for_in_401():
    for question in questions_of("Unit 401"):
        if "Resources" in question.stem:
            assert not {"documents", "marketing materials"} & set(points(question))
    borrowed = naming(asked("Unit 401", "1.1", "recall-resources"), "staff", "documents", "marketing materials")
    assert "definition-scope" in rules(borrowed, "Unit 401")


def test_the_reviewers_note_is_no_criterion():
    for question in questions_of("CS 45"):
        assert "requires definitions" not in everything(question)
    stray = replace(asked("CS 45", "1.4", "short"), criterion_key="note")
    assert "unknown-criterion" in rules(stray, "CS 45")


def test_the_blank_template_unit_is_not_asked_about():
    assert questions_of("CS 47") == ()
    stray = replace(asked("CS 46", "1.1", "short"), stem="CS 47 1.1: ?")
    assert "unknown-criterion" in rules(stray, "CS 47")


def test_nothing_states_a_decision():
    for unit in sample_units():
        for question in questions_for(unit):
            own = re.sub("“[^”]*”", "", f"{question.feedback} {question.supports} {question.stem}")
            assert not re.search(r"\b(?:met|pass|passed|competent|achieved|sufficient)\b", own), own
    deciding = replace(asked("Unit 401", "1.2", "short"), feedback="You have met 401 1.2!")
    assert "verdict" in rules(deciding, "Unit 401")


def test_closed_and_leading_questions_are_held_back():
    leading = replace(asked("Unit 401", "1.2", "short"), stem="Do you agree that monitoring is important?")
    assert "closed-question" in rules(leading, "Unit 401")


def test_no_starter_paragraph_is_written_for_the_learner():
    for unit in sample_units():
        for question in questions_for(unit):
            own = re.sub("“[^”]*”", "", question.stem)
            assert not re.search(r"\b(?:I|we|my|our)\b", own), own
    starter = "As a customer service manager I utilise a range of monitoring methods. Go on from here."
    assert "writes-for-the-learner" in rules(replace(asked("Unit 401", "1.2", "short"), stem=starter), "Unit 401")


def test_the_two_nos_titles_are_not_run_together():
    for question in questions_of("Unit 323"):
        assert "CFACSB" not in everything(question)


def test_a_markup_asterisk_is_not_the_workplace_star():
    for question in questions_of("CFACSB13"):
        assert "You must be able to" not in everything(question)
        assert "star" not in question.stem.split()


def test_it_failure_is_not_offered_as_wrong_for_service_failure():
    for question in questions_of("Unit 323"):
        if "“Service failure”" in question.stem:
            assert "IT failure" not in {option.text for option in question.options if not option.is_key}
    listed = asked("Unit 323", "2.6", "set-*")
    wrong = replace(listed.options[0], text="IT failure", is_key=False)
    key = next(option for option in listed.options if option.is_key)
    spoilt = replace(listed, options=(key, wrong, Option("rotas", why="no", span=key.span)))
    assert "second-true-option" in rules(spoilt, "Unit 323")

from talkthrough.question_bank.exchange import to_gift
from tests.question_bank.exchange.gift_reader import read_gift
from tests.question_bank.exchange.samples import NASTY, NASTY_TAPPED, QUESTIONS, TAPPED, TYPED, UNIT


def test_each_question_is_read_back_with_its_options_and_reasons():
    category, found = read_gift(to_gift(QUESTIONS, UNIT))
    assert category == "Talkthrough/Unit 401"
    assert [one.stem for one in found] == [question.stem for question in QUESTIONS]
    for one, question in zip(found, QUESTIONS, strict=True):
        assert [(answer.is_right, answer.text, answer.remark) for answer in one.answers] == [
            (option.is_key, option.text, option.why) for option in question.options
        ]


def test_special_characters_are_escaped():
    _, (one,) = read_gift(to_gift((NASTY_TAPPED,), UNIT))
    assert one.stem == NASTY
    assert [answer.text for answer in one.answers] == [option.text for option in NASTY_TAPPED.options]
    assert one.remark.startswith(NASTY)


def test_written_answers_are_essays_whose_points_stand_in_a_remark():
    _, (one,) = read_gift(to_gift((TYPED,), UNIT))
    assert one.answers == []
    assert "listening to calls" in " ".join(one.comments)


def test_provenance_travels_in_tags_and_in_the_feedback():
    text = to_gift((TAPPED,), UNIT)
    assert f"[id:{TAPPED.key}]" in text
    assert "[tag:lines-32-42]" in text
    assert "not assessed" in text

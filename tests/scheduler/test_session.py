from dataclasses import replace
from itertools import pairwise
from time import process_time

from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Question, QuestionKind
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.scheduler.memory import MemoryState
from talkthrough.scheduler.session import CardView, QuestionView, compose, leeches

TODAY = 20_000
LEARNT = MemoryState(30.0, 5.0, TODAY - 3)
FADED = MemoryState(2.0, 5.0, TODAY - 30)
FORGOTTEN = MemoryState(0.5, 7.0, TODAY - 30)


def choice(key: str, criterion: str = "c1", kind: QuestionKind = QuestionKind.CHOICE) -> QuestionView:
    return QuestionView(key, kind, criterion, (key,), 1, is_tapped=True)


def recall_list(key: str, cards: int, asks_for: int, criterion: str = "c1") -> QuestionView:
    keys = tuple(f"p{number}" for number in range(cards))
    return QuestionView(key, QuestionKind.RECALL_LIST, criterion, keys, asks_for)


def many(number: int, criteria: int = 8) -> list[QuestionView]:
    kinds = (QuestionKind.CHOICE, QuestionKind.DEFINITION, QuestionKind.RECALL_LIST)
    return [choice(f"q{n}", f"c{n % criteria}", kinds[n % 3]) for n in range(number)]


def asked(questions, cards=(), budget=10, exam_in: int | None = 30, **more) -> tuple[str, ...]:
    exam_day = None if exam_in is None else TODAY + exam_in
    return compose(cards, questions, today=TODAY, exam_day=exam_day, budget=budget, **more)


def test_a_session_keeps_to_its_budget_and_asks_nothing_twice():
    session = asked(many(100), budget=12)
    assert len(session) == len(set(session)) == 12


def test_the_same_input_gives_the_same_session():
    assert asked(many(100)) == asked(many(100))


def test_without_a_date_only_what_is_due_or_new_is_asked():
    cards = [CardView("learnt", LEARNT), CardView("faded", FADED)]
    questions = [choice("learnt", "c1"), choice("faded", "c2"), choice("new", "c3")]
    assert set(asked(questions, cards, exam_in=None)) == {"faded", "new"}


def test_without_a_date_the_most_forgotten_come_first_when_the_budget_is_short():
    cards = [CardView("learnt", LEARNT), CardView("faded", FADED), CardView("forgotten", FORGOTTEN)]
    questions = [choice(card.key, card.key) for card in cards]
    assert asked(questions, cards, exam_in=None, budget=1) == ("forgotten",)


def test_a_date_that_has_come_means_no_date():
    cards = [CardView("learnt", LEARNT)]
    assert asked([choice("learnt")], cards, exam_in=0) == ()
    assert asked([choice("learnt")], cards, exam_in=1) == ("learnt",)


def test_a_card_answered_today_is_left_alone_and_so_is_a_question_asked_today():
    cards = [CardView("a", MemoryState(1.0, 5.0, TODAY))]
    assert asked([choice("a", "c1"), choice("b", "c2")], cards) == ("b",)
    assert asked([choice("b", "c2")], recently_asked={"b": TODAY}) == ()


def test_two_questions_about_the_same_memories_are_not_asked_in_one_session():
    assert asked([recall_list("list", 3, 3), recall_list("sequence", 3, 3)]) == ("list",)


def test_the_variant_that_was_asked_least_recently_is_chosen():
    variants = [recall_list("list", 3, 3), recall_list("sequence", 3, 3)]
    assert asked(variants, recently_asked={"list": TODAY - 4, "sequence": TODAY - 9}) == ("sequence",)
    assert asked(variants, recently_asked={"list": TODAY - 9, "sequence": TODAY - 4}) == ("list",)


def test_siblings_stand_apart_and_criteria_take_turns():
    questions = [choice(f"{criterion}{n}", criterion) for criterion in "abc" for n in range(5)]
    by_key = {question.key: question.criterion_key for question in questions}
    session = asked(questions, budget=9)
    assert all(by_key[one] != by_key[other] for one, other in pairwise(session))
    assert {by_key[key] for key in session} == {"a", "b", "c"}


def test_no_criterion_takes_a_session_over_while_others_have_questions():
    questions = [choice(f"a{n}", "a") for n in range(50)] + [choice(f"b{n}", f"b{n}") for n in range(9)]
    session = asked(questions, budget=10)
    assert sum(key.startswith("a") for key in session) == 1


def test_a_criterion_comes_twice_only_where_others_have_too_few_questions():
    questions = [choice(f"{criterion}{n}", criterion) for criterion in "abcd" for n in range(5)]
    assert sorted(key[0] for key in asked(questions, budget=4)) == ["a", "b", "c", "d"]
    assert len(asked(questions, budget=7)) == 7


def test_a_passage_whose_answer_was_shown_is_not_asked_again_while_there_is_another():
    same = [replace(choice(f"s{n}", f"c{n}"), source=SourceSpan(10, 14 + n)) for n in range(4)]
    other = [replace(choice(f"o{n}", "c9"), source=SourceSpan(50 + n, 50 + n)) for n in range(4)]
    session = asked(same + other, budget=5)
    assert sum(key.startswith("s") for key in session) == 1
    assert len(asked(same, budget=3)) == 3  # nothing else is left


RESOURCES = (frozenset({"finance"}), frozenset({"staff", "rotas"}), frozenset({"materials"}))


def test_a_list_that_is_printed_twice_is_asked_once_in_a_sitting_unless_nothing_else_is_left():
    twice = [replace(choice(f"twice{n}", f"c{n}", QuestionKind.RECALL_LIST), printed=RESOURCES) for n in range(2)]
    harder = [choice(f"o{n}", f"c{n % 3}", QuestionKind.VERB_DRILL) for n in range(9)]
    session = asked(twice + harder, budget=10)
    assert len(session) == 10
    assert sum(key.startswith("twice") for key in session) == 1
    assert len(asked(twice, budget=10)) == 2


def test_a_definition_in_almost_the_same_words_is_the_same_one():
    one = frozenset(["the", "customer", "service", "offer", "says", "what", "the", "organisation", "will", "do"])
    other = one - {"customer"}
    views = [replace(choice("q1", "c1"), printed=(one,)), replace(choice("q2", "c2"), printed=(other,))]
    assert sum(key in {"q1", "q2"} for key in asked([*views, choice("q3", "c3")], budget=2)) == 1


def test_a_session_mixes_kinds():
    lists = [choice(f"l{n}", f"c{n}", QuestionKind.RECALL_LIST) for n in range(30)]
    choices = [choice(f"t{n}", f"c{n}") for n in range(30)]
    session = asked(lists + choices, budget=10)
    assert sum(key.startswith("t") for key in session) == 4


def test_harder_kinds_wait_until_recall_of_the_easier_ones_holds():
    questions = [choice("easy"), choice("drill", kind=QuestionKind.VERB_DRILL), choice("other", "c2")]
    fresh = asked(questions, budget=2)
    later = asked(questions, [CardView("easy", LEARNT), CardView("other", LEARNT)], budget=2)
    assert set(fresh) == {"easy", "other"}
    assert "drill" in later


def test_harder_kinds_do_not_wait_when_nothing_else_is_left_or_the_date_is_near():
    drill = choice("drill", kind=QuestionKind.VERB_DRILL)
    assert asked([choice("easy"), drill]) == ("easy", "drill")
    assert "drill" in asked([drill, *(choice(f"q{n}", f"c{n}") for n in range(20))], budget=11, exam_in=2)


def test_a_session_starts_with_what_is_likeliest_to_be_known():
    cards = [CardView("known", LEARNT), CardView("faded", FADED)]
    questions = [choice("new", "c1"), choice("faded", "c2"), choice("known", "c3")]
    assert asked(questions, cards, exam_in=3)[0] == "known"


def test_a_fifth_of_a_session_is_new_while_there_is_something_new():
    cards = [CardView(f"q{n}", FORGOTTEN) for n in range(40)]
    for exam_in in (None, 60):
        session = asked([choice(f"q{n}", f"c{n % 5}") for n in range(80)], cards, budget=10, exam_in=exam_in)
        assert sum(int(key[1:]) >= 40 for key in session) >= 2


def test_new_questions_are_met_in_time():
    cards = [CardView(f"q{n}", FADED) for n in range(40)]
    questions = [choice(f"q{n}", f"c{n % 5}") for n in range(48)]
    met = asked(questions, cards, budget=10, exam_in=1)
    assert {f"q{n}" for n in range(40, 48)} <= set(met)


def test_stubborn_items_take_at_most_a_fifth_of_a_session():
    cards = [CardView(f"q{n}", FORGOTTEN, recent_misses=3) for n in range(20)]
    session = asked(many(60), cards, budget=10, exam_in=None)
    stubborn = set(leeches(cards))
    assert sum(key in stubborn for key in session) == 2


def test_a_list_that_asks_for_three_of_nine_counts_as_known_once_three_are():
    cards = [CardView(f"p{n}", MemoryState(30.0, 5.0, TODAY - 1)) for n in range(3)]
    questions = [recall_list("some", 9, 3), choice("faded", "c2")]
    assert asked(questions, [*cards, CardView("faded", FADED)], budget=1) == ("faded",)
    assert asked(questions, [CardView("faded", FADED)], budget=1) == ("some",)
    assert asked(questions, cards, exam_in=None) == ("faded",)


def test_easier_kinds_are_met_before_harder_ones():
    questions = [choice(f"drill{n}", f"c{n}", QuestionKind.VERB_DRILL) for n in range(20)]
    questions += [choice(f"easy{n}", f"d{n}") for n in range(6)]
    assert sum(key.startswith("easy") for key in asked(questions, budget=10, exam_in=2)) == 6


def test_the_view_of_a_question_asks_for_its_quantity_of_its_points():
    span = SourceSpan(1, 1)
    points = tuple(ExpectedPoint(f"p{n}", "", span) for n in range(9))
    question = Question("q", QuestionKind.RECALL_LIST, "?", "c", "1.2", span, Demand.RECALL, points, quantity=3)
    assert QuestionView.of(question) == replace(recall_list("q", 9, 3, "c"), source=span)


def test_composing_is_quick_enough_to_be_done_while_a_learner_waits():
    cards = [CardView(f"q{n}", MemoryState(1 + n % 50, 1 + n % 9, TODAY - 1 - n % 40)) for n in range(0, 2000, 2)]
    for number, limit in ((400, 0.020), (2000, 0.100)):
        started = process_time()
        assert len(asked(many(number, 40), cards[: number // 2], budget=20)) == 20
        assert process_time() - started < 2 * limit  # the figure itself is checked on a quiet machine by the benchmark

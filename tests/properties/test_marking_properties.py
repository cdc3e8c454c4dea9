"""What holds for every answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from talkthrough.question_bank.marking.matching import prepare
from talkthrough.question_bank.marking.phrasings import shipped_entries
from tests.question_bank.marking.questions import MONITORING, UNIT_401, covered, marked, points

UNRELATED = ("banana", "purple", "volcano", "guitar", "penguin", "marmalade", "tractor", "umbrella")
SAYINGS = tuple(
    way for unit, text, said, _ in shipped_entries() if unit == UNIT_401 and text in MONITORING for way in said
    if not (ready := prepare(way, frozenset(), 1.0)) or not ready.bare
)  # fmt: skip
sayings = st.sampled_from(SAYINGS)
filler = st.lists(st.sampled_from(UNRELATED), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(sayings, filler, filler)
def test_unrelated_words_never_remove_a_covered_point(saying: str, before: str, after: str) -> None:
    assert covered(saying) <= covered(f"{before} {saying} {after}")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(sayings, min_size=2, max_size=4, unique=True).flatmap(
        lambda each: st.tuples(st.just(each), st.permutations(each))
    )
)
def test_the_order_of_independent_sentences_does_not_matter(both: tuple[list[str], list[str]]) -> None:
    one, other = both
    assert covered(". ".join(one)) == covered(". ".join(other))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_marked_and_words_are_verbatim(answer: str) -> None:
    found = marked(answer)
    assert len(found.points) == len(MONITORING)
    everything = [each.words for each in found.points if each.words] + list(found.others)
    assert all(answer[words.start : words.end] == words.text for words in everything)
    assert all(0 <= each.confidence <= 1 for each in found.points)


@settings(max_examples=40, deadline=None)
@given(sayings)
def test_the_same_answer_gives_the_same_mark(saying: str) -> None:
    assert points(saying) == points(saying)
    assert covered(saying) <= covered(saying.upper())

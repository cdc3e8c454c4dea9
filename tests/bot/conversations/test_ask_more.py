"""A list that more is asked for says what was counted of the answer, and gives no point of the document away."""

from talkthrough.bot.conversations.dialogue import step
from talkthrough.bot.conversations.effects import Say
from talkthrough.bot.conversations.events import Who
from talkthrough.bot.conversations.results import AnswerChecked
from talkthrough.bot.conversations.states import Answering
from talkthrough.bot.telegram.views import text_of
from talkthrough.question_bank.items.question import Demand, ExpectedPoint, Question, QuestionKind
from talkthrough.question_bank.marking.model import Mark, PointMark, PointState, Words
from talkthrough.question_bank.specification import SourceSpan

LINE = SourceSpan(1, 1)
LISTED = ("targets", "standards", "the procedures", "objectives")
POINTS = tuple(ExpectedPoint(f"p{place}", text, LINE) for place, text in enumerate(LISTED))


def asked_more(*marks: PointMark, others: tuple[str, ...] = (), more: int = 1, is_open: bool = True) -> str:
    question = Question(
        "q",
        QuestionKind.RECALL_LIST,
        "Which four?",
        "c",
        "2.5",
        LINE,
        Demand.RECALL,
        POINTS,
        quantity=4,
        is_open=is_open,
    )
    mark = Mark(marks, others=tuple(Words(0, len(text), text) for text in others))
    event = AnswerChecked(4, question, "Unit 401", mark, still_asked_for=more)
    _, (said,) = step(Answering(4), event, Who("Kim", has_seen_privacy=True))
    assert isinstance(said, Say)
    return text_of(said.view, said.values)


def point(place: int, state: PointState, band: str, words: str | None) -> PointMark:
    quoted = Words(0, len(words), words) if words else None
    return PointMark(f"p{place}", state, band, 0.5, quoted, "test")  # type: ignore[arg-type]


TARGETS = point(0, PointState.COVERED, "sure yes", "targets")


def test_what_is_listed_what_is_not_and_what_is_unsure_are_told_apart() -> None:
    unsure = point(1, PointState.COVERED, "unsure", "our rules")
    said = asked_more(TARGETS, unsure, point(2, PointState.NOT_MENTIONED, "sure no", None), others=("a <b>rota</b>",))
    assert "✓ targets" in said
    assert "not on the unit's list: “a &lt;b&gt;rota&lt;/b&gt;”" in said.replace("&#39;", "'")
    assert "I am not sure: “our rules”" in said
    assert "asks for 1 more" in said


def test_no_point_that_is_still_to_be_named_is_given_away() -> None:
    unsure = point(1, PointState.PARTIAL, "sure yes", "our rules")
    said = asked_more(TARGETS, unsure, more=2)
    assert not {"standards", "procedures", "objectives"} & set(said.replace("“", " ").replace("”", " ").split())


def test_what_does_not_count_is_not_said_to_be_counted() -> None:
    assert "rota" not in asked_more(TARGETS, others=("a rota",), is_open=False)

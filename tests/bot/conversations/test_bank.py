"""The step function in a tutor's hands: whatever happens, states can be kept, buttons fit, and learners get nowhere."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.conversations import bank_effects as f
from talkthrough.bot.conversations import bank_results as r
from talkthrough.bot.conversations import events as e
from talkthrough.bot.conversations.bank_views import _without_criterion
from talkthrough.bot.conversations.dialogue import step
from talkthrough.bot.conversations.effects import Effect, Say
from talkthrough.bot.conversations.fetching import FetchedFile
from talkthrough.bot.conversations.states import (
    STATES,
    Importing,
    ImportingTable,
    NamingWords,
    Resting,
    State,
    Wording,
    WritingQuestion,
)
from talkthrough.bot.telegram.views import TEXT_LIMIT, text_of
from talkthrough.question_bank.item_statistics import ItemStatistics
from talkthrough.question_bank.items.question import Demand, Option, Question, QuestionKind
from talkthrough.question_bank.specification import SourceSpan
from talkthrough.storage.bank_items import STATES as STATES_OF_ITEMS
from talkthrough.storage.tables import Role

LEARNER = e.Who("Kim", frozenset({Role.LEARNER}), has_seen_privacy=True)
ASSESSOR = e.Who("Ali", frozenset({Role.ASSESSOR}), has_seen_privacy=True)
TUTOR = e.Who("Sam", frozenset({Role.TUTOR}), has_seen_privacy=True)
STATES_TO_TRY: list[State] = [
    Importing((1, 2), "a.txt"),
    Importing((1, 2), "a.txt", ((0, "1.1", "1.2", True),), (0, "1.3", "1.3")),
    ImportingTable(3),
    Wording("q1", "question"),
    Wording("q1", "option A", "new words"),
    WritingQuestion(1, 0),
    WritingQuestion(1, 0, "Which?", "this"),
    NamingWords(4),
    NamingWords(handle="q1", point=2),
    Resting(),
]
HOSTILE = "<b>&</i>{{ 7 * 7 }}"
QUESTION = Question(
    "k:own-1", QuestionKind.CHOICE, HOSTILE, "k", "1.2", SourceSpan(1, 2), Demand.RECALL,
    options=(Option("a", is_key=True), Option(HOSTILE, why=HOSTILE), Option("c", why="w")),
)  # fmt: skip
FIGURES = ItemStatistics(12, 11, 10, 0.5, 0.25, (4, 5, 2))
UNIT = r.UnitPreview(HOSTILE, HOSTILE, 3, (("1", 3), ("2", 0)), "1 added")
RESULTS = (
    r.SpecificationRead("f", (1, 2), (UNIT,), (HOSTILE,), (HOSTILE,)),
    r.SpecificationRead("f", (1, 2), (UNIT,) * 5),
    r.SpecificationRead("f", problem=HOSTILE),
    r.ReadingShown(0, UNIT, 1, HOSTILE, ((HOSTILE, (HOSTILE,)),), 0, 2),
    r.ReadingShown(0, UNIT),
    r.MatchUncertain(0, "Unit 7", ("1.1", HOSTILE), ("1.1", "b"), 2),
    r.SpecificationAdded((("Unit 7", 1, 2),)),
    r.SpecificationAdded(((HOSTILE, 1, 2),), ((5, HOSTILE, (HOSTILE, "B")),)),
    r.BankOpened((r.BankUnitChoice(1, HOSTILE, HOSTILE),), 2, 1),
    r.BankUnitOpened(1, "U", HOSTILE, (("1.1", 3),), tuple((state, 1) for state in STATES_OF_ITEMS), "f"),
    r.ItemsListed(1, "U", "1.1", HOSTILE, (r.ItemLine("q1", "choice", HOSTILE, "draft"),), 0, "", 1, 3),
    r.ItemsListed(1, "U", "draft", "", (), None, "draft", 0, 1),
    r.ItemOpened("q1", QUESTION, "U", 1, 0, "held back", 2, (HOSTILE,), FIGURES, (HOSTILE,), (HOSTILE,), "q2", HOSTILE),
    r.WordingTried("q1", "option A", HOSTILE, HOSTILE, flaws=(HOSTILE,)),
    r.WordingTried("q1", "option A", "", HOSTILE),
    r.WordingTried("q1", "option A", HOSTILE, HOSTILE, problem=HOSTILE),
    r.OwnTried(problem="The question is empty."),
    r.OwnTried(question=QUESTION, flaws=(HOSTILE,)),
    r.ReportShown(1, "q1", "U", HOSTILE, HOSTILE, "1 May", 3, "Settled."),
    r.ReportShown(),
    r.DisagreementShown(1, "U", HOSTILE, HOSTILE, HOSTILE, HOSTILE, "not mentioned", 2),
    r.DisagreementShown(),
    r.WordingsShown("q1", ((1, "document", HOSTILE), (2, "tutor", HOSTILE))),
    r.WordsShown("q1", HOSTILE, ((HOSTILE, ((1, HOSTILE),)),), HOSTILE),
    r.BankFileSent("U", "csv", 3),
    r.BankFileSent("U", "apkg", 0),
    r.TableRead("f", 1, "U", (HOSTILE,), (HOSTILE,), 3, 2),
    r.TableRead("f", problems=(HOSTILE,)),
    r.TableRead("f", unit_label="U", unchanged=4),
    r.TableImported("U", 1, 2, 1),
    r.NotThere(),
)  # fmt: skip
PARTS = [
    "b",
    "bank",
    "spec",
    "u",
    "c",
    "s",
    "i",
    "ok",
    "ret",
    "word",
    "save",
    "own",
    "keep",
    "rep",
    "repok",
    "dis",
    "disok",
    "disno",
    "distype",
    "files",
    "file",
    "csv",
    "points",
    "old",
    "take",
    "addw",
    "delw",
    "yes",
    "no",
    "same",
    "other",
    "unit",
    "outcome",
    "news",
    "import",
    "approved",
    "1",
    "0",
    "x",
    "",
]
taps = st.builds(e.Tapped, st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map(tuple), st.none() | st.just(7))
CONTENTS = [None, FetchedFile(b"key,criterion,kind"), FetchedFile()]
files = st.builds(
    e.SentFile, st.just("a.csv"), st.sampled_from([None, FetchedFile(b"key,criterion,kind"), FetchedFile()])
)
deeds = (
    taps | files | st.builds(e.Said, st.text(max_size=20)) | st.builds(e.Commanded, st.sampled_from(["bank", "menu"]))
)


def says(effects: tuple[Effect, ...]) -> list[Say]:
    return [effect for effect in effects if isinstance(effect, Say)]


@given(st.sampled_from(STATES_TO_TRY), deeds | st.sampled_from(RESULTS), st.sampled_from([TUTOR, LEARNER]))
def test_every_step_leads_to_a_state_that_can_be_kept_and_buttons_that_fit(state: State, deed, who: e.Who) -> None:
    after, effects = step(state, deed, who)
    assert STATES.validate_json(STATES.dump_json(after)) == after
    data = [button.data for say in says(effects) for row in say.buttons for button in row]
    assert all(1 <= len(each.encode()) <= 64 for each in data)


@given(st.sampled_from(STATES_TO_TRY), deeds, st.sampled_from([LEARNER, ASSESSOR]))
def test_nobody_but_a_tutor_reaches_the_bank(state: State, deed, who: e.Who) -> None:
    _, effects = step(state, deed, who)
    allowed = f.DropFiles  # leaving a preview that somebody had as a tutor
    assert not [each for each in effects if isinstance(each, get_args(f.BankAction)) and not isinstance(each, allowed)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: type(result).__name__)
def test_every_view_escapes_what_people_and_documents_wrote_and_fits_a_message(result: r.BankResult) -> None:
    for state in STATES_TO_TRY:
        for say in says(step(state, result, TUTOR)[1]):
            text = text_of(say.view, {"contact": "", **say.values})
            assert text.strip()
            assert "<b>&</i>" not in text
            assert "49" not in text
            assert len(text) <= TEXT_LIMIT


def test_leaving_a_preview_drops_its_files() -> None:
    after, effects = step(Importing((1, 2), "a.txt"), e.Commanded("bank"), TUTOR)
    assert after == Resting()
    assert effects[0] == f.DropFiles((1, 2))


def test_an_answer_about_a_match_counts_for_that_match_only() -> None:
    state = Importing((1, 2), "a.txt", (), (0, "1.1", "1.1"))
    after, effects = step(state, e.Tapped(("spec", "same", "0")), TUTOR)
    assert effects == (f.AddSpecification((1, 2), "a.txt", ((0, "1.1", "1.1", True),)),)
    (again,) = says(step(after, e.Tapped(("spec", "same", "0")), TUTOR)[1])
    assert again.view == "old_button"


def test_a_listed_question_is_shown_without_the_criterion_that_stands_above() -> None:
    assert _without_criterion("AC 1.2: “assess the methods”. How many?") == "How many?"
    assert _without_criterion("Which “one”?") == "Which “one”?"

"""Whatever a changed client sends as the data of a button, the dialogue answers, and never trips."""

from hypothesis import given
from hypothesis import strategies as st

from talkthrough.bot.conversations.dialogue import step
from talkthrough.bot.conversations.events import Tapped, Who
from talkthrough.bot.conversations.states import PlanningRound, Resting, ReviewingRound, TypingForCohort
from talkthrough.storage.tables import Role
from tests.scheduler.test_recurrence import THURSDAYS

WORDS = (
    *("new", "type", "own", "show", "units", "unit", "staff", "people", "who", "remove", "move", "asr", "load", "keep"),
    *("keptyes", "map", "leave", "set", "weekly", "closes", "kinds", "when", "count", "skip", "plan", "yes", "line"),
    *("on", "off", "never", "tutor", "name", "", "1", "-1", "0", "999999999999999999999", "²", "2026-13-01", "now"),
)
STATES = (
    Resting(),
    PlanningRound(),
    PlanningRound(1, 1, "1", 3),
    ReviewingRound(1, THURSDAYS),
    TypingForCohort("names", 1),
)
WHO = (Who("T", frozenset({Role.TUTOR}), has_seen_privacy=True), Who("L", frozenset(), has_seen_privacy=True))


@given(
    st.sampled_from(("coh", "rnd")),
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=5),
    st.sampled_from(STATES),
    st.sampled_from(WHO),
)
def test_the_buttons_of_groups_and_rounds_take_any_data(area: str, data: list[str], state: object, who: Who) -> None:
    _, effects = step(state, Tapped((area, *data)), who)
    assert effects

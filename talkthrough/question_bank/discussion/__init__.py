"""The mock professional discussion: plan it, hear the learner, choose the next move, recap what was mentioned."""

from talkthrough.question_bank.discussion.closing import Recap, RecapLine, recap
from talkthrough.question_bank.discussion.hearing import flags_of, hear
from talkthrough.question_bank.discussion.model import (
    CriterionMark,
    Mode,
    Move,
    Plan,
    PlannedCriterion,
    Standing,
    Turn,
    Wish,
)
from talkthrough.question_bank.discussion.plan import SheetPart, plan_discussion, planning_sheet
from talkthrough.question_bank.discussion.policy import next_move
from talkthrough.question_bank.discussion.rules import RULES
from talkthrough.question_bank.discussion.safeguarding import names_people, safeguarding
from talkthrough.question_bank.discussion.situation import minutes_used
from talkthrough.question_bank.discussion.standing import standings
from talkthrough.question_bank.discussion.wishes import wish_of
from talkthrough.question_bank.discussion.wording import opening_script

__all__ = [
    "RULES",
    "CriterionMark",
    "Mode",
    "Move",
    "Plan",
    "PlannedCriterion",
    "Recap",
    "RecapLine",
    "SheetPart",
    "Standing",
    "Turn",
    "Wish",
    "flags_of",
    "hear",
    "minutes_used",
    "names_people",
    "next_move",
    "opening_script",
    "plan_discussion",
    "planning_sheet",
    "recap",
    "safeguarding",
    "standings",
    "wish_of",
]

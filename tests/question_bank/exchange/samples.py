"""Questions with everything that can break a format: markup, quotes, formulas, control and special characters."""

from dataclasses import replace

from talkthrough.question_bank.items.question import Option
from tests.question_bank.items.units import asked, questions_of, unit_called

UNIT = unit_called("Unit 401")
QUESTIONS = questions_of("Unit 401")
TAPPED = asked("Unit 401", "1.2", "place-*")
TYPED = asked("Unit 401", "1.2", "recall-*")
NASTY = "<b>5 > 3 & 2</b> {a=b~c#d:e} \\ “q” \"r\" 'l' ::x:: $CATEGORY: [tag] 50% ж 😀\nsecond line"
KEY = next(option for option in TAPPED.options if option.is_key)
NASTY_TAPPED = replace(
    TAPPED,
    stem=NASTY,
    feedback=NASTY,
    options=(
        replace(KEY, text="=HYPERLINK(1)", why=NASTY),
        Option("@cmd <i>x</i>", why="~no#", span=KEY.span),
        Option("-1 {} & more", why="<script>", span=KEY.span),
    ),
)

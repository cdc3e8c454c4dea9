"""One module per family of published documents. A new family is one module with a LAYOUT, named here, with its own fixtures."""

from talkthrough.question_bank.reading.layouts import occupational_standard, outcomes_and_criteria
from talkthrough.question_bank.reading.roles import Layout

LAYOUTS: tuple[Layout, ...] = (occupational_standard.LAYOUT, outcomes_and_criteria.LAYOUT)

"""One module per family of published documents. A new family is one module with a LAYOUT, named here, with its own
fixtures.
"""

from talkthrough.question_bank.reading.layouts import (
    apprenticeship,
    checklist,
    learning_aims,
    occupational_standard,
    outcomes_and_criteria,
    topics,
    unit_standard,
    unnumbered,
)
from talkthrough.question_bank.reading.roles import Layout

# Where two families claim equally, the earlier one reads the document.
LAYOUTS: tuple[Layout, ...] = (
    outcomes_and_criteria.LAYOUT,
    occupational_standard.LAYOUT,
    apprenticeship.LAYOUT,
    learning_aims.LAYOUT,
    topics.LAYOUT,
    unit_standard.LAYOUT,
    checklist.LAYOUT,
    unnumbered.LAYOUT,
)

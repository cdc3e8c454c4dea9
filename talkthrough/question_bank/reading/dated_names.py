"""Names of bodies, laws and frameworks that have changed since many specifications were printed."""

import re
from collections.abc import Iterator, Sequence

from talkthrough.question_bank.reading.lines import Line
from talkthrough.question_bank.specification import Finding

# Ordinary knowledge of the sector, dated November 2026; add a line when a body changes its name.
SUCCESSORS = {
    "Financial Services Authority": "the Financial Conduct Authority and the Prudential Regulation Authority",
    "Office of Rail Regulator": "the Office of Rail and Road",
    "Office of Fair Trading": "the Competition and Markets Authority",
    "QCF Level": "the Regulated Qualifications Framework (RQF)",
    "Criminal Records Bureau": "the Disclosure and Barring Service",
    "Independent Safeguarding Authority": "the Disclosure and Barring Service",
    "Data Protection Act 1998": "the Data Protection Act 2018 and the UK GDPR",
    "Scottish Qualifications Authority": "Qualifications Scotland",
    "Public Health England": "the UK Health Security Agency and others",
    "Skills Funding Agency": "the Department for Education",
}
NAMES = re.compile("|".join(map(re.escape, SUCCESSORS)))


def dated_names(lines: Sequence[Line]) -> Iterator[Finding]:
    """One finding for each name on each line; the text itself stays as printed."""
    for line in lines:
        for name in dict.fromkeys(NAMES.findall(line.text)):
            message = f"This is the name as printed. Today it is {SUCCESSORS[name]}."
            yield Finding(line.first, name, "dated-name", message, "info")

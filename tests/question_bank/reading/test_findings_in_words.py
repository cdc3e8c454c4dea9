"""What a tutor is told of a document that was not wholly understood."""

from talkthrough.question_bank.reading.findings import in_words
from talkthrough.question_bank.specification import Finding, Specification


def test_what_matters_most_comes_first() -> None:
    remark = Finding(2, "", "remark", "A remark.", "info")
    broken = Finding(9, "", "broken", "It is broken.", "error")
    assert in_words([remark, broken]) == ("Line 9: It is broken.", "Line 2: A remark.")


def test_the_rest_is_counted(spec_cs: Specification) -> None:
    words = in_words(spec_cs.findings, most=5)
    assert len(words) == 6
    assert words[0].startswith("Line 200 (“This unit should be optional because it …”): ")
    assert words[-1] == f"And {len(spec_cs.findings) - 5} more."

"""Choose the layout, read, check, and report every line that was not understood."""

from collections.abc import Sequence
from dataclasses import replace

from talkthrough.question_bank.reading.assemble import assemble
from talkthrough.question_bank.reading.dated_names import dated_names
from talkthrough.question_bank.reading.layouts import LAYOUTS
from talkthrough.question_bank.reading.lines import Line, text_lines
from talkthrough.question_bank.reading.wrapping import unwrap
from talkthrough.question_bank.specification import Specification


def read_text(text: str, file_name: str = "") -> Specification:
    """Read a specification from plain text, Markdown or text with inline HTML.

    Lines are numbered as `cat -n` numbers them. Nothing is invented: what is not printed is None, what was not
    understood is a finding.
    """
    return read_lines(text_lines(text))


def read_lines(lines: Sequence[Line]) -> Specification:
    """Read a specification from lines of any document kind."""
    unwrapped = unwrap(lines)
    layout = max(LAYOUTS, key=lambda each: each.claim(unwrapped))
    specification = assemble(layout.mark(unwrapped))
    findings = sorted((*specification.findings, *dated_names(unwrapped)), key=lambda each: (each.line, each.code))
    return replace(specification, findings=tuple(findings))

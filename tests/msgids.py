"""The sentences that can be put into other languages, as the code has them: in templates, on buttons, in pictures."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from talkthrough.bot.telegram import views

ROOT = Path(views.__file__).parents[2]
TEMPLATES = Path(views.__file__).parent / "templates"
# What only tutors and assessors, who work in English, are shown.
_STAFF = """
    assign* bank* bundles* cohort.* cohort_[!lm]* cohort_member* cohort_move.* cohorts* countersign* disagreement*
    expiry* file_checked* flagged* gaps* head_posted* invitation* log_filters* match_uncertain* name_words* own_*
    point_words* reading* released_* report* review_kept* round_[!ofr]* round_outcome* round_results* rounds*
    safeguarding_alert* sampling* specification* stubborn* table_* wording*
"""
STAFF = frozenset(path.name.removesuffix(".html.j2") for each in _STAFF.split() for path in TEMPLATES.glob(each))


def of_template(path: Path) -> set[str]:
    """What a template says; plural forms joined by NUL as in a .mo file."""
    found = Environment(extensions=["jinja2.ext.i18n"]).extract_translations(path.read_text())
    return {
        "\0".join(filter(None, words)) if function == "ngettext" else words[0] if isinstance(words, tuple) else words
        for _, function, words in found
        if words and (not isinstance(words, tuple) or words[0])
    }


def learners_templates() -> frozenset[str]:
    """The names of the templates that learners are shown."""
    return frozenset(path.name.removesuffix(".html.j2") for path in TEMPLATES.glob("*.j2")) - STAFF


def of_learners_templates() -> set[str]:
    """What the templates say that learners are shown."""
    return {words for name in learners_templates() for words in of_template(TEMPLATES / f"{name}.html.j2")}


def in_python(*names: str, files: tuple[str, ...] = ("",)) -> set[str]:
    """The constant texts that are handed to these functions as what is said, in files whose name begins so."""
    paths = (path for path in ROOT.rglob("*.py") if path.name.startswith(files))
    return {words for path in paths for words in _said(ast.parse(path.read_text()), names)}


def _said(tree: ast.AST, names: tuple[str, ...]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in names:
            constants = [_constants(each) for each in node.args[:2]]
            if _name(node.func) == "plural":
                yield "\0".join(each[0] for each in constants)
            else:
                yield from constants[0]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _constants(node: ast.expr) -> list[str]:
    """The text, or both of "this if so else that"."""
    if isinstance(node, ast.IfExp):
        return [*_constants(node.body), *_constants(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []

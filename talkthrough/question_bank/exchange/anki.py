"""An Anki package: one note a question, with a GUID from its permanent key, so importing again updates in place."""

import html
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from talkthrough.question_bank.exchange.provenance import NOTICE, answer, printable, source, tags
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit

if TYPE_CHECKING:
    import genanki

MODEL_ID = 1_607_392_320  # fixed for ever: another id would make Anki keep two note types
_FRONT = "<div>{{Question}}</div>{{#Options}}<div>{{Options}}</div>{{/Options}}"
_BACK = "{{FrontSide}}<hr id=answer><div>{{Answer}}</div><div><small>{{Source}}</small></div>"
_LETTERS = "ABCD"


def to_apkg(questions: tuple[Question, ...], unit: Unit, *, at: datetime | None = None) -> bytes:
    """The questions of a unit as one deck.

    `at` is the time of the export: Anki takes over a changed wording only from a later package. Without it, the
    library's own clock is used.
    """
    import genanki

    number = int.from_bytes(sha256(unit.key.encode()).digest()[:4]) | 1 << 31
    deck = genanki.Deck(number, printable(f"Talkthrough::{unit.label} {unit.title}"))
    model = _model()
    for question in questions:
        deck.add_note(_note(question, unit, model))
    file = BytesIO()
    genanki.Package(deck).write_to_file(file, timestamp=at.timestamp() if at else None)
    return file.getvalue()


def _model() -> "genanki.Model":
    import genanki

    fields = [{"name": name} for name in ("Question", "Options", "Answer", "Source")]
    templates = [{"name": "Card 1", "qfmt": _FRONT, "afmt": _BACK}]
    return genanki.Model(MODEL_ID, "Talkthrough question", fields=fields, templates=templates)


def _note(question: Question, unit: Unit, model: "genanki.Model") -> "genanki.Note":
    import genanki

    fields = [
        _as_html(question.stem),
        "<br>".join(
            f"{letter}. {_as_html(option.text)}" for letter, option in zip(_LETTERS, question.options, strict=False)
        ),
        f"{'<br>'.join(_as_html(text) for text in answer(question))}<br><br>{_as_html(question.feedback)}",
        _as_html(f"{source(question, unit)}. {NOTICE}"),
    ]
    guid = genanki.guid_for("talkthrough", question.key)
    return genanki.Note(model=model, fields=fields, guid=guid, tags=list(tags(question, unit)))


def _as_html(text: str) -> str:
    return html.escape(printable(text)).replace("\n", "<br>")

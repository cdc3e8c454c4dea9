"""The words in which an awarding body decides on a criterion (assessment-practice.md section 1.4)."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from talkthrough.errors import UserError
from talkthrough.storage.records.model import Cover

PUBLISHED = Path(__file__).parent / "data" / "decision_words.toml"

Line = Annotated[str, Field(min_length=1, max_length=200)]


class DecisionWordsError(UserError, ValueError):
    """A file of decision words that cannot be used; the message says what to correct."""


class Body(BaseModel):
    """An awarding body and its words. `known` and `units` say which units are its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line
    known: tuple[Line, ...] = ()
    units: tuple[Line, ...] = ()
    words: tuple[Line, ...] = Field(min_length=1)
    source: Line

    def has(self, cover: Cover) -> bool:
        """Whether the unit on a cover is this body's: by its reference, or by the name that the document prints."""
        printed = " ".join(_words_of(cover.awarding_body or cover.issuer or ""))
        names = (" ".join(_words_of(name)) for name in self.known)
        return cover.unit_reference in self.units or any(f" {name} " in f" {printed} " for name in names if name)


class _Bodies(BaseModel):
    model_config = ConfigDict(extra="forbid")

    body: tuple[Body, ...]


def words_for(cover: Cover, installation: tuple[str, ...], own_file: Path | None = None) -> Body:
    """The decision words for the unit on a cover: of the installation's file, of the published one, or its own list."""
    bodies = (*(bodies_in(own_file) if own_file else ()), *bodies_in(PUBLISHED))
    own = Body(name="your centre", words=installation, source="the settings of this installation")
    return next((body for body in bodies if body.has(cover)), own)


@cache
def bodies_in(file: Path) -> tuple[Body, ...]:
    """The bodies of a file. DecisionWordsError with a sentence where it cannot be read."""
    try:
        return _Bodies.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))).body
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_url=False, include_input=False)[0]["loc"]))
        raise DecisionWordsError(
            f"{file}: correct {place}. The comments in {PUBLISHED} say what goes where."
        ) from error
    except (OSError, ValueError) as error:
        raise DecisionWordsError(f"{file} cannot be read as decision words: {error}") from error


def _words_of(text: str) -> list[str]:
    return re.findall(r"[\w&]+", text.lower())

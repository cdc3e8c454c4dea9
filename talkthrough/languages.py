"""The interface in other languages: gettext catalogues as .po files, English where a string is missing.

Templates own the wording of messages. What is also drawn in pictures is worded here, below the bot, by a `Language`
that is handed in. Published text, people's own words and what is said in a discussion never go through here: a
discussion's record shows what was said. A catalogue is compiled when it is first used, so that translators only ever
touch the .po file.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

SOURCE = "en"
BRITISH = "en_GB"
FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the interface: call it with an English sentence that a catalogue may hold."""

    code: str
    catalogue: NullTranslations

    def __call__(self, text: str, **values: object) -> str:
        """The sentence in this language, with its places (%(name)s) filled where there are values for them."""
        said = self.catalogue.gettext(text) if text else ""  # gettext answers "" with the catalogue's header
        return said % values if values else said

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """The sentence for this number, which fills the place %(num)s."""
        return self.catalogue.ngettext(one, many, number) % {"num": number, **values}

    def day(self, day: date, *, has_year: bool = True) -> str:
        """A date as people say it: "14 March 2027"."""
        from babel.dates import format_date

        locale = BRITISH if self.code == SOURCE else self.code
        return format_date(day, "d MMMM yyyy" if has_year else "d MMMM", locale)

    def weekday(self, number: int) -> str:
        """The name of a weekday (0 Monday)."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", locale=BRITISH if self.code == SOURCE else self.code)[number])


@lru_cache(maxsize=8)
def language(code: str) -> Language:
    """The language of a code ("cy"); English where there is no catalogue for it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    if code not in {path.name for path in FOLDER.iterdir() if path.is_dir()}:
        return ENGLISH
    content = (FOLDER / code / "LC_MESSAGES" / "talkthrough.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(content), abort_invalid=True))
    compiled.seek(0)
    return Language(code, GNUTranslations(compiled))


ENGLISH = Language(SOURCE, NullTranslations())

"""Message text as Telegram keeps it: plain text and entities that count in UTF-16 (Bot API, "Formatting options")."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from talkthrough.bot.local_chat.errors import ApiError, bad_request

Entity = dict[str, Any]

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
NAMED_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]*)(?=[\s>])))?""")
LAST_CODE_POINT = 0x10FFFF
DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)'])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)
UNDETECTED_INSIDE = {"code", "pre", "text_link"}


class FormattedText(NamedTuple):
    text: str
    entities: list[Entity]


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: code points beyond the basic plane count two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_pieces(text: str, limit: int) -> list[str]:
    """Cut `text` into pieces of at most `limit` UTF-16 units, never inside a code point."""
    pieces, start, length = [], 0, 0
    for position, character in enumerate(text):
        width = 2 if ord(character) > 0xFFFF else 1  # noqa: PLR2004
        if length + width > limit:
            pieces.append(text[start:position])
            start, length = position, 0
        length += width
    return [*pieces, text[start:]]


def detect_entities(text: str) -> list[Entity]:
    """What Telegram marks up by itself: commands, links, addresses, mentions, hashtags."""
    if not any(mark in text for mark in "/@#"):
        return []
    return [
        {
            "type": str(match.lastgroup),
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in DETECTED.finditer(text)
    ]


def with_detected(formatted: FormattedText) -> list[Entity]:
    """The given entities plus the detected ones that do not touch code or a named link."""
    closed = [entity for entity in formatted.entities if entity["type"] in UNDETECTED_INSIDE]

    def is_free(found: Entity) -> bool:
        end = found["offset"] + found["length"]
        return all(end <= e["offset"] or found["offset"] >= e["offset"] + e["length"] for e in closed)

    detected = [found for found in detect_entities(formatted.text) if is_free(found)]
    return sorted([*formatted.entities, *detected], key=lambda e: (e["offset"], -e["length"]))


def trimmed(formatted: FormattedText) -> FormattedText:
    """Telegram drops white space at both ends of a message; entities move with the text."""
    text = formatted.text.strip()
    if text == formatted.text:
        return formatted
    lead = len(formatted.text) - len(formatted.text.lstrip())
    limit = utf16_length(text)
    entities = []
    for entity in formatted.entities:
        start = max(0, entity["offset"] - lead)
        end = min(limit, entity["offset"] + entity["length"] - lead)
        if end > start:
            entities.append({**entity, "offset": start, "length": end - start})
    return FormattedText(text, entities)


def parse_html(source: str) -> FormattedText:
    """HTML parse mode. Raises ApiError with Telegram's wording and byte offset when the markup is wrong."""
    return _HtmlReader(source).read()


@dataclass
class _OpenTag:
    name: str
    offset: int
    argument: str = ""


@dataclass
class _HtmlReader:
    source: str
    at: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> FormattedText:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._plain()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open_tags:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')
        return FormattedText("".join(self.pieces), sorted(self.entities, key=lambda e: (e["offset"], -e["length"])))

    def _plain(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        text = REFERENCE.sub(_dereference, self.source[self.at : end])
        self.pieces.append(text)
        self.length += utf16_length(text)
        self.at = end

    def _start_tag(self) -> None:
        begin = self.at
        name = self._word(begin + 1).lower()
        self.at = begin + 1 + len(name)
        if self.at >= len(self.source):
            raise self._error("Unclosed start tag", begin)
        if name not in ENTITY_OF_TAG:
            raise self._error(f'Unsupported start tag "{name}"', begin)
        argument = _argument(name, self._attributes(name, begin))
        if name == "span" and argument != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.open_tags.append(_OpenTag(name, self.length, argument))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self.at += len(self.source[self.at :]) - len(self.source[self.at :].lstrip())
            if self.at >= len(self.source):
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            if self.source[self.at] == ">":
                self.at += 1
                return attributes
            match = ATTRIBUTE.match(self.source, self.at)
            if match is None:
                raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
            quoted = match[2] if match[2] is not None else match[3]
            attributes[match[1].lower()] = REFERENCE.sub(_dereference, quoted) if quoted is not None else match[4] or ""
            self.at = match.end()
            if self.source.startswith("=", self.at):
                value = self.source[self.at + 1 :].lstrip()
                if value[:1] in {'"', "'", ""}:
                    raise self._error("Unclosed start tag", begin)
                raise self._error("Unexpected end of name token", len(self.source) - len(value))

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open_tags:
            raise self._error("Unexpected end tag", begin)
        name = self._word(begin + 2)
        self.at = begin + 2 + len(name)
        self.at += len(self.source[self.at :]) - len(self.source[self.at :].lstrip())
        if not self.source.startswith(">", self.at):
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        opened = self.open_tags.pop()
        if name and name.lower() != opened.name:
            raise self._error("Unmatched end tag", begin, f', expected "</{opened.name}>", found "</{name.lower()}>"')
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _OpenTag) -> None:
        entity: Entity = {
            "type": ENTITY_OF_TAG[opened.name],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.name == "a":
            link = opened.argument or "".join(self.pieces)[-entity["length"] :]
            if not re.match(r"(?:https?|tg|mailto|tel):", link):
                return
            entity["url"] = link
        elif opened.name == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.name == "blockquote" and opened.argument:
            entity["type"] = "expandable_blockquote"
        elif opened.name == "code" and self.open_tags and self.open_tags[-1].name == "pre":
            self.open_tags[-1].argument = opened.argument
            return
        elif opened.name == "pre" and opened.argument:
            entity["language"] = opened.argument
        self.entities.append(entity)

    def _word(self, start: int) -> str:
        match = TAG_NAME.match(self.source, start)
        return match.group() if match else ""

    def _error(self, problem: str, position: int | None = None, tail: str = "") -> ApiError:
        where = "" if position is None else f" at byte offset {len(self.source[:position].encode())}"
        return bad_request(f"can't parse entities: {problem}{where}{tail}")


def _argument(tag: str, attributes: dict[str, str]) -> str:
    """The one attribute of a tag that means something."""
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code":
        found = attributes.get("class", "")
        return found.removeprefix("language-") if found.startswith("language-") else ""
    if tag == "span":
        return attributes.get("class", "")
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    return "1" if tag == "blockquote" and "expandable" in attributes else ""


def _dereference(match: re.Match[str]) -> str:
    if match[3]:
        return NAMED_REFERENCES[match[3]]
    code = int(match[1]) if match[1] else int(match[2], 16)
    usable = 0 < code <= LAST_CODE_POINT and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004
    return chr(code) if usable else match[0]

"""The conversation in a terminal: for people with numbered buttons, for scripts as JSON lines."""

import asyncio
import contextlib
import json
import re
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from talkthrough.bot.local_chat.errors import ActRefusedError
from talkthrough.bot.local_chat.people import Person
from talkthrough.bot.local_chat.phone import Phone, Shown
from talkthrough.bot.local_chat.world import World

Idle = Callable[[], Awaitable[bool]]
HOW_TO = (
    "Write and press Enter. A number presses the button with that number (put a space in front to send the number "
    "itself). +PATH sends a file. Ctrl+D ends."
)
STYLES = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strikethrough": "strike",
    "code": "cyan",
    "pre": "cyan",
    "blockquote": "dim",
    "expandable_blockquote": "dim",
    "text_link": "underline",
    "url": "underline",
    "bot_command": "bold",
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
POLL_SECONDS = 0.005
CALM_CHECKS = 2


async def settled(world: World, idle: Idle) -> None:
    """Return when the bot has taken every update, handled it, and sent what it had to say."""
    calm = 0
    while calm < CALM_CHECKS:
        calm = calm + 1 if not world.updates.pending and await idle() else 0
        await asyncio.sleep(POLL_SECONDS)


async def lines_of(source: TextIO) -> asyncio.Queue[str | None]:
    """The lines of a stream as they come; None at its end. Read in a daemon thread, which never holds up the exit."""
    loop, queue = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def read() -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended before the input
            for line in source:
                loop.call_soon_threadsafe(queue.put_nowait, line.rstrip("\n"))
            loop.call_soon_threadsafe(queue.put_nowait, None)

    threading.Thread(target=read, daemon=True, name="terminal-input").start()
    return queue


async def talk_json(
    world: World, person: Person, idle: Idle, source: TextIO, out: TextIO, *, folder: Path | None = None
) -> None:
    """JSON lines: orders in (see Phone.do), what reaches the phone out, {"idle": true} when the bot has nothing left.

    A line that cannot be carried out is answered with {"error": sentence}. Ends with the input.
    """

    def show(thing: Shown) -> None:
        out.write(json.dumps(thing, ensure_ascii=False) + "\n")
        out.flush()

    phone = Phone(world, person, show, folder)
    world.listeners.add(phone.listen)
    lines = await lines_of(source)
    await settled(world, idle)
    show({"idle": True})
    while (line := await lines.get()) is not None:
        if not line.strip():
            continue
        try:
            phone.do(_order(line))
        except (ActRefusedError, OSError) as error:
            show({"error": str(error)})
        await settled(world, idle)
        show({"idle": True})
    world.listeners.discard(phone.listen)


def _order(line: str) -> dict[str, Any]:
    try:
        order = json.loads(line)
    except ValueError as error:
        raise ActRefusedError(f"This line is not JSON: {error}") from error
    if not isinstance(order, dict):
        raise ActRefusedError('Each line is one JSON object, such as {"text": "/start"}.')
    return order


async def talk(world: World, person: Person, idle: Idle, *, folder: Path | None = None) -> None:
    """For people: messages as text, buttons with numbers. Ends with Ctrl+D."""
    screen = Screen(Console(highlight=False))
    phone = Phone(world, person, screen.show, folder)
    world.listeners.add(phone.listen)
    screen.console.print(Text(f"You are {person.first_name}. {HOW_TO}", style="dim"))
    if last := phone.last():
        screen.show({"message": last})
    else:
        screen.console.print(Text("Write /start to begin.", style="dim"))
    lines = await lines_of(sys.stdin)
    while (line := await lines.get()) is not None:
        if line.strip():
            try:
                phone.do(screen.order(line))
            except (ActRefusedError, OSError) as error:
                screen.console.print(Text(str(error), style="red"))
        await settled(world, idle)
    world.listeners.discard(phone.listen)


class Screen:
    """Prints what reaches the phone; remembers which number stands for which button."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._buttons: list[str] = []

    def order(self, line: str) -> dict[str, Any]:
        """What a typed line means."""
        if line.startswith("+"):
            return {"file": line[1:].strip()}
        if line.isdecimal() and 1 <= int(line) <= len(self._buttons):
            return {"tap": self._buttons[int(line) - 1]}
        return {"text": line.strip()}

    def show(self, thing: Shown) -> None:
        if "message" in thing or "edit" in thing:
            message = thing.get("message") or thing["edit"]
            if message["from"] == "bot":
                self._message(message, changed="edit" in thing)
        elif "answer" in thing:
            self.console.print(Text(f"({_clean(thing['answer'])})", style="yellow"))
        elif thing.get("keyboard"):
            self._numbered([[{"text": text} for text in row] for row in thing["keyboard"]])

    def _message(self, message: Shown, *, changed: bool) -> None:
        self.console.print()
        if changed:
            self.console.print(Text("(changed)", style="dim"))
        for kind in ("photo", "document", "voice", "audio", "video"):
            if file := message.get(kind):
                where = f" saved as {file['path']}" if "path" in file else ""
                self.console.print(Text(f"[{kind}: {_clean(file['name'])}, {file['size']} bytes{where}]", style="cyan"))
        if "text" in message:
            self.console.print(Padding(styled(message["text"], message.get("entities", [])), (0, 0, 0, 2)))
        if "poll" in message:
            self._poll(message["poll"])
        if "buttons" in message:
            self._numbered(message["buttons"])

    def _poll(self, poll: Shown) -> None:
        self.console.print(Text(f"  {_clean(poll['question'])}", style="bold"))
        if "chosen" not in poll:
            self._numbered([[{"text": option}] for option in poll["options"]])
            return
        for option in poll["options"]:
            marks = [name for name in ("chosen", "correct") if option in poll[name]]
            self.console.print(Text(f"  - {_clean(option)}" + (f" ({', '.join(marks)})" if marks else "")))
        if poll["explanation"]:
            self.console.print(Text(f"  {_clean(poll['explanation'])}", style="dim"))

    def _numbered(self, rows: list[list[Shown]]) -> None:
        self._buttons = []
        for row in rows:
            line = Text("  ")
            for button in row:
                self._buttons.append(str(button.get("data") or button["text"]))
                link = f" {_clean(button['url'])}" if "url" in button else ""
                line.append(f"[{len(self._buttons)}] ", style="bold green").append(f"{_clean(button['text'])}{link}   ")
            self.console.print(line)


def styled(text: str, entities: list[dict[str, Any]]) -> Text:
    """Text with its entities as terminal styles; control characters are left out of what is shown."""
    shown = Text(CONTROL.sub(" ", text))
    units = text.encode("utf-16-le")

    def place(offset: int) -> int:
        return len(units[: 2 * offset].decode("utf-16-le", "ignore"))

    for entity in entities:
        if style := STYLES.get(entity["type"]):
            shown.stylize(style, place(entity["offset"]), place(entity["offset"] + entity["length"]))
    return shown


def _clean(text: str) -> str:
    return CONTROL.sub(" ", text)

"""One person's phone without a screen: what reaches it as plain objects, and what its owner can do with it."""

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from talkthrough.bot.local_chat.errors import ActRefusedError
from talkthrough.bot.local_chat.people import CAST, Message, Person
from talkthrough.bot.local_chat.state import Event
from talkthrough.bot.local_chat.world import World

Shown = dict[str, Any]
SOUND = ("audio/", "video/ogg")


def find_person(name: str) -> Person:
    """A person of the local chat by name, as far as it is clear: “tutor”, “learner 2”, “learner2”, “1002”.

    Raises ActRefusedError with the names there are.
    """
    wanted = name.casefold().replace(" ", "").replace("-", "")
    for person in CAST:
        if wanted in {str(person.id), person.first_name.casefold().replace(" ", "")}:
            return person
    names = ", ".join(person.first_name for person in CAST)
    raise ActRefusedError(f"There is nobody called “{name}” here. There are: {names}.")


class Phone:
    """Shows (by calling `show`) each thing that reaches the person from now on, as one of:

    {"message": M}, {"edit": M}, {"removed": id}, {"keyboard": [["text", ...], ...] or None}, {"answer": text, "alert":
    bool}. M has id, from ("bot" or "me"), and what there is of text, entities, buttons, poll, document, photo, voice,
    reactions. Files that the bot sends are copied into `folder`, when given, and their M says path.
    """

    def __init__(self, world: World, person: Person, show: Callable[[Shown], None], folder: Path | None = None) -> None:
        self.world, self.person = world, person
        self._show, self._folder = show, folder
        self._seen: dict[int, Shown] = {}
        self._keyboard = self._keyboard_texts()
        for message in world.transcript(person.id):
            self._seen[message["message_id"]] = self._as_shown(message)

    def listen(self, chat_id: int, event: Event) -> None:
        """A listener for `world.listeners`."""
        if chat_id != self.person.id:
            return
        if event["kind"] == "message":
            self._message(event["message_id"])
        elif event["kind"] == "removed" and self._seen.pop(event["message_id"], None):
            self._show({"removed": event["message_id"]})
        elif event["kind"] == "callback" and event["answer"] and event["answer"]["text"]:
            self._show({"answer": event["answer"]["text"], "alert": event["answer"]["show_alert"]})
        elif event["kind"] == "chat" and self._keyboard_texts() != self._keyboard:
            self._keyboard = self._keyboard_texts()
            self._show({"keyboard": self._keyboard})

    def last(self) -> Shown | None:
        """The newest message of the bot, as it is shown."""
        message = self.world.last(self.person.id)
        return self._as_shown(message) if message else None

    def do(self, order: dict[str, Any]) -> None:
        """Carry out {"text": ...}, {"tap": button text or data, or poll option} or {"file": path}.

        Raises ActRefusedError (no such button), OSError (no such file).
        """
        if "text" in order:
            self.world.say(self.person.id, str(order["text"]))
        elif "tap" in order:
            self._tap(str(order["tap"]))
        elif "file" in order:
            self._send_file(Path(order["file"]).expanduser())
        else:
            raise ActRefusedError('Say what to do: {"text": ...}, {"tap": ...} or {"file": ...}.')

    def _tap(self, button: str) -> None:
        """The newest message that has the button wins, as on a screen; then the keyboard below."""
        for message in reversed(self.world.transcript(self.person.id)):
            buttons = [item for row in message.get("reply_markup", {}).get("inline_keyboard", []) for item in row]
            if any(button in {item["text"], item.get("callback_data")} for item in buttons):
                self.world.tap(self.person.id, message["message_id"], button)
                return
            options = [option["text"] for option in message.get("poll", {}).get("options", [])]
            if button in options and not message["poll"]["is_closed"]:
                self.world.vote(self.person.id, message["poll"]["id"], [options.index(button)])
                return
        if not any(button in row for row in self._keyboard_texts() or []):
            raise ActRefusedError(f"There is no button “{button}”.")
        self.world.say(self.person.id, button)

    def _send_file(self, path: Path) -> None:
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        sort = "voice" if kind.startswith(SOUND) else "document"
        self.world.send_file(self.person.id, sort, path.read_bytes(), name=path.name, mime_type=kind)

    def _message(self, message_id: int) -> None:
        message = self.world.chats[self.person.id].messages.get(message_id)
        if message is None:
            return
        shown, before = self._as_shown(message), self._seen.get(message_id)
        if shown == before:
            return
        self._seen[message_id] = shown
        self._show({"edit" if before else "message": self._saved(shown)})

    def _as_shown(self, message: Message) -> Shown:
        shown: Shown = {"id": message["message_id"], "from": "bot" if message["from"]["is_bot"] else "me"}
        if text := message.get("text") or message.get("caption"):
            shown["text"] = text
        if entities := message.get("entities") or message.get("caption_entities"):
            shown["entities"] = entities
        if rows := message.get("reply_markup", {}).get("inline_keyboard"):
            shown["buttons"] = [[_button(button) for button in row] for row in rows]
        if "poll" in message:
            shown["poll"] = self._poll(message["poll"])
        shown |= self._files(message)
        if reactions := self.world.chats[self.person.id].reactions.get(message["message_id"]):
            shown["reactions"] = [reaction.get("emoji", "") for reaction in reactions]
        return shown

    def _poll(self, poll: dict[str, Any]) -> Shown:
        """A poll as its reader sees it: the answer of a quiz only after voting or closing."""
        chosen = self.world.polls.get(poll["id"], {"votes": {}})["votes"].get(str(self.person.id), [])
        options = [option["text"] for option in poll["options"]]
        shown: Shown = {"question": poll["question"], "options": options, "closed": poll["is_closed"]}
        if chosen or poll["is_closed"]:
            shown["chosen"] = [options[number] for number in chosen]
            shown["correct"] = [options[number] for number in poll.get("correct_option_ids", [])]
            shown["explanation"] = poll.get("explanation", "")
        return shown

    def _files(self, message: Message) -> Shown:
        kinds = {"photo", "document", "voice", "audio", "video"} & message.keys()
        files = {kind: message[kind][-1] if kind == "photo" else message[kind] for kind in kinds}
        return {kind: self._file(file["file_id"]) for kind, file in files.items()}

    def _file(self, file_id: str) -> Shown:
        row = self.world.files[file_id]
        return {"name": row["name"], "size": row["size"], "mime_type": row["mime_type"], "file_id": file_id}

    def _saved(self, shown: Shown) -> Shown:
        """With the bot's files copied into the folder; a name from outside never leaves it."""
        if self._folder is None or shown["from"] != "bot":
            return shown
        saved = dict(shown)
        for kind in {"photo", "document"} & shown.keys():
            name = Path(shown[kind]["name"].replace("\\", "/")).name.lstrip(".") or "file"
            path = self._folder / f"{shown['id']}-{name}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.world.store.file(shown[kind]["file_id"]))
            saved[kind] = {**shown[kind], "path": str(path)}
        return saved

    def _keyboard_texts(self) -> list[list[str]] | None:
        keyboard = self.world.chats[self.person.id].keyboard or {}
        rows = keyboard.get("keyboard")
        return [[button["text"] for button in row] for row in rows] if rows else None


def _button(button: dict[str, Any]) -> Shown:
    return {"text": button["text"]} | {key: button[name] for key, name in KINDS if name in button}


KINDS = (("data", "callback_data"), ("url", "url"))

"""What people do: write, tap, vote, send files, edit, react, block. The bot's side is in `methods`."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from talkthrough.bot.local_chat.errors import ActRefusedError
from talkthrough.bot.local_chat.formatting import detect_entities, utf16_pieces
from talkthrough.bot.local_chat.media import describe
from talkthrough.bot.local_chat.people import Chat, Message, Person, private_chat
from talkthrough.bot.local_chat.state import BOT_USER, Event, State

TEXT_LIMIT = 4096
Found = TypeVar("Found")


class World(State):
    """The state plus the people in it. People and chats are named by id; a private chat has its person's id."""

    def person(self, person_id: int, first_name: str | None = None) -> Person:
        """The person with this id, who comes into being when nobody has met them yet."""
        if person_id not in self.people:
            person = Person(person_id, first_name or f"Person {person_id}")
            self.people[person_id] = person
            self.store.put("person", person_id, vars(person))
            self.chats[person_id] = private_chat(person)
        return self.people[person_id]

    def group(self, chat_id: int, title: str) -> Chat:
        """A supergroup the bot is in; `chat_id` is negative."""
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat({"id": chat_id, "type": "supergroup", "title": title}, started=True)
            self.chat_changed(self.chats[chat_id])
        return self.chats[chat_id]

    def migrate(self, chat_id: int, new_chat_id: int) -> None:
        """The group gets another id, as when Telegram upgrades it."""
        old = self.chats[chat_id]
        self.group(new_chat_id, old.info["title"])
        old.migrated_to = new_chat_id
        self.chat_changed(old)

    def say(self, person_id: int, text: str, chat_id: int | None = None) -> Message:
        """Send a text as the app does: longer ones in pieces of 4096. Returns the (last) message."""
        if not text.strip():
            raise ActRefusedError("There is nothing to send.")
        chat = self._opened(person_id, chat_id)
        self._hide_one_time_keyboard(chat, text)
        for piece in utf16_pieces(text.strip(), TEXT_LIMIT):
            message = self._send(chat, person_id, _text_content(piece))
        return message

    def send_file(
        self,
        person_id: int,
        kind: str,
        content: bytes,
        *,
        name: str = "file",
        mime_type: str = "application/octet-stream",
        caption: str = "",
    ) -> Message:
        """Send a document, photo, voice, audio or video (`kind`)."""
        if not content:
            raise ActRefusedError("The file is empty.")
        described = describe(kind, self.keep_file(content, name, mime_type), content, {})
        with_caption = {"caption": caption} if caption else {}
        return self._send(self._opened(person_id), person_id, {kind: described, **with_caption})

    def tap(self, person_id: int, message_id: int, button: str, chat_id: int | None = None) -> str:
        """Tap the inline button with this text or callback data; returns the callback query's id."""
        chat, message = self._message(chat_id or person_id, message_id)
        found = _find_button(message, button)
        if found is None or "callback_data" not in found:
            raise ActRefusedError(f"There is no button “{button}” on this message.")
        callback_id = str(self.numbers.next())
        row = {"chat_id": chat.id, "asked_at": self.clock(), "answer": None}
        self.keep_callback(callback_id, row)
        query = {
            "id": callback_id,
            "from": self.person(person_id).as_user(),
            "message": message,
            "chat_instance": str(chat.id),
            "data": found["callback_data"],
        }
        self.updates.push("callback_query", query)
        return callback_id

    def vote(self, person_id: int, poll_id: str, option_ids: list[int]) -> None:
        """Vote in a poll. No options takes the vote back (regular polls only)."""
        row = self.polls[poll_id]
        poll, votes = row["poll"], dict(row["votes"])
        self._check_vote(poll, option_ids, has_voted=str(person_id) in votes)
        votes[str(person_id)] = option_ids
        if not option_ids:
            del votes[str(person_id)]
        counted = _counted(poll, votes)
        self.keep_poll({**row, "poll": counted, "votes": votes})
        if not poll["is_anonymous"]:
            chosen = [poll["options"][option]["persistent_id"] for option in option_ids]
            answer = {"poll_id": poll_id, "user": self.person(person_id).as_user(), "option_ids": option_ids}
            self.updates.push("poll_answer", {**answer, "option_persistent_ids": chosen})
        self.updates.push("poll", counted)

    def edit(self, person_id: int, message_id: int, text: str) -> Message:
        """Change one of the person's own messages."""
        chat, message = self._message(person_id, message_id)
        if message["from"]["id"] != person_id or "text" not in message:
            raise ActRefusedError("You can only edit a text that you have sent.")
        kept = {key: value for key, value in message.items() if key != "entities"}
        edited = self.replace(chat, {**kept, **_text_content(text)})
        self.updates.push("edited_message", edited)
        return edited

    def react(self, person_id: int, message_id: int, emoji: str, chat_id: int | None = None) -> None:
        chat, _ = self._message(chat_id or person_id, message_id)
        change = {
            "chat": chat.info,
            "message_id": message_id,
            "user": self.person(person_id).as_user(),
            "date": int(self.clock()),
            "old_reaction": [],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        self.updates.push("message_reaction", change)

    def block(self, person_id: int, *, blocked: bool = True) -> None:
        """Block the bot, or unblock it."""
        chat = self._opened(person_id)
        chat.blocked = blocked
        self.chat_changed(chat)
        member, banned = {"user": BOT_USER, "status": "member"}, {"user": BOT_USER, "status": "kicked", "until_date": 0}
        change = {
            "chat": chat.info,
            "from": self.person(person_id).as_user(),
            "date": int(self.clock()),
            "old_chat_member": member if blocked else banned,
            "new_chat_member": banned if blocked else member,
        }
        self.updates.push("my_chat_member", change)

    def transcript(self, chat_id: int) -> list[Message]:
        """Every message of a chat, oldest first."""
        return list(self.chats[chat_id].messages.values())

    def last(self, chat_id: int, *, from_bot: bool = True) -> Message | None:
        """The newest message of the bot (or of the people) in a chat."""
        newest_first = reversed(self.chats[chat_id].messages.values())
        return next((message for message in newest_first if message["from"]["is_bot"] is from_bot), None)

    async def wait(self, predicate: Callable[[], Found], timeout: float = 5.0) -> Found:  # noqa: ASYNC109
        """Return the predicate's first true value; it is asked again after each change. Raises TimeoutError."""
        if found := predicate():
            return found
        changed = asyncio.Event()

        def listener(_chat_id: int, _event: Event) -> None:
            changed.set()

        self.listeners.add(listener)
        try:
            async with asyncio.timeout(timeout):
                while not (found := predicate()):
                    await changed.wait()
                    changed.clear()
                return found
        finally:
            self.listeners.discard(listener)

    def _opened(self, person_id: int, chat_id: int | None = None) -> Chat:
        self.person(person_id)
        chat = self.chats[chat_id or person_id]
        if not chat.started:
            chat.started = True
            self.chat_changed(chat)
        return chat

    def _send(self, chat: Chat, person_id: int, content: dict[str, Any]) -> Message:
        message = self.post(chat, {"from": self.person(person_id).as_user(), **content})
        self.updates.push("message", message)
        return message

    def _message(self, chat_id: int, message_id: int) -> tuple[Chat, Message]:
        chat = self.chats.get(chat_id)
        if chat is None or message_id not in chat.messages:
            raise ActRefusedError("This message is no longer there.")
        return chat, chat.messages[message_id]

    def _hide_one_time_keyboard(self, chat: Chat, text: str) -> None:
        if not chat.keyboard:
            return
        texts = {button["text"] for row in chat.keyboard.get("keyboard", []) for button in row}
        used = chat.keyboard.get("one_time_keyboard") and text in texts
        if used or chat.keyboard.get("force_reply"):
            chat.keyboard = None
            self.chat_changed(chat)

    @staticmethod
    def _check_vote(poll: dict[str, Any], option_ids: list[int], *, has_voted: bool) -> None:
        if poll["is_closed"]:
            raise ActRefusedError("This poll is closed.")
        if has_voted and not poll["allows_revoting"]:
            raise ActRefusedError("You have already answered this one.")
        if any(not 0 <= option < len(poll["options"]) for option in option_ids):
            raise ActRefusedError("This poll has no such option.")
        if len(option_ids) > 1 and not poll["allows_multiple_answers"]:
            raise ActRefusedError("Only one answer can be chosen.")


def _text_content(text: str) -> dict[str, Any]:
    entities = detect_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _find_button(message: Message, wanted: str) -> dict[str, Any] | None:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    by_text = (button for button in buttons if button["text"] == wanted)
    by_data = (button for button in buttons if button.get("callback_data") == wanted)
    found: dict[str, Any] | None = next(by_data, None) or next(by_text, None)
    return found


def _counted(poll: dict[str, Any], votes: dict[str, list[int]]) -> dict[str, Any]:
    options = [
        {**option, "voter_count": sum(number in chosen for chosen in votes.values())}
        for number, option in enumerate(poll["options"])
    ]
    return {**poll, "options": options, "total_voter_count": len(votes)}

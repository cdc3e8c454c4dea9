"""Who talks to the bot in the local chat, and the chats they talk in."""

from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]


@dataclass(frozen=True)
class Person:
    """A Telegram user. A private chat has the id of its person."""

    id: int
    first_name: str
    username: str = ""

    def as_user(self) -> dict[str, Any]:
        user = {"id": self.id, "is_bot": False, "first_name": self.first_name, "language_code": "en"}
        return user | ({"username": self.username} if self.username else {})


LEARNER_1 = Person(1001, "Learner 1", "learner_one")
LEARNER_2 = Person(1002, "Learner 2", "learner_two")
TUTOR = Person(2001, "Tutor", "local_tutor")
ASSESSOR = Person(3001, "Assessor", "local_assessor")
CAST = (LEARNER_1, LEARNER_2, TUTOR, ASSESSOR)


@dataclass
class Chat:
    """A chat as the bot's server knows it. `messages` by id; they are replaced, never changed."""

    info: dict[str, Any]
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    keyboard: dict[str, Any] | None = None
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    action: str = ""
    action_until: float = 0.0

    @property
    def id(self) -> int:
        return int(self.info["id"])

    def as_row(self) -> dict[str, Any]:
        return {
            "info": self.info,
            "started": self.started,
            "blocked": self.blocked,
            "migrated_to": self.migrated_to,
            "keyboard": self.keyboard,
            "reactions": {str(message_id): list(reaction) for message_id, reaction in self.reactions.items()},
        }

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> "Chat":
        reactions = {int(message_id): reaction for message_id, reaction in row["reactions"].items()}
        return cls(**{**row, "reactions": reactions})


def private_chat(person: Person) -> Chat:
    info: dict[str, Any] = {"id": person.id, "type": "private", "first_name": person.first_name}
    return Chat(info | ({"username": person.username} if person.username else {}))

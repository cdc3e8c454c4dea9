"""The bot's own settings: who it is, its commands by scope, its menu button, its descriptions."""

import re
from typing import Any

from talkthrough.bot.local_chat.errors import bad_request
from talkthrough.bot.local_chat.methods.calls import Call, bot_method
from talkthrough.bot.local_chat.state import BOT_USER, State

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
COMMAND_DESCRIPTION_LIMIT = 256
SCOPES_OF_A_PRIVATE_CHAT = ("all_private_chats", "default")
CAPABILITIES = dict.fromkeys(
    ["can_read_all_group_messages", "supports_inline_queries", "can_connect_to_business", "has_main_web_app"], False
)


@bot_method("getMe")
def get_me(_: Call) -> dict[str, Any]:
    return {**BOT_USER, "can_join_groups": True, **CAPABILITIES}


@bot_method("setMyCommands")
def set_my_commands(call: Call) -> bool:
    commands = call.get("commands", [])
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= COMMAND_DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.world.keep_setting(_commands_key(call.get("scope"), call.get("language_code", "")), commands)
    return True


@bot_method("getMyCommands")
def get_my_commands(call: Call) -> Any:
    return call.world.settings.get(_commands_key(call.get("scope"), call.get("language_code", "")), [])


@bot_method("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    call.world.keep_setting(_commands_key(call.get("scope"), call.get("language_code", "")), [])
    return True


@bot_method("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    call.world.keep_setting(f"menu:{call.get('chat_id', '')}", call.get("menu_button") or {"type": "default"})
    return True


@bot_method("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Any:
    return menu_button_of(call.world, call.get("chat_id", ""))


@bot_method("setMyName", "setMyDescription", "setMyShortDescription")
def set_my_words(call: Call) -> bool:
    for name in ("name", "description", "short_description"):
        if name in call.parameters:
            call.world.keep_setting(f"{name}:{call.get('language_code', '')}", call.get(name))
    return True


@bot_method("getMyName")
def get_my_name(call: Call) -> dict[str, Any]:
    return {"name": call.world.settings.get(f"name:{call.get('language_code', '')}", BOT_USER["first_name"])}


@bot_method("getMyDescription")
def get_my_description(call: Call) -> dict[str, Any]:
    return {"description": call.world.settings.get(f"description:{call.get('language_code', '')}", "")}


@bot_method("getMyShortDescription")
def get_my_short_description(call: Call) -> dict[str, Any]:
    return {"short_description": call.world.settings.get(f"short_description:{call.get('language_code', '')}", "")}


def commands_of(state: State, chat_id: int) -> list[dict[str, str]]:
    """The commands a person sees: the narrowest scope that has any, in the order Telegram documents."""
    scopes: list[dict[str, Any]] = [{"type": "chat", "chat_id": chat_id}]
    scopes += [{"type": scope} for scope in SCOPES_OF_A_PRIVATE_CHAT]
    for scope in scopes:
        for language in ("en", ""):
            if found := state.settings.get(_commands_key(scope, language)):
                return list(found)
    return []


def menu_button_of(state: State, chat_id: int | str) -> Any:
    """The menu button of a chat: its own, else the default one, else the commands."""
    buttons = (state.settings.get(name) for name in (f"menu:{chat_id}", "menu:"))
    return next((button for button in buttons if button and button["type"] != "default"), {"type": "commands"})


def _commands_key(scope: dict[str, Any] | None, language: str) -> str:
    scope = scope or {"type": "default"}
    return f"commands:{scope['type']}:{scope.get('chat_id', '')}:{scope.get('user_id', '')}:{language}"

"""python-telegram-bot talks to people through the local server."""

import pytest
from telegram import Bot, BotCommandScopeChat
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from talkthrough.bot.local_chat.errors import ActRefusedError
from talkthrough.bot.local_chat.server import LocalTelegram
from tests.bot.local_chat.conftest import LEARNER, TUTOR


async def heard(local, demo, thing):
    """Wait for the bot to have heard something; changes in the world wake the waiting."""
    for _ in range(200):
        if thing in demo.bot_data["heard"]:
            return
        try:
            await local.world.wait(lambda: thing in demo.bot_data["heard"], 0.02)
        except TimeoutError:
            continue
    raise AssertionError(demo.bot_data["heard"])


async def test_start_link_is_answered_with_bold_text_and_buttons(local, demo):
    local.world.say(LEARNER, "/start join_7Q")
    message = await local.world.wait(lambda: local.world.last(LEARNER))
    assert message["text"] == "Hello join_7Q"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    await heard(local, demo, ("start", ["join_7Q"]))


async def test_tap_edits_the_message_in_place(local, demo):
    local.world.say(LEARNER, "/start")
    message = await local.world.wait(lambda: local.world.last(LEARNER))
    callback = local.world.tap(LEARNER, message["message_id"], "Revise")
    await local.world.wait(lambda: local.world.last(LEARNER)["text"] == "You chose revision")
    assert local.world.callbacks[callback]["answer"] == {"text": "Saved", "show_alert": False}
    assert local.world.last(LEARNER)["message_id"] == message["message_id"]
    assert "reply_markup" not in local.world.last(LEARNER)
    with pytest.raises(ActRefusedError, match="no button"):
        local.world.tap(LEARNER, message["message_id"], "Revise")


async def test_alert_reaches_the_person(local, demo):
    local.world.say(LEARNER, "/start")
    message = await local.world.wait(lambda: local.world.last(LEARNER))
    callback = local.world.tap(LEARNER, message["message_id"], "al")
    await local.world.wait(lambda: local.world.callbacks[callback]["answer"])
    assert local.world.callbacks[callback]["answer"]["show_alert"] is True


async def test_quiz_vote_reaches_the_bot_once(local, demo):
    local.world.say(LEARNER, "/quiz")
    message = await local.world.wait(lambda: local.world.last(LEARNER))
    poll = message["poll"]
    assert poll["correct_option_ids"] == [1]
    assert poll["explanation_entities"] == [{"type": "bold", "offset": 17, "length": 4}]
    local.world.vote(LEARNER, poll["id"], [1])
    await heard(local, demo, ("vote", LEARNER, (1,)))
    with pytest.raises(ActRefusedError, match="already"):
        local.world.vote(LEARNER, poll["id"], [0])
    assert [option["voter_count"] for option in local.world.last(LEARNER)["poll"]["options"]] == [0, 1]


async def test_document_arrives_whole(local, demo):
    local.world.say(LEARNER, "/draft")
    message = await local.world.wait(lambda: local.world.last(LEARNER))
    assert local.world.store.file(message["document"]["file_id"]) == b"<p>Draft</p>"
    assert message["document"]["file_name"] == "draft.html"
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("Your draft", "italic")


async def test_voice_note_is_downloaded_and_reacted_to(local, demo):
    sent = local.world.send_file(LEARNER, "voice", b"OggS123", mime_type="audio/ogg")
    await heard(local, demo, ("voice", b"OggS123"))
    reactions = local.world.chats[LEARNER].reactions
    await local.world.wait(lambda: reactions.get(sent["message_id"]))
    local.world.react(LEARNER, sent["message_id"], "🔥")
    await heard(local, demo, ("reaction", "🔥"))


async def test_edited_answer_and_long_answer_reach_the_bot(local, demo):
    first = local.world.say(LEARNER, "gloves")
    local.world.edit(LEARNER, first["message_id"], "gloves and apron")
    await heard(local, demo, ("text", "gloves and apron"))
    local.world.say(LEARNER, "a" * 4096 + "b" * 10)
    await heard(local, demo, ("text", "b" * 10))


async def test_commands_differ_by_scope(local, demo):
    await demo.bot.set_my_commands([("start", "Begin")])
    await demo.bot.set_my_commands([("round", "Schedule a round")], scope=BotCommandScopeChat(TUTOR))
    assert (await demo.bot.get_my_commands())[0].command == "start"
    assert (await demo.bot.get_my_commands(BotCommandScopeChat(TUTOR)))[0].command == "round"


async def test_blocked_unstarted_unknown_and_migrated_chats_are_refused_as_telegram_does(local, demo):
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await demo.bot.send_message(LEARNER, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await demo.bot.send_message(99, "x")
    local.world.block(LEARNER)
    await heard(local, demo, ("member", "kicked"))
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await demo.bot.send_message(LEARNER, "x")
    local.world.group(-5, "Cohort")
    local.world.migrate(-5, -1005)
    with pytest.raises(ChatMigrated) as raised:
        await demo.bot.send_message(-5, "x")
    assert raised.value.new_chat_id == -1005


async def test_rate_limits_are_on_unless_switched_off(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    local = LocalTelegram()
    local.world.say(LEARNER, "/start")
    async with local.serve() as url, Bot(local.token, base_url=f"{url}/bot") as bot:
        for number in range(5):
            await bot.send_message(LEARNER, str(number))
        with pytest.raises(RetryAfter):
            await bot.send_message(LEARNER, "one too many")
    local.close()

from tests.bot.telegram.conftest import KIM, SAM, Start


async def test_an_answer_is_kept_once_and_answered(start: Start) -> None:
    async with start() as bot:
        bot.world.say(KIM, "flour < water & “salt” 👍")
        await bot.settled()
        assert bot.answers() == [(str(KIM), "flour < water & “salt” 👍")]
        assert bot.texts(KIM) == ["You said flour < water & “salt” 👍"]
        assert [(row.state, row.attempts) for row in bot.outbox()] == [("sent", 1)]


async def test_answers_of_a_chat_stay_in_their_order_while_chats_take_turns(start: Start) -> None:
    async with start() as bot:
        for number in range(30):
            bot.world.say(KIM, str(number))
        bot.world.say(SAM, "one")
        await bot.settled()
        assert bot.texts(KIM) == [f"You said {number}" for number in range(30)]
        assert bot.texts(SAM) == ["You said one"]
        order = [chat for chat, _ in bot.answers()]
        assert order.index(str(SAM)) < 20

"""Polls and quizzes (Bot API, "sendPoll", "stopPoll")."""

from typing import Any

from talkthrough.bot.local_chat.errors import bad_request
from talkthrough.bot.local_chat.formatting import FormattedText, utf16_length
from talkthrough.bot.local_chat.methods.calls import Call, bot_method, formatted, inline_keyboard, send, target_message
from talkthrough.bot.local_chat.people import Message

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
EXPLANATION_LIMIT = 200
MOST_OPTIONS = 12
OPEN_SECONDS = range(5, 2_628_001)


@bot_method("sendPoll")
def send_poll(call: Call) -> Message:
    poll = _poll(call)
    message = send(call, {"poll": poll})
    row = {"poll": poll, "votes": {}, "chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    call.world.keep_poll(row)
    call.world.close_later(poll["id"])
    return message


@bot_method("stopPoll")
def stop_poll(call: Call) -> dict[str, Any]:
    chat, message = target_message(call, "with poll to stop")
    if "poll" not in message:
        raise bad_request("message with poll to stop not found")
    if message["poll"]["is_closed"]:
        raise bad_request("poll has already been closed")
    keyboard = inline_keyboard(call)
    without_keyboard = {key: value for key, value in message.items() if key != "reply_markup"}
    call.world.replace(chat, without_keyboard | ({"reply_markup": keyboard} if keyboard else {}), edited=False)
    return call.world.close_poll(message["poll"]["id"])


def _poll(call: Call) -> dict[str, Any]:
    is_quiz = call.get("type") == "quiz"
    options = _options(call)
    poll = {
        "id": str(call.world.numbers.next()),
        "question": _question(call),
        "options": options,
        "total_voter_count": 0,
        "is_closed": call.get("is_closed", False),
        "is_anonymous": call.get("is_anonymous", True),
        "type": "quiz" if is_quiz else "regular",
        "allows_multiple_answers": call.get("allows_multiple_answers", False),
        "allows_revoting": call.get("allows_revoting", not is_quiz),
        "members_only": False,
    }
    return poll | (_quiz_part(call, len(options)) if is_quiz else {}) | _closing(call)


def _question(call: Call) -> str:
    question = str(call.get("question", "")).strip()
    if not question:
        raise bad_request("poll question must be non-empty")
    if utf16_length(question) > QUESTION_LIMIT:
        raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
    return question


def _options(call: Call) -> list[dict[str, Any]]:
    given = call.get("options")
    if not isinstance(given, list):
        raise bad_request("expected an Array of String as options")
    texts = [str(option["text"] if isinstance(option, dict) else option).strip() for option in given]
    if not texts:
        raise bad_request("poll must have at least one answer option")
    if len(texts) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    if not all(texts):
        raise bad_request("poll option must be non-empty")
    if any(utf16_length(text) > OPTION_LIMIT for text in texts):
        raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")
    return [{"persistent_id": str(number), "text": text, "voter_count": 0} for number, text in enumerate(texts)]


def _quiz_part(call: Call, option_count: int) -> dict[str, Any]:
    correct = call.get("correct_option_ids") or []
    if not correct and "correct_option_id" in call.parameters:
        correct = [call.get("correct_option_id")]
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if any(not isinstance(option, int) or not 0 <= option < option_count for option in correct):
        raise bad_request("wrong quiz correct_option_id")
    explanation = _explanation(call)
    part: dict[str, Any] = {"correct_option_ids": correct}
    if explanation.text:
        part["explanation"] = explanation.text
    if explanation.entities:
        part["explanation_entities"] = explanation.entities
    return part


def _explanation(call: Call) -> FormattedText:
    text, mode = call.get("explanation", ""), call.get("explanation_parse_mode")
    explanation = formatted(text, mode, call.get("explanation_entities"))
    if utf16_length(explanation.text) > EXPLANATION_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    return explanation


def _closing(call: Call) -> dict[str, Any]:
    now = int(call.world.clock())
    if period := call.get("open_period"):
        if period not in OPEN_SECONDS:
            raise bad_request("poll open period must be between 5 and 2628000 seconds")
        return {"open_period": period, "close_date": now + period}
    if date := call.get("close_date"):
        if date - now not in OPEN_SECONDS:
            raise bad_request("poll close date must be between 5 and 2628000 seconds in the future")
        return {"close_date": date}
    return {}

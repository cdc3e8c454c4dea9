"""What people, or changed clients, can do that no button offers."""

from tests.end_to_end.conftest import Phone


async def forge(phone: Phone, data: str) -> list[str]:
    """A tap with data that none of the person's buttons carries; also a tap on a button that is gone."""
    message = next(m for m in reversed(phone.messages) if m.get("reply_markup", {}).get("inline_keyboard"))
    button = message["reply_markup"]["inline_keyboard"][0][0]
    kept, button["callback_data"] = button["callback_data"], data
    try:
        return await phone.tap_data(message["message_id"], data)
    finally:
        button["callback_data"] = kept

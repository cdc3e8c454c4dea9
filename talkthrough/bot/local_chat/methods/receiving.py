"""How the bot gets its updates (Bot API, "Getting updates")."""

import re
from typing import Any

from talkthrough.bot.local_chat.errors import bad_request
from talkthrough.bot.local_chat.methods.calls import Call, bot_method

MOST_UPDATES = 100
MOST_SECONDS = 50
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@bot_method("getUpdates")
async def get_updates(call: Call) -> list[dict[str, Any]]:
    updates = call.world.updates
    updates.subscribe(call.get("allowed_updates"))
    limit = min(MOST_UPDATES, max(1, call.get("limit", MOST_UPDATES)))
    return await updates.poll(call.get("offset", 0), limit, min(MOST_SECONDS, call.get("timeout", 0)))


@bot_method("setWebhook")
def set_webhook(call: Call) -> bool:
    url, secret = call.get("url", ""), call.get("secret_token", "")
    if url and not url.startswith(("http://", "https://")):
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if call.get("drop_pending_updates"):
        call.world.updates.clear()
    call.world.updates.subscribe(call.get("allowed_updates"))
    call.world.updates.set_webhook(
        {"url": url, "secret_token": secret, "max_connections": call.get("max_connections", 40)}
    )
    return True


@bot_method("deleteWebhook")
def delete_webhook(call: Call) -> bool:
    if call.get("drop_pending_updates"):
        call.world.updates.clear()
    if call.world.updates.webhook["url"]:
        call.world.updates.set_webhook({"url": ""})
    return True


@bot_method("getWebhookInfo")
def get_webhook_info(call: Call) -> dict[str, Any]:
    updates = call.world.updates
    shown = ("url", "max_connections", "last_error_date", "last_error_message")
    info = {name: updates.webhook[name] for name in shown if name in updates.webhook}
    info |= {"has_custom_certificate": False, "pending_update_count": len(updates.pending)}
    return info | ({"allowed_updates": updates.allowed} if updates.allowed else {})


@bot_method("logOut", "close")
def close(_: Call) -> bool:
    return True

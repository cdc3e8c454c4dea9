"""The page's side of the server: events, acts, files, and who may not use them."""

import json

import aiohttp
import pytest

from talkthrough.bot.local_chat.server import LocalTelegram
from tests.bot.local_chat.conftest import LEARNER, TUTOR


@pytest.fixture
async def session(url):
    async with aiohttp.ClientSession(url) as session:
        yield session


async def next_event(stream: aiohttp.ClientResponse) -> dict:
    while True:
        line = await stream.content.readline()
        if line.startswith(b"data: "):
            return json.loads(line[6:])


async def act(session: aiohttp.ClientSession, person: int, **order):
    async with session.post(f"/chat/{person}/act", json=order) as answer:
        return answer.status, await answer.json()


async def test_page_and_its_files_come_with_a_strict_policy(session):
    for name in ("/", "/page/chat.js", "/page/bubbles.js", "/page/voice.js", "/page/chat.css", "/page/icon.svg"):
        async with session.get(name) as answer:
            assert answer.status == 200
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "//" not in policy
            text = await answer.text()
            assert "https://" not in text.replace("https://t.me", "").replace("http://www.w3.org", "")
    async with session.get("/page/../server.py") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "["},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
async def test_foreign_pages_are_refused_everywhere(session, local, headers):
    for path in ("/", f"/chat/{LEARNER}/act", "/sim", f"/bot{local.token}/getMe"):
        async with session.post(path, json={}, headers=headers) as answer:
            assert answer.status == 403


async def test_other_machines_cannot_be_served():
    local = LocalTelegram()
    with pytest.raises(ValueError, match="this machine only"):
        async with local.serve(host="0.0.0.0"):
            pass
    local.close()


async def test_events_begin_with_everything_and_go_on_with_each_change(session, local, client):
    local.world.say(LEARNER, "/start")
    async with session.get(f"/chat/{LEARNER}/events") as stream:
        everything = await next_event(stream)
        assert [message["text"] for message in everything["messages"]] == ["/start"]
        assert [person["name"] for person in everything["people"]] == ["Learner 1", "Learner 2", "Tutor", "Assessor"]
        sent = await client.result("sendMessage", chat_id=LEARNER, text="hello")
        assert (await next_event(stream))["message"]["text"] == "hello"
        await client.result("sendChatAction", chat_id=LEARNER, action="typing")
        assert await next_event(stream) == {"kind": "action", "action": "typing"}
        await client.result("deleteMessage", chat_id=LEARNER, message_id=sent["message_id"])
        assert await next_event(stream) == {"kind": "removed", "message_id": sent["message_id"]}
        local.world.say(TUTOR, "/start")
        await client.result("sendMessage", chat_id=TUTOR, text="news")
        assert (await next_event(stream))["kind"] == "elsewhere"


async def test_the_quiz_answer_is_not_on_the_page_before_the_vote(session, local, client):
    local.world.say(LEARNER, "/start")
    quiz = {"question": "q", "options": ["a", "b"], "type": "quiz", "correct_option_ids": [1], "explanation": "why"}
    await client.result("sendPoll", chat_id=LEARNER, **quiz)
    async with session.get(f"/chat/{LEARNER}/events") as stream:
        poll = (await next_event(stream))["messages"][-1]["poll"]
        assert not {"correct_option_ids", "explanation"} & poll.keys()
        assert (await act(session, LEARNER, op="vote", poll_id=poll["id"], option_ids=[0]))[0] == 200
        shown = (await next_event(stream))["message"]
        assert (shown["poll"]["correct_option_ids"], shown["voted"]) == ([1], [0])


async def test_acts_are_done_or_refused_with_a_sentence(session, local):
    assert (await act(session, LEARNER, op="say", text="/start"))[0] == 200
    assert local.world.last(LEARNER, from_bot=False)["text"] == "/start"
    status, refused = await act(session, LEARNER, op="tap", message_id=999, button="A")
    assert (status, refused["error"]) == (400, "This message is no longer there.")
    assert (await act(session, LEARNER, op="fly"))[1]["error"].startswith("There is no act 'fly'")
    async with session.post(f"/chat/{LEARNER}/act", data="not json") as answer:
        assert answer.status == 400
    assert (await act(session, LEARNER, op="say", text=" "))[1]["error"] == "There is nothing to send."


async def test_uploads_arrive_and_only_pictures_and_sound_open_in_place(session, local):
    for kind, name, mime, content in (
        ("document", "page.html", "text/html", b"<script>alert(1)</script>"),
        ("voice", "voice.webm", "audio/webm", b"sound"),
    ):
        form = aiohttp.FormData({"kind": kind})
        form.add_field("file", content, filename=name, content_type=mime)
        async with session.post(f"/chat/{LEARNER}/file", data=form) as answer:
            assert (await answer.json())["ok"]
        file = local.world.last(LEARNER, from_bot=False)[kind]
        async with session.get(f"/chat/file/{file['file_id']}") as answer:
            assert await answer.read() == content
            assert answer.headers["Content-Disposition"].startswith("inline" if kind == "voice" else "attachment")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert [next(iter(u.keys() - {"update_id"})) for u in local.world.updates.pending] == ["message", "message"]


async def test_scripts_read_transcripts_and_wait_for_the_answer(session, demo):
    async with session.post("/sim", json={"op": "say", "person": LEARNER, "text": "hello"}) as answer:
        said = (await answer.json())["result"]
    order = {"op": "transcript", "person": LEARNER, "after": said["message_id"], "seconds": 5}
    async with session.post("/sim", json=order) as answer:
        assert [message["text"] for message in (await answer.json())["result"]] == ["Noted"]

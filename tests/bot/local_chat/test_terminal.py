"""The terminal: JSON lines for scripts, numbered buttons for people."""

import io
import json

import pytest
from rich.console import Console

from talkthrough.bot.local_chat.errors import ActRefusedError
from talkthrough.bot.local_chat.people import LEARNER_1, TUTOR
from talkthrough.bot.local_chat.phone import Phone, find_person
from talkthrough.bot.local_chat.terminal import Screen, talk_json
from tests.bot.local_chat.conftest import LEARNER


async def script(local, demo, *orders, folder=None):
    """What comes out when a script sends these orders; one list per order, without the closing {"idle": true}."""

    async def idle() -> bool:
        return demo.update_queue._unfinished_tasks == 0

    out = io.StringIO()
    source = io.StringIO("".join(f"{order if isinstance(order, str) else json.dumps(order)}\n" for order in orders))
    await talk_json(local.world, LEARNER_1, idle, source, out, folder=folder)
    rounds: list[list[dict]] = [[]]
    for line in out.getvalue().splitlines():
        if (thing := json.loads(line)) == {"idle": True}:
            rounds.append([])
        else:
            rounds[-1].append(thing)
    assert rounds[0] == []
    return rounds[1:-1]


async def test_texts_taps_edits_and_answers_as_json_lines(local, demo):
    greeted, tapped = await script(local, demo, {"text": "/start join"}, {"tap": "Revise"})
    assert greeted[0]["message"] == {
        "id": 1,
        "from": "me",
        "text": "/start join",
        "entities": greeted[0]["message"]["entities"],
    }
    buttons = [[{"text": "Revise", "data": "go:1"}, {"text": "Alert", "data": "al"}]]
    assert greeted[1]["message"]["buttons"] == buttons
    assert tapped[0] == {"answer": "Saved", "alert": False}
    assert tapped[1]["edit"]["text"] == "You chose revision"


async def test_quiz_is_tapped_by_its_option_and_then_shows_the_answer(local, demo):
    asked, voted = await script(local, demo, {"text": "/quiz"}, {"tap": "A friend"})
    assert asked[1]["message"]["poll"] == {
        "question": "Who is told first?",
        "options": ["A friend", "The designated lead"],
        "closed": False,
    }
    assert voted[0]["edit"]["poll"]["chosen"] == ["A friend"]
    assert voted[0]["edit"]["poll"]["correct"] == ["The designated lead"]


async def test_documents_go_out_and_come_in(local, demo, tmp_path):
    note = tmp_path / "note.ogg"
    note.write_bytes(b"OggS")
    draft, sent = await script(local, demo, {"text": "/draft"}, {"file": str(note)}, folder=tmp_path / "saved")
    file = draft[1]["message"]["document"]
    assert (tmp_path / "saved" / file["path"]).read_bytes() == b"<p>Draft</p>"
    assert sent[0]["message"]["voice"]["name"] == "note.ogg"
    assert ("voice", b"OggS") in demo.bot_data["heard"]
    assert {"edit": sent[0]["message"] | {"reactions": ["👍"]}} in sent


async def test_wrong_lines_are_answered_with_a_sentence(local, demo):
    rounds = await script(local, demo, "not json", "[]", {"tap": "Nothing"}, {"file": "/no/such"}, {"fly": 1})
    assert [list(things[0]) for things in rounds] == [["error"]] * 5
    assert rounds[2][0]["error"] == "There is no button “Nothing”."


def test_a_bots_file_name_never_leaves_the_folder(local, tmp_path):
    shown: list[dict] = []
    phone = Phone(local.world, LEARNER_1, shown.append, tmp_path / "in")
    local.world.listeners.add(phone.listen)
    file = local.world.keep_file(b"x", "../../evil.sh", "text/plain")
    document = {"file_id": file["id"], "file_unique_id": "u", "file_name": file["name"]}
    local.world.post(local.world.chats[LEARNER], {"from": {"id": 1, "is_bot": True}, "document": document})
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["2-evil.sh"]
    assert not (tmp_path / "evil.sh").exists()


def test_people_are_found_by_name():
    assert find_person("Tutor") == TUTOR
    assert find_person("learner1") == find_person("Learner 1") == find_person("1001") == LEARNER_1
    with pytest.raises(ActRefusedError, match="Learner 1, Learner 2, Tutor, Assessor"):
        find_person("boss")


def test_numbers_press_buttons_and_control_characters_are_not_shown():
    output = io.StringIO()
    screen = Screen(Console(file=output, width=80))
    buttons = [[{"text": "Revise", "data": "go:1"}, {"text": "Site", "url": "https://example.org"}]]
    screen.show({"message": {"id": 1, "from": "bot", "text": "Hello\x1b[31m [b]you[/b]", "buttons": buttons}})
    assert "\x1b" not in output.getvalue()
    assert "[b]you[/b]" in output.getvalue()
    assert "[1] Revise" in output.getvalue()
    assert screen.order("1") == {"tap": "go:1"}
    assert screen.order(" 1") == {"text": "1"}
    assert screen.order("3") == {"text": "3"}
    assert screen.order("+a.pdf") == {"file": "a.pdf"}

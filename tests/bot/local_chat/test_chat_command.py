"""`talkthrough chat --json`: the real application, in a process of its own."""

import asyncio
import json
import os
import sys

COMMAND = "from talkthrough.bot.cli import main; main()"


async def chat(folder, *orders, options=("--json",), **environment):
    """Run the command; returns its exit code, what came out as JSON objects, and its standard error."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", COMMAND, "chat", *options),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "TALKTHROUGH_DATA_DIR": str(folder), "TALKTHROUGH_TOKEN": "", **environment},
    )
    lines = "".join(f"{json.dumps(order)}\n" for order in orders)
    out, err = await asyncio.wait_for(process.communicate(lines.encode()), 60)
    return process.returncode, [json.loads(line) for line in out.splitlines()], err.decode()


async def test_a_script_talks_with_the_bot_and_a_second_run_goes_on(tmp_path):
    code, things, err = await chat(tmp_path, {"text": "/start"}, {"tap": "I have read this"})
    assert code == 0, err
    idle = [place for place, thing in enumerate(things) if thing == {"idle": True}]
    assert len(idle) == 3
    greeting, menu = things[idle[0] + 1 : idle[1]], things[idle[1] + 1 : idle[2]]
    assert "practice" in greeting[1]["message"]["text"]
    assert "Revise" in json.dumps(menu)

    code, things, err = await chat(tmp_path, {"tap": "Revise"})
    assert code == 0, err
    assert any("unit" in thing.get("message", {}).get("text", "").lower() for thing in things)


async def test_unknown_people_and_real_tokens_are_refused_with_a_sentence(tmp_path):
    code, _, err = await chat(tmp_path, options=("--json", "--as", "boss"))
    assert (code, "Learner 1" in err) == (2, True)
    code, _, err = await chat(tmp_path, TALKTHROUGH_TOKEN=f"123456789:{'A' * 35}")
    assert (code, "this data belongs to the bot on Telegram" in err) == (1, True)
    assert "A" * 35 not in err

"""The chat page in a real browser: written, tapped, switched, kept narrow, worked with the keyboard."""

from collections.abc import AsyncIterator

import pytest

from talkthrough.bot.local_chat.server import LocalTelegram
from tests.bot.local_chat.browser import CHROMIUM, Page, chromium
from tests.bot.local_chat.conftest import LEARNER, TUTOR, demo, local, url

__all__ = ["demo", "local", "url"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")

NOT_WIDER = "document.documentElement.scrollWidth <= 360 && document.getElementById('log').scrollWidth <= 360"
LAST_TEXT = "[...document.querySelectorAll('.message:last-of-type .text')].at(-1)?.textContent"


@pytest.fixture
async def page(demo, url) -> AsyncIterator[Page]:
    """Learner 1's page, opened; at the end nothing may have gone wrong in the browser."""
    async with chromium() as page:
        await page.open(f"{url}/")
        await page.until("document.querySelector('#start') && !document.querySelector('#start').hidden")
        yield page
        assert page.problems == []


async def write(page: Page, text: str) -> None:
    await page.js("document.getElementById('text').focus()")
    await page.type(text)
    await page.press("Enter")


def button(text: str) -> str:
    return f"[...document.querySelectorAll('.inline button, .option')].find(b => b.textContent.includes('{text}'))"


async def test_a_learner_starts_taps_and_sees_the_message_change_in_place(page, local):
    await page.js("document.getElementById('start').click()")
    await page.until(button("Revise"))
    await page.until("document.activeElement.id === 'text'")
    await page.js(f"{button('Revise')}.focus()")
    before = await page.js("document.querySelectorAll('.message').length")
    await page.press("Enter")
    await page.until(f"{LAST_TEXT} === 'You chose revision'")
    assert await page.js("document.querySelectorAll('.message').length") == before
    assert await page.js("document.activeElement.className.includes('message')"), "the focus stays on the message"
    assert await page.js("document.getElementById('toast').textContent") == "Saved"
    await write(page, "<b>gloves & apron</b>")
    await page.until(f"{LAST_TEXT} === 'Noted'")
    assert local.world.last(LEARNER, from_bot=False)["text"] == "<b>gloves & apron</b>"
    assert await page.js("document.querySelectorAll('.mine b').length") == 0
    assert await page.js(NOT_WIDER)


async def test_alert_quiz_document_and_long_words_on_a_small_phone(page, local):
    await page.js("document.getElementById('start').click()")
    await page.until(button("Alert"))
    await page.js(f"{button('Alert')}.click()")
    await page.until("document.getElementById('alert').open")
    await page.press("Escape")
    await write(page, "/quiz")
    await page.until(button("A friend"))
    assert await page.js("!document.body.textContent.includes('The lead decides')")
    await page.js(f"{button('A friend')}.click()")
    await page.until("document.querySelector('.wrong .verdict')?.textContent.includes('Not this one')")
    assert await page.js("document.querySelector('.right').textContent.includes('The designated lead')")
    await write(page, "/draft")
    await page.until("document.querySelector('a.file[download=\"draft.html\"]')")
    content = await page.js("fetch(document.querySelector('a.file').href).then(r => r.text())")
    assert content == "<p>Draft</p>"
    await write(page, "w" * 300)
    await page.until(f"{LAST_TEXT} === 'Noted'")
    assert await page.js(NOT_WIDER)


async def test_switching_the_person_shows_that_persons_chat_and_news_of_the_other(page, local, demo):
    await page.js("document.getElementById('start').click()")
    await page.until(button("Revise"))
    switch = "const s = document.getElementById('person'); s.value = '2001'; s.dispatchEvent(new Event('change'))"
    await page.js(switch)
    await page.until("!document.getElementById('start').hidden && !document.querySelector('.message')")
    await page.js("document.getElementById('start').click()")
    await page.until("document.querySelectorAll('.message').length === 2")
    assert local.world.last(TUTOR)["text"].startswith("Hello")
    await demo.bot.send_message(LEARNER, "A round is waiting")
    await page.until("document.getElementById('person').textContent.includes('Learner 1 • 1 new')")


async def test_files_commands_and_the_keyboard_below(page, local, demo):
    await demo.bot.set_my_commands([("quiz", "A question")])
    await page.js("document.getElementById('start').click()")
    await page.until(button("Revise"))
    await page.js("document.getElementById('menu').click()")
    await page.until("document.querySelector('#commands button')?.textContent === '/quizA question'")
    await page.press("Escape")
    assert await page.js("document.activeElement.id") == "menu"
    await page.js(
        "const t = new DataTransfer(); t.items.add(new File(['1.1 Explain'], 'unit.txt', {type: 'text/plain'}));"
        "const f = document.getElementById('file'); f.files = t.files; f.dataset.kind = 'document';"
        "f.dispatchEvent(new Event('change'))"
    )
    await page.until("document.querySelector('.mine a.file')")
    sent = local.world.last(LEARNER, from_bot=False)["document"]
    assert (sent["file_name"], local.world.store.file(sent["file_id"])) == ("unit.txt", b"1.1 Explain")


async def test_a_message_higher_than_the_screen_is_shown_from_its_beginning(page, demo):
    await page.js("document.getElementById('start').click()")
    await page.until(button("Revise"))
    await demo.bot.send_message(LEARNER, "\n".join(f"line {number}" for number in range(80)))
    top = "document.querySelector('.message:last-of-type').getBoundingClientRect().top"
    height = "document.getElementById('log').getBoundingClientRect().top"
    await page.until(f"document.querySelectorAll('.message').length === 3 && Math.abs({top} - {height}) < 20")
    await demo.bot.send_message(LEARNER, "short")
    await page.until(f"{LAST_TEXT} === 'short' && document.getElementById('to-end').hidden")
    await page.until("document.querySelector('.message:last-of-type').getBoundingClientRect().bottom < 740")


async def test_a_link_starts_with_its_code_and_a_sent_message_can_be_changed(page, local, demo, url):
    await page.command("Page.navigate", url=f"{url}/?as={TUTOR}&start=join_7Q")
    await page.until("document.getElementById('start') && document.getElementById('person').value === '2001'")
    await page.js("document.getElementById('start').click()")
    await page.until(f"{LAST_TEXT} === 'Hello join_7Q'")
    await write(page, "gloves")
    await page.until(f"{LAST_TEXT} === 'Noted'")
    await page.js("[...document.querySelectorAll('.mine .meta button')].at(-1).focus()")
    await page.press("Enter")
    await page.until("document.activeElement.id === 'text' && document.activeElement.value === 'gloves'")
    await page.type(" and apron")
    await page.press("Enter")
    await page.until("[...document.querySelectorAll('.mine .text')].at(-1).textContent === 'gloves and apron'")
    assert local.world.last(TUTOR, from_bot=False)["edit_date"]


async def test_the_page_takes_up_again_where_a_second_run_begins(tmp_path):
    first = LocalTelegram(tmp_path)
    async with chromium() as page:
        async with first.serve() as url:
            await page.open(f"{url}/")
            await page.until("document.getElementById('start')?.hidden === false")
            await page.js("document.getElementById('start').click()")
            await page.until("document.querySelectorAll('.message').length === 1")
        first.close()
        await page.until("!document.getElementById('offline').hidden")
        second = LocalTelegram(tmp_path)
        async with second.serve(port=int(url.rpartition(":")[2])):
            await page.until("document.getElementById('offline').hidden")
            await write(page, "still here")
            await page.until("document.querySelectorAll('.message').length === 2")
            assert [message["text"] for message in second.world.transcript(LEARNER)] == ["/start", "still here"]
        second.close()


async def test_a_voice_note_is_recorded_and_sent(page, local):
    await page.js("document.getElementById('start').click()")
    await page.until(button("Revise"))
    await page.js("document.getElementById('voice').click()")
    await page.until("document.activeElement.id === 'send' && !document.getElementById('recording').hidden")
    await page.until("document.getElementById('seconds').textContent === '0:01'")
    await page.press("Enter")
    await page.until("document.querySelector('.mine audio')")
    voice = local.world.last(LEARNER, from_bot=False)["voice"]
    assert voice["mime_type"].startswith("audio/")
    assert len(local.world.store.file(voice["file_id"])) > 1000


async def test_names_roles_and_labels_for_screen_readers(page, demo):
    await demo.bot.set_my_commands([("quiz", "A question")])
    await page.js("document.getElementById('start').click()")
    await page.until(button("Revise"))
    tree = (await page.command("Accessibility.getFullAXTree"))["nodes"]
    named = {(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]}
    assert ("log", "Messages") in named
    assert ("textbox", "Message") in named
    assert ("combobox", "I am") in named
    assert {("button", "Commands"), ("button", "Send a file"), ("button", "Revise")} <= named
    assert not [role for role, name in named if role in {"button", "textbox", "combobox", "link"} and not name.strip()]
    assert await page.js("document.getElementById('log').getAttribute('aria-live')") == "polite"

"""A learner makes a draft in the chat: prompts, gaps, striking out, reading, declaring; and who can get it."""

import hashlib
import json
from html.parser import HTMLParser

import pytest
from sqlmodel import select

from talkthrough.storage.tables import Discussion, Export, Planning, StoredDraft, StoredTurn, Supplement
from tests.end_to_end.acts import forge
from tests.end_to_end.conftest import House, Phone

STORY = "I moved two people to the tills because the queue was 20 minutes"
ROTA = "Carers told me that the rota came out too late so I sent it earlier"
ANSWER = "After that nobody waited longer than 5 minutes & the complaints fell <b>by half</b> 😀"


async def held(house: House, *answers: str) -> None:
    """A finished mock discussion of Unit 401, outcome 3, with these answers."""
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "3: be able", "Mock", "I have read this. Start"):
        await house.learner.tap(label)
    for answer in answers:
        await house.learner.say(answer)
    await house.learner.tap("Stop")


async def drafted(house: House, model: str = "STAR") -> str:
    await house.learner.tap("Make the draft")
    (draft,) = await house.learner.tap(model)
    return draft


def gaps(phone: Phone) -> list[str]:
    return [label for label in phone.buttons() if label.startswith("Say ")]


async def test_a_gap_is_filled_by_answering_in_the_chat_and_the_answer_stands_word_for_word(house: House) -> None:
    await held(house, STORY)
    draft = await drafted(house)
    assert "[Not yet said: what the result was]" in draft
    (question,) = await house.learner.tap("Say what the result was")
    assert question.count("?") == 1
    (after,) = await house.learner.say(ANSWER)
    assert "[Not yet said: what the result was]" not in after
    await house.learner.tap("Read it and confirm")
    page = text_of(house.learner.file(".html"))
    assert page.count(ANSWER) == 1
    assert "added after the discussion" in page
    assert "DRAFT. The learner has not confirmed it yet." in page


async def test_the_answer_about_when_dates_the_event(house: House) -> None:
    await held(house, STORY)
    assert "No date" in await drafted(house)
    await house.learner.tap("Say when this happened")
    (after,) = await house.learner.say("It was on 3 March 2026")
    assert "3 March 2026" in after
    assert "No date" not in after


async def test_a_question_about_a_message_that_was_left_out_quotes_it(house: House) -> None:
    await held(house, STORY, "I would ring them first if the van was late")
    draft = await drafted(house)
    (asked,) = [line for line in draft.splitlines() if line.startswith("a) ")]
    assert "I would ring them first" in asked
    assert asked.endswith('You wrote "would". Did this happen, and when?')
    await house.learner.tap("a: Did this happen")
    (after,) = await house.learner.say("Yesterday I rang them first because the van was late")
    assert "would" not in after
    assert "Yesterday" in after


BELL = "If the call bell rings I would go straight to room four"


async def test_no_to_whether_it_happened_leaves_the_message_out_in_full_and_it_can_be_brought_back(
    house: House,
) -> None:
    await held(house, STORY, BELL)
    await drafted(house)
    (question,) = await house.learner.tap("a: Did this happen")
    assert BELL in question
    assert "Type the whole message again" not in question
    (after,) = await house.learner.say("no it did not happen yet")
    assert "did not happen yet" not in after
    assert "call bell" not in after
    (listed,) = await house.learner.tap("Take messages out")
    assert BELL in listed
    await house.learner.tap("Put back")
    await house.learner.tap("Done")
    await house.learner.tap("Read it and confirm")
    page = text_of(house.learner.file(".html"))
    assert page.count(BELL) == 1
    assert STORY in page
    assert "did not happen yet" not in page


async def test_yes_to_whether_it_happened_brings_the_message_in_word_for_word(house: House) -> None:
    await held(house, STORY, BELL)
    await drafted(house)
    await house.learner.tap("a: Did this happen")
    await house.learner.say("i told you")
    (after,) = await house.learner.say("yes")
    assert "Did this happen" not in after
    await house.learner.tap("Read it and confirm")
    assert text_of(house.learner.file(".html")).count(BELL) == 1


async def test_a_bare_yes_or_no_to_another_question_changes_nothing(house: House) -> None:
    first = "Last Monday we moved Sandra to the tills"
    await held(house, STORY, first)
    await drafted(house)
    await house.learner.tap("b: Change it to a role?")
    (helped,) = await house.learner.say("yes")
    assert "Change it to a role?" in helped
    (after,) = await house.learner.say("no")
    assert first[:20] in after
    await house.learner.tap("Read it and confirm")
    assert "added after the discussion" not in text_of(house.learner.file(".html"))


async def test_a_question_back_and_a_wish_to_leave_are_no_answers_to_a_gap(house: House) -> None:
    await held(house, STORY)
    await drafted(house)
    await house.learner.tap("Say what the result was")
    (helped,) = await house.learner.say("wat you mean")
    assert "What came of it?" in helped
    (after,) = await house.learner.say("skip")
    assert "[Not yet said: what the result was]" in after
    await house.learner.tap("Read it and confirm")
    page = text_of(house.learner.file(".html"))
    assert "wat you mean" not in page
    assert "added after the discussion" not in page


async def test_two_stories_are_two_events_and_buttons_say_which_one_they_are_about(house: House) -> None:
    await held(house, STORY, "skip", "skip", ROTA)
    await drafted(house)
    labels = house.learner.buttons()
    assert len(set(labels)) == len(labels)
    await house.learner.tap("2: say when this happened")
    (after,) = await house.learner.say("saturday 7 november")
    first, second = after.split("2. No date")
    assert '1. 7 November 2026, from the words "saturday 7 november"' in first
    assert ROTA[:20] in first
    assert STORY[:20] in second


async def test_what_is_added_has_a_signed_chain_of_its_own_and_the_closed_one_does_not_grow(house: House) -> None:
    await held(house, STORY)
    await drafted(house)
    with house.application.pipeline.database.transaction() as session:
        (closed,) = session.exec(select(Discussion)).all()
        before = len(session.exec(select(StoredTurn).where(StoredTurn.discussion_id == closed.id)).all())
    await house.learner.tap("Say what the result was")
    await house.learner.say(ANSWER)
    await confirmed(house)
    with house.application.pipeline.database.transaction() as session:
        assert len(session.exec(select(StoredTurn).where(StoredTurn.discussion_id == closed.id)).all()) == before
        link = session.exec(select(Supplement)).one()
        part = session.get_one(Discussion, link.discussion_id)
        assert (link.supplements, part.status, part.signature is not None) == (closed.id, "closed", True)
    (units, *_) = await house.learner.say("/discuss")
    assert "waiting" not in units


async def test_a_message_is_struck_out_and_put_back(house: House) -> None:
    await held(house, STORY, "Last week I also wrote the rota for the team and sent it out")
    await drafted(house)
    await house.learner.tap("Take messages out")
    (listed,) = await house.learner.tap("Take out 4")
    assert "stays in the discussion log" in listed
    await house.learner.tap("Done")
    await house.learner.tap("Read it and confirm")
    page = text_of(house.learner.file(".html"))
    assert STORY not in page
    assert "struck out by the learner" in page
    await house.learner.tap("Change something")
    await house.learner.tap("Take messages out")
    await house.learner.tap("Put back 4")
    await house.learner.tap("Done")
    await house.learner.tap("Read it and confirm")
    assert STORY in text_of(house.learner.file(".html"))


async def test_a_draft_is_for_the_learner_alone_until_it_is_confirmed_and_again_once_it_changes(house: House) -> None:
    await held(house, STORY)
    await house.enter(house.assessor)
    await drafted(house)
    await release(house)
    await house.assessor.say("/logs")
    await house.assessor.tap("Learner 1")
    assert "Draft" not in house.assessor.buttons()
    discussion = house.assessor.button("Open the log")[1].split(":")[2]
    refused = await forge(house.assessor, f"logs:send:{discussion}:draft")
    assert refused == ["The learner has not confirmed a draft of this discussion."]
    await open_draft(house)
    await confirmed(house)
    await house.assessor.tap("Released logs")
    await house.assessor.tap("Learner 1")
    files = await house.assessor.tap("Draft")
    assert [name.rsplit(".")[-1].rstrip("]") for name in files[1:5]] == ["html", "docx", "pdf", "txt"]
    assert "The learner confirmed this draft" in text_of(house.assessor.file(".html"))
    await house.learner.tap("Make the draft")
    await house.learner.tap("Gibbs")
    await house.assessor.tap("Released logs")
    await house.assessor.tap("Learner 1")
    assert "Draft" not in house.assessor.buttons()


async def test_the_help_that_a_learner_declares_is_printed(house: House) -> None:
    await held(house, STORY)
    await drafted(house)
    await house.learner.tap("Read it and confirm")
    await house.learner.tap("I have read it")
    await house.learner.tap("All true. I had help")
    await house.learner.say("My sister helped me with the spelling")
    assert "Help from another tool or person: My sister helped me with the spelling" in text_of(
        house.learner.file(".html")
    )


async def test_a_confirmation_of_a_draft_that_has_changed_is_not_taken(house: House) -> None:
    await held(house, STORY)
    await drafted(house)
    await house.learner.tap("Read it and confirm")
    _, data = house.learner.button("I have read it")
    await house.learner.tap("Change something")
    await house.learner.tap("Other headings")
    await house.learner.tap("Kolb")
    await forge(house.learner, data)
    (said,) = await house.learner.tap("All true. I had no help")
    assert "read it again" in said


async def test_words_of_harm_in_an_answer_stop_tell_the_tutor_and_stay_out_of_the_draft(house: House) -> None:
    await held(house, STORY)
    await house.enter(house.tutor)
    await drafted(house)
    await house.learner.tap("Say what the result was")
    (stopped,) = await house.learner.say("nothing matters, I want to kill myself")
    assert "999" in stopped
    assert "I am telling 1 person" in stopped
    assert "Please check on Learner 1" in (await house.tutor.hear())[-1]
    await house.learner.say("/menu")
    await open_draft(house)
    await house.learner.tap("Read it and confirm")
    assert "kill myself" not in house.learner.file(".html").decode()


async def test_a_message_is_said_anew_when_the_draft_asks_about_it_and_the_log_keeps_the_first(house: House) -> None:
    first, anew = "Last Monday we moved Sandra to the tills", "Last Monday I moved my colleague to the tills"
    await held(house, STORY, first)
    assert "I can see a name" in await drafted(house)
    (question,) = await house.learner.tap("b: Change it to a role?")
    assert first in question
    assert question.count("?") == 1
    after = await house.learner.say(anew)
    assert "I can see a name" not in after[0]
    await house.learner.tap("Read it and confirm")
    page = text_of(house.learner.file(".html"))
    assert first not in page
    assert page.count(anew) == 1
    assert "edited by the learner, see turn" in page
    message, data = house.learner.button("Save the log")
    await house.learner.tap_data(message, data)
    log = text_of(house.learner.file(".html"))
    assert first in log
    assert anew not in log


async def test_plan_details_and_drafts_are_in_ones_own_data_and_go_with_an_erasure(house: House) -> None:
    await house.enter(house.learner)
    for label in ("Discuss", "Unit 401", "3: be able", "Mock", "Who is with me", "My tutor", "I have read this. Start"):
        await house.learner.tap(label)
    await house.learner.say(STORY)
    await house.learner.tap("Stop")
    await drafted(house)
    await house.learner.tap("Say what the result was")
    await house.learner.say(ANSWER)
    await house.learner.tap("Read it and confirm")
    await house.learner.say("/mydata")
    held_about = json.loads(house.learner.file("my-data.json"))
    assert held_about["planning"][0]["present"] == "My tutor"
    assert held_about["draft"][0]["model"] == "STAR"
    assert {file["kind"] for file in held_about["export"]} == {"draft"}
    assert ANSWER in json.dumps(held_about["discussions"], ensure_ascii=False).replace('\\"', '"')
    await house.learner.say("/forget")
    await house.learner.tap("Yes, erase everything")
    with house.application.pipeline.database.transaction() as session:
        assert session.exec(select(Planning)).all() == session.exec(select(StoredDraft)).all() == []
        assert [turn.text for turn in session.exec(select(StoredTurn)).all() if turn.text] == []


async def test_every_file_of_a_draft_is_registered_by_hash(house: House) -> None:
    await held(house, STORY)
    await drafted(house)
    await confirmed(house)
    with house.application.pipeline.database.transaction() as session:
        known = {export.sha256 for export in session.exec(select(Export)).all()}
    for ending in (".html", ".docx", ".pdf", ".txt"):
        assert hashlib.sha256(house.learner.file(ending)).hexdigest() in known


@pytest.mark.parametrize("model", ["What / So what", "STAR", "Gibbs", "Kolb"])
async def test_every_model_asks_one_question_a_gap_and_ends_without_gaps_when_all_are_answered(
    house: House, model: str
) -> None:
    await held(house, STORY)
    await drafted(house, model)
    answers = 0
    while left := gaps(house.learner):
        (question,) = await house.learner.tap(left[0])
        assert question.count("?") == 1
        await house.learner.say(f"On 3 March 2026 I did thing number {answers} myself")
        answers += 1
        assert answers <= 10
    await house.learner.tap("Read it and confirm")
    page = text_of(house.learner.file(".html"))
    assert "[Not yet said" not in page
    assert all(page.count(f"thing number {number} myself") == 1 for number in range(answers))


async def confirmed(house: House) -> None:
    await house.learner.tap("Read it and confirm")
    await house.learner.tap("I have read it")
    wait, *files, done = await house.learner.tap("All true. I had no help")
    assert "They come in a moment" in wait
    assert len(files) == 4
    assert "Confirmed" in done


async def release(house: House) -> None:
    for message in reversed(house.learner.messages):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if button["callback_data"].startswith("dis:release:"):
                    await house.learner.tap_data(message["message_id"], button["callback_data"])
                    await house.learner.tap("Yes, release it")
                    return
    raise AssertionError("nothing to release")


async def open_draft(house: House) -> None:
    message, data = house.learner.button("Make the draft")
    await house.learner.tap_data(message, data)
    await house.learner.tap("STAR")


def text_of(page: bytes) -> str:
    """What a browser shows of a page."""

    class Reader(HTMLParser):
        text = ""
        is_script = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.is_script = tag in ("script", "style")

        def handle_endtag(self, tag: str) -> None:
            self.is_script = False

        def handle_data(self, data: str) -> None:
            self.text += "" if self.is_script else data

    reader = Reader()
    reader.feed(page.decode())
    return reader.text


def record_of(page: bytes) -> dict[str, object]:
    """The record that a page carries."""
    _, _, after = page.decode().partition('id="record">')
    found: dict[str, object] = json.loads(after.partition("</script>")[0])
    return found

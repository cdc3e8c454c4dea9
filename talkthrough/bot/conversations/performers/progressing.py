"""Progress and forecasts as pictures with the same in words, and the learner's own log as files."""

from talkthrough.bot.conversations import aim_effects as a
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations.effects import Button, Rows, as_rows
from talkthrough.bot.conversations.menu import MENU
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.ordering import Piece, Production, order
from talkthrough.bot.conversations.record_results import FilesOrdered
from talkthrough.languages import language
from talkthrough.scheduler import sitting
from talkthrough.scheduler.forecast import learner_sentence
from talkthrough.scheduler.forgetting import DEFAULT_PARAMETERS
from talkthrough.scheduler.memory import settings_json
from talkthrough.scheduler.memory_rows import review_log
from talkthrough.scheduler.pictures import calibration_picture, outlook_picture
from talkthrough.scheduler.prediction import calibration_sentences
from talkthrough.scheduler.progress import calibration_of, progress_of
from talkthrough.scheduler.review_log import as_csv, as_json
from talkthrough.storage import answer_log, bank_files, bank_items, cohorts, outbox, people, pinned, refits
from talkthrough.storage.answers_page import answers_page
from talkthrough.storage.bank_items import APPROVED
from talkthrough.storage.records.model import RenderedFile
from talkthrough.storage.records.progress import criteria_text, progress_picture, progress_text
from talkthrough.storage.tables import Attachment, Role

MOST_OUTCOME_BUTTONS = 8  # in one row
ANKI = "For the app Anki."
LONGEST_CAPTION = 900  # characters; a photo's caption is cut at 1,024 UTF-16 units


def show_progress(desk: Desk, effect: f.ShowProgress) -> None:
    """The progress picture, with the same in text."""
    entry = pinned.meant_by(desk.session, desk.person_id, effect.version_id)
    if entry is None:
        return
    progress = progress_of(desk.session, desk.person, entry.unit, desk.now, pinned.behind(desk.session, entry))
    numbers = [outcome.number for outcome in progress.outcomes]
    rows: Rows = (
        *(
            tuple(Button(number, f"prog:out:{entry.version_id}:{number}") for number in numbers[first:last])
            for first, last in ((0, MOST_OUTCOME_BUTTONS), (MOST_OUTCOME_BUTTONS, 2 * MOST_OUTCOME_BUTTONS))
            if numbers[first:last]
        ),
        (
            Button("What this leads to", f"prog:outlook:{entry.version_id}"),
            Button("Questions for Anki", f"prog:deck:{entry.version_id}"),
        ),
        (Button("Revise this unit", f"rev:unit:{entry.version_id}"), MENU),
    )
    say = language(desk.person.language)
    _send(desk, progress_text(progress, say), rows, progress_picture(progress, say))


def order_deck(desk: Desk, effect: a.SendDeck) -> FilesOrdered | None:
    """Order the approved questions as a deck."""
    return order(desk, effect) if pinned.meant_by(desk.session, desk.person_id, effect.version_id) else None


def make_deck(desk: Desk, effect: a.SendDeck) -> Production:
    """The approved questions as a deck that opens with one tap where Anki is on the phone."""
    entry = pinned.meant_by(desk.session, desk.person_id, effect.version_id)
    items = bank_items.items(desk.session, entry.unit) if entry else ()
    if entry is None or not any(item.state == APPROVED for item in items):
        return Production(())
    unit = entry.unit

    def deck() -> RenderedFile:
        content, _ = bank_files.in_format(items, unit, "apkg", desk.now)
        return RenderedFile(bank_files.file_name(unit, "apkg"), bank_files.MEDIA["apkg"], content, ANKI)

    return Production((Piece(deck),))


def show_criteria(desk: Desk, effect: a.ShowCriteria) -> None:
    """One outcome, criterion by criterion."""
    entry = pinned.meant_by(desk.session, desk.person_id, effect.version_id)
    if entry is None:
        return
    progress = progress_of(desk.session, desk.person, entry.unit, desk.now)
    for outcome in progress.outcomes:
        if outcome.number == effect.outcome_number:
            rows: Rows = ((Button("Revise this unit", f"rev:unit:{entry.version_id}"), MENU),)
            _send(desk, criteria_text(outcome, language(desk.person.language)), rows)


def show_outlook(desk: Desk, effect: a.ShowOutlook) -> None:
    """What the pace leads to by the date, as a picture and in words; for tutors, what it asks of a newcomer."""
    entry = pinned.meant_by(desk.session, desk.person_id, effect.version_id)
    if entry is None:
        return
    rows: Rows = ((Button("How good is this forecast?", "prog:plot"),), (Button("Minutes a day", "set:min"), MENU))
    outlook = sitting.outlook_for(desk.session, desk.person, entry.unit, desk.now)
    if outlook is not None:
        say = language(desk.person.language)
        picture = outlook_picture(outlook, sitting.MORE_MINUTES, say)
        _send(desk, learner_sentence(outlook, sitting.MORE_MINUTES, say), rows, picture)
    lines = [
        f"{cohort.name}. {line}"
        for cohort in people.cohorts_with(desk.session, desk.person_id, Role.TUTOR)
        if cohorts.has_unit(cohort, entry.unit.key)
        and (used := cohorts.unit_of(desk.session, cohort, entry.unit.key))
        and (line := sitting.feasibility_line(desk.session, cohort, used.unit, desk.now))
    ]
    if lines:
        _send(desk, "\n".join(lines), ((MENU,),))
    if outlook is None and not lines:
        _say(desk, "no_outlook", {}, ((Button("Assessment date", "set:date"), MENU),))


def show_calibration(desk: Desk, _effect: a.ShowCalibration) -> None:
    """What was forecast and what happened."""
    table = calibration_of(desk.session, desk.person)
    if not table:
        _say(desk, "no_calibration", {}, ((MENU,),))
        return
    say = language(desk.person.language)
    lines = calibration_sentences(table, say)
    if refits.in_force(desk.session, desk.person_id):
        lines.append(say("The forecast is fitted to your own answers."))
    _send(desk, "\n".join(lines), ((MENU,),), calibration_picture(table, say))


def send_log(desk: Desk, _effect: a.SendLog) -> None:
    """The learner's answers: to read, and as revision programs exchange them."""
    log = review_log(answer_log.log_of(desk.session, desk.person_id))
    page = answers_page(desk.session, desk.person)
    desk.send_file("my-answers.html", "text/html", page, "Your answers, to read.")
    desk.send_file("my-answers.csv", "text/csv", as_csv(log).encode(), "The same for other revision programs (FSRS).")
    desk.send_file("my-answers.json", "application/json", as_json(log).encode())
    parameters = refits.in_force(desk.session, desk.person_id) or DEFAULT_PARAMETERS
    content = settings_json(parameters).encode()
    desk.send_file("my-fsrs-settings.json", "application/json", content, "The settings that go with them.")


def _send(desk: Desk, text: str, rows: Rows, picture: bytes | None = None) -> None:
    """Text, under its picture or after it: the words must say all that the picture shows, however much that is."""
    attachment = Attachment(file_name="picture.png", media_type="image/png", content=picture) if picture else None
    if attachment and len(text) > LONGEST_CAPTION:
        _say(desk, "progress", {"text": ""}, (), attachment)
        attachment = None
    _say(desk, "progress", {"text": text}, rows, attachment)


def _say(desk: Desk, view: str, values: dict[str, object], rows: Rows, attachment: Attachment | None = None) -> None:
    outbox.add(
        desk.session,
        chat_id=desk.chat_id,
        view=view,
        data={"values": values, "buttons": as_rows(rows), "language": desk.person.language},
        attachment=attachment,
        now=desk.now,
    )

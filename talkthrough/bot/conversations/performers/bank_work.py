"""The question bank in tutors' hands: browse, decide, word, add, exchange."""

from collections.abc import Sequence

from talkthrough.bot.conversations import bank_effects as f
from talkthrough.bot.conversations import bank_results as r
from talkthrough.bot.conversations.bank_views import PAGE
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.importing import keep
from talkthrough.question_bank.exchange.single import cells_of, in_words_of, own_question, reworded, sentence
from talkthrough.question_bank.exchange.table import decoded
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.specification import Unit
from talkthrough.storage import bank, bank_files, bank_items, phrasings
from talkthrough.storage.bank_items import APPROVED, DRAFT, RETIRED, Item
from talkthrough.storage.tables import Attachment

LISTED = 8  # changed questions that a preview names


def learners_seen_by(desk: Desk) -> frozenset[int] | None:
    """Whose reports and answers the person may see: those of their own learners; the owner sees all (None)."""
    return None if desk.person.is_owner else bank_items.learners_taught_by(desk.session, desk.person_id)


def open_bank(desk: Desk, _effect: f.OpenBank) -> r.BankOpened:
    """The units, and what waits for a tutor."""
    seen = learners_seen_by(desk)
    return r.BankOpened(
        tuple(r.BankUnitChoice(e.version_id, e.unit.label, e.unit.title) for e in bank.units(desk.session)),
        len(bank_items.open_flags(desk.session, seen)),
        len(phrasings.waiting(desk.session, seen)),
    )


def open_unit(desk: Desk, effect: f.OpenBankUnit) -> r.BankUnitOpened | r.NotThere:
    """A unit's criteria and how many questions each has."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None:
        return r.NotThere()
    items = bank_items.items(desk.session, entry.unit)
    asked = [item.question.criterion_key for item in items if item.state == APPROVED]
    states = [item.state for item in items]
    return r.BankUnitOpened(
        entry.version_id,
        entry.unit.label,
        entry.unit.title,
        tuple((criterion.number, asked.count(criterion.key)) for criterion in entry.unit.criteria),
        tuple((state, states.count(state)) for state in bank_items.STATES),
        bank.heading(desk.session, entry.unit.key).file_name,
    )


def list_items(desk: Desk, effect: f.ListItems) -> r.ItemsListed | r.NotThere:
    """The questions of a criterion, or those of the unit in one state, a few at a time."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None or not 0 <= (effect.criterion or 0) < max(len(entry.unit.criteria), 1):
        return r.NotThere()
    criterion = entry.unit.criteria[effect.criterion] if effect.criterion is not None else None
    wanted = [
        item
        for item in bank_items.items(desk.session, entry.unit)
        if (item.question.criterion_key == criterion.key if criterion else item.state == effect.state)
    ]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(max(effect.page, 0), pages - 1)
    return r.ItemsListed(
        entry.version_id,
        entry.unit.label,
        criterion.number if criterion else effect.state,
        criterion.text if criterion else "",
        tuple(_line(item) for item in wanted[page * PAGE : (page + 1) * PAGE]),
        effect.criterion,
        effect.state,
        page,
        pages,
    )


def _line(item: Item) -> r.ItemLine:
    question = item.question
    return r.ItemLine(bank_items.handle_of(question.key), question.kind.value, question.stem, item.state)


def open_item(desk: Desk, effect: f.OpenItem) -> r.ItemOpened | r.NotThere:
    """A question with its state, flaws, reports and figures."""
    return _opened(desk, effect.handle)


def _opened(desk: Desk, handle: str, done: str = "") -> r.ItemOpened | r.NotThere:
    item = bank_items.item(desk.session, handle)
    entry = bank.unit_by_key(desk.session, item.unit_key) if item else None
    if item is None or entry is None:
        return r.NotThere()
    question = item.question
    places = {criterion.key: place for place, criterion in enumerate(entry.unit.criteria)}
    seen = learners_seen_by(desk)
    flags = bank_items.open_flags(desk.session, seen)
    return r.ItemOpened(
        handle,
        question,
        entry.unit.label,
        entry.version_id,
        places.get(question.criterion_key),
        item.state,
        item.version,
        tuple(flaw.reason for flaw in item.flaws),
        bank_items.statistics(desk.session, question.key),
        tuple(flag.comment for flag in flags if flag.question_key == question.key),
        bank_items.also_said(desk.session, question.key, seen),
        _following(desk, entry.unit, question),
        done,
    )


def _following(desk: Desk, unit: Unit, question: Question) -> str:
    keys = [
        item.question.key
        for item in bank_items.items(desk.session, unit)
        if item.question.criterion_key == question.criterion_key
    ]
    place = keys.index(question.key) + 1
    return bank_items.handle_of(keys[place]) if place < len(keys) else ""


def decide(desk: Desk, effect: f.DecideItem) -> r.ItemOpened | r.NotThere:
    """Approve or retire; a button of an earlier wording changes nothing."""
    item = bank_items.item(desk.session, effect.handle)
    if item is None or effect.state not in {APPROVED, RETIRED}:
        return r.NotThere()
    if item.version != effect.version:
        return _opened(desk, effect.handle, "This wording is newer than that button. Please decide again.")
    if item.state != effect.state:
        bank_items.set_state(desk.session, item.question.key, effect.state, by=desk.person_id, now=desk.now)
    done = "Approved. Learners are asked this." if effect.state == APPROVED else "Retired. Nobody is asked this now."
    return _opened(desk, effect.handle, done)


def try_wording(desk: Desk, effect: f.TryWording) -> r.WordingTried | r.ItemOpened | r.NotThere:
    """Check a new wording, or keep it as a new version of the same question."""
    item = bank_items.item(desk.session, effect.handle)
    entry = bank.unit_by_key(desk.session, item.unit_key) if item else None
    if item is None or entry is None:
        return r.NotThere()
    before = cells_of(item.question, entry.unit).get(effect.part, "")
    if not effect.text:
        return r.WordingTried(effect.handle, effect.part, "", before)
    read = reworded(item.question, entry.unit, effect.part, effect.text, [item.question])
    if read.problems or not read.changed:
        problem = sentence(read.problems[0]) if read.problems else "That is the wording it has already."
        return r.WordingTried(effect.handle, effect.part, effect.text, before, problem)
    if effect.save:
        bank_items.save(desk.session, read.changed, entry.unit, state=APPROVED, by=desk.person_id, now=desk.now)
        return _opened(desk, effect.handle, "Saved. It is the same question: no learner's schedule has changed.")
    (flaws,) = bank_items.flaws_in(desk.session, read.changed[:1], entry.unit)
    return r.WordingTried(effect.handle, effect.part, effect.text, before, flaws=tuple(flaw.reason for flaw in flaws))


def show_wordings(desk: Desk, effect: f.ShowWordings) -> r.WordingsShown | r.NotThere:
    """Earlier wordings of a question."""
    item = bank_items.item(desk.session, effect.handle)
    if item is None:
        return r.NotThere()
    older = [row for row in bank_items.versions(desk.session, item.question.key) if row.version < item.version]
    wordings = tuple((row.version, row.origin, bank_items.question_in(row).stem) for row in older[-LISTED:])
    return r.WordingsShown(effect.handle, wordings)


def take_wording(desk: Desk, effect: f.TakeWording) -> r.ItemOpened | r.NotThere:
    """Use an earlier wording again, as a new version; it passes the same checks as any other."""
    item = bank_items.item(desk.session, effect.handle)
    entry = bank.unit_by_key(desk.session, item.unit_key) if item else None
    wordings = bank_items.versions(desk.session, item.question.key) if item else ()
    row = next((row for row in wordings if row.version == effect.version), None)
    if item is None or entry is None or row is None:
        return r.NotThere()
    read = in_words_of(item.question, bank_items.question_in(row), entry.unit)
    if read.problems:
        return _opened(desk, effect.handle, f"That wording no longer fits. {sentence(read.problems[0])}")
    bank_items.save(desk.session, read.changed, entry.unit, state=None, by=desk.person_id, now=desk.now)
    return _opened(desk, effect.handle, "The earlier wording is back. No learner's schedule has changed.")


def try_own(desk: Desk, effect: f.TryOwn) -> r.OwnTried | r.ItemOpened | r.NotThere:
    """Check a tutor's own question, or keep it."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None or not 0 <= effect.criterion < len(entry.unit.criteria):
        return r.NotThere()
    known = [item.question for item in bank_items.items(desk.session, entry.unit)]
    number = entry.unit.criteria[effect.criterion].number
    read = own_question(entry.unit, number, effect.question, effect.answer, known)
    if read.problems or not read.added:
        return r.OwnTried(sentence(read.problems[0]) if read.problems else "There is nothing to keep yet.")
    if effect.save in {APPROVED, DRAFT}:
        (item,) = bank_items.save(
            desk.session, read.added, entry.unit, state=effect.save, by=desk.person_id, now=desk.now
        )
        return _opened(desk, bank_items.handle_of(item.question.key), "Your question is in the bank.")
    (flaws,) = bank_items.flaws_in(desk.session, read.added[:1], entry.unit)
    return r.OwnTried(question=read.added[0], flaws=tuple(flaw.reason for flaw in flaws))


def send_file(desk: Desk, effect: f.SendBankFile) -> r.BankFileSent | r.NotThere:
    """The unit's questions for another program."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None:
        return r.NotThere()
    items = bank_items.items(desk.session, entry.unit)
    content, count = bank_files.in_format(items, entry.unit, effect.format, desk.now)
    if count:
        desk.send_file(bank_files.file_name(entry.unit, effect.format), bank_files.MEDIA[effect.format], content)
    return r.BankFileSent(entry.unit.label, effect.format, count)


WHICH_UNIT = (
    "I cannot see which unit these questions belong to. Get the table of the unit from the question bank, "
    "edit that file and send it."
)


def show_table(desk: Desk, effect: f.ShowTable) -> r.TableRead:
    """What an edited table would change; nothing is taken over yet."""
    text = decoded(effect.content)
    unit = bank_files.unit_of_table(desk.session, text)
    if unit is None:
        return r.TableRead(effect.file_name, problems=(WHICH_UNIT,))
    read = bank_files.read_table(desk.session, text, unit)
    if read.problems:
        return r.TableRead(effect.file_name, unit_label=unit.label, problems=read.problems)
    flawed = sum(map(bool, bank_items.flaws_in(desk.session, read.questions, unit)))
    return r.TableRead(
        effect.file_name,
        keep(desk, effect.file_name, effect.content) if read.questions else 0,
        unit.label,
        _stems(read.changed),
        _stems(read.added),
        read.unchanged,
        flawed,
    )


def _stems(questions: Sequence[Question]) -> tuple[str, ...]:
    more = len(questions) - LISTED
    stems = tuple(question.stem for question in questions[:LISTED])
    return (*stems, f"and {more} more") if more > 0 else stems


def import_table(desk: Desk, effect: f.ImportTable) -> r.TableImported | r.TableRead | r.NotThere:
    """Take the table over: all of it or nothing. What the review objects to is held back."""
    row = desk.session.get(Attachment, effect.attachment_id)
    text = decoded(row.content) if row else ""
    unit = bank_files.unit_of_table(desk.session, text) if row else None
    if row is None or unit is None:
        return r.NotThere()
    read = bank_files.read_table(desk.session, text, unit)
    desk.session.delete(row)
    if read.problems:
        return r.TableRead(row.file_name, unit_label=unit.label, problems=read.problems)
    held_back = bank_files.import_table(desk.session, read, unit, by=desk.person_id, now=desk.now)
    return r.TableImported(unit.label, len(read.changed), len(read.added), held_back)

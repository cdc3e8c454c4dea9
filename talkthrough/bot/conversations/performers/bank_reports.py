"""What learners say about questions and marks: reports, and disagreements that a tutor settles."""

from talkthrough.bot.conversations import bank_effects as f
from talkthrough.bot.conversations import bank_results as r
from talkthrough.bot.conversations.performers.bank_work import learners_seen_by
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.question_bank.items.question import ExpectedPoint, Question
from talkthrough.storage import bank, bank_items, phrasings
from talkthrough.storage.tables import Answer, QuestionFlag, StoredPhrasing

LONGEST_PHRASING = 12  # words: longer ones would count as the point wherever half of them are said
LONGEST_ANSWER = 600
TOO_LONG = "That is more than 12 words. Type only the words that show the point."


def show_report(desk: Desk, effect: f.ShowReport) -> r.ReportShown:
    """The next report of a question."""
    return _report(desk, effect.after)


def _report(desk: Desk, after: int = 0, done: str = "") -> r.ReportShown:
    flags = bank_items.open_flags(desk.session, learners_seen_by(desk))
    flag = next((flag for flag in flags if (flag.id or 0) > after), flags[0] if flags else None)
    if flag is None:
        return r.ReportShown(done=done)
    question = bank.question(desk.session, flag.question_key)
    return r.ReportShown(
        flag.id or 0,
        bank_items.handle_of(flag.question_key),
        _unit_label(desk, question),
        question.stem if question else "",
        flag.comment,
        f"{flag.created_at:%-d %B}",
        len(flags),
        done,
    )


def _unit_label(desk: Desk, question: Question | None) -> str:
    entry = bank.unit_by_key(desk.session, bank.unit_key_of(desk.session, question.key)) if question else None
    return f"{entry.unit.label}, {question.criterion_number}" if entry and question else ""


def settle_report(desk: Desk, effect: f.SettleReport) -> r.ReportShown | r.NotThere:
    """The tutor dealt with a report."""
    flag = desk.session.get(QuestionFlag, effect.flag_id)
    if flag is None or not _may_see(desk, flag.person_id):
        return r.NotThere()
    bank_items.settle_flag(flag, desk.now)
    desk.session.flush()
    return _report(desk, effect.flag_id, "Settled.")


def _may_see(desk: Desk, person_id: int | None) -> bool:
    seen = learners_seen_by(desk)
    return seen is None or person_id in seen


def show_disagreement(desk: Desk, effect: f.ShowDisagreement) -> r.DisagreementShown:
    """The next answer that learner and tool read differently."""
    return _disagreement(desk, effect.after)


def _disagreement(desk: Desk, after: int = 0, done: str = "") -> r.DisagreementShown:
    rows = phrasings.waiting(desk.session, learners_seen_by(desk))
    row = next((row for row in rows if (row.id or 0) > after), rows[0] if rows else None)
    if row is None:
        return r.DisagreementShown(done=done)
    question = bank.question(desk.session, row.question_key or "")
    answer = desk.session.get(Answer, row.answer_id) if row.answer_id else None
    opinion = phrasings.opinion_of(row)
    return r.DisagreementShown(
        row.id or 0,
        _unit_label(desk, question),
        question.stem if question else "",
        _point_text(question, row.point_key),
        (answer.text or "")[:LONGEST_ANSWER] if answer else "",
        row.text if len(row.text.split()) <= LONGEST_PHRASING else "",
        ("not sure" if opinion.band == "unsure" else opinion.state.value) if opinion else "",
        len(rows),
        done,
    )


def _point_text(question: Question | None, key: str) -> str:
    points = question.expected_points if question else ()
    return next((point.text for point in points if point.key == key), key.partition("/")[2].replace("-", " "))


def settle_disagreement(desk: Desk, effect: f.SettleDisagreement) -> r.DisagreementShown | r.NotThere:
    """The tutor agrees with the learner, and the words count from now on; or does not."""
    row = desk.session.get(StoredPhrasing, effect.phrasing_id)
    if row is None or not _may_see(desk, row.person_id) or row.state != phrasings.CANDIDATE:
        return r.NotThere()
    if not effect.approve:
        phrasings.decline(row, desk.now)
        desk.session.flush()
        return _disagreement(desk, effect.phrasing_id, "Kept as it is. The learner's own correction stays.")
    words = " ".join((effect.text or row.text).split())
    if len(words.split()) > LONGEST_PHRASING:
        return _disagreement(desk, effect.phrasing_id - 1, TOO_LONG)
    phrasings.approve(row, words, desk.now)
    desk.session.flush()
    return _disagreement(desk, effect.phrasing_id, f"From now on “{words}” counts as this point.")


def show_words(desk: Desk, effect: f.ShowWords) -> r.WordsShown | r.NotThere:
    """The points of a question with the words that tutors gave them."""
    return _words(desk, effect.handle)


def _words(desk: Desk, handle: str, done: str = "") -> r.WordsShown | r.NotThere:
    item = bank_items.item(desk.session, handle)
    if item is None:
        return r.NotThere()
    points = _sought(item.question)
    given: dict[str, list[tuple[int, str]]] = {}
    for row in phrasings.approved(desk.session, [point.key for point in points]):
        given.setdefault(row.point_key, []).append((row.id or 0, row.text))
    shown = tuple((point.text, tuple(given.get(point.key, ()))) for point in points)
    return r.WordsShown(handle, item.question.stem, shown, done)


def _sought(question: Question) -> tuple[ExpectedPoint, ...]:
    """Points that are looked for by words; slots such as a strength are heard by how something is said."""
    return tuple(point for point in question.expected_points if point.slot is None)


def add_words(desk: Desk, effect: f.AddWords) -> r.WordsShown | r.NotThere:
    """These words count as the point, in every question that expects it."""
    item = bank_items.item(desk.session, effect.handle)
    points = _sought(item.question) if item else ()
    if item is None or not 0 <= effect.point < len(points):
        return r.NotThere()
    words = " ".join(effect.text.split())
    if not words or len(words.split()) > LONGEST_PHRASING:
        return _words(desk, effect.handle, TOO_LONG)
    phrasings.add(desk.session, points[effect.point].key, words, item.question.key, desk.now)
    desk.session.flush()
    return _words(desk, effect.handle, f"From now on “{words}” counts as this point.")


def drop_words(desk: Desk, effect: f.DropWords) -> r.WordsShown | r.NotThere:
    """Words that were approved count no longer; marks that were given stay."""
    row = desk.session.get(StoredPhrasing, effect.phrasing_id)
    if row is None or row.state != phrasings.APPROVED:
        return r.NotThere()
    phrasings.decline(row, desk.now)
    desk.session.flush()
    return _words(desk, effect.handle, "Removed.")

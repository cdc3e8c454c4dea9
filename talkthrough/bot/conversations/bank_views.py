"""What a tutor sees of the question bank: each result as a message with its buttons."""

import re
from dataclasses import asdict, replace

from talkthrough.bot.conversations import bank_results as r
from talkthrough.bot.conversations.effects import Button, Rows, Say
from talkthrough.bot.conversations.menu import MENU, Step, in_rows, shortened, unit_button
from talkthrough.bot.conversations.states import Resting, State, Wording, WritingQuestion
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.items.wording import tidy

LETTERS = "ABCD"
IN_A_ROW = 3
PAGE = 6  # questions on one screen
WAITING_STATES = ("draft", "held back", "retired")
BANK = Button("Question bank", "bank")
CRITERION_QUOTED = re.compile(r"^[^“]{1,40}: “[^”]*”\.\s+")


def shown(state: State, event: object) -> Step | None:
    """The message for a result; None where it is not of the bank."""
    match event:
        case r.BankOpened():
            return opened(event)
        case r.BankUnitOpened():
            return unit_opened(event)
        case r.ItemsListed():
            return listed(event)
        case r.ItemOpened():
            return item_opened(event)
        case r.WordingsShown():
            return wordings_shown(event)
        case r.WordingTried():
            return wording_tried(state, event)
        case r.OwnTried():
            return own_tried(state, event)
        case r.ReportShown():
            return report_shown(event)
        case r.DisagreementShown():
            return disagreement_shown(event)
        case r.WordsShown():
            return words_shown(event)
        case r.BankFileSent():
            return file_sent(event)
    return None


def opened(event: r.BankOpened) -> Step:
    """The bank: what waits first, then the units."""
    waiting: Rows = (
        *(((Button(f"Reports from learners ({event.reports})", "b:rep:0"),),) if event.reports else ()),
        *(((Button(f"Answers to look at ({event.disagreements})", "b:dis:0"),),) if event.disagreements else ()),
    )
    units = tuple((Button(unit_button(unit.label, unit.title), f"b:u:{unit.version_id}"),) for unit in event.units)
    return Resting(), (Say("bank", {"has_units": bool(units)}, (*waiting, *units, (MENU,))),)


def unit_opened(event: r.BankUnitOpened) -> Step:
    """A unit: a button for each criterion, and for what a tutor has to decide."""
    counts = dict(event.states)
    criteria = [
        Button(f"{number} ({count})", f"b:c:{event.version_id}:{place}:0")
        for place, (number, count) in enumerate(event.criteria)
    ]
    states = tuple(
        Button(f"{state.capitalize()} ({counts[state]})", f"b:s:{event.version_id}:{state}:0")
        for state in WAITING_STATES
        if counts[state]
    )
    rows: Rows = (
        *in_rows(criteria, IN_A_ROW),
        *((state,) for state in states),
        (Button("Get as a file", f"b:files:{event.version_id}"),),
        (BANK, MENU),
    )
    values = {"unit": event.label, "title": event.title, "states": counts, "document": event.document}
    return Resting(), (Say("bank_unit", values | {"has_criteria": bool(criteria)}, rows),)


def listed(event: r.ItemsListed) -> Step:
    """Questions, numbered; one button each."""
    first = 1 + event.page * PAGE
    values = {
        "unit": event.unit_label,
        "heading": event.heading,
        "text": event.text,
        "items": [
            [first + at, item.kind, _without_criterion(item.stem) if event.text else item.stem, item.state]
            for at, item in enumerate(event.items)
        ],
        "is_criterion": event.criterion is not None,
    }
    numbers = tuple(Button(str(first + at), f"b:i:{item.handle}") for at, item in enumerate(event.items))
    where = f"b:c:{event.version_id}:{event.criterion}" if event.criterion is not None else ""
    where = where or f"b:s:{event.version_id}:{event.state}"
    paging = (
        *((Button("Earlier", f"{where}:{event.page - 1}"),) if event.page else ()),
        *((Button("More", f"{where}:{event.page + 1}"),) if event.page + 1 < event.pages else ()),
    )
    own = (Button("Add my own question", f"b:own:{event.version_id}:{event.criterion}"),)
    rows = (numbers, paging, own if event.criterion is not None else (), (_to_unit(event.version_id), MENU))
    return Resting(), (Say("bank_items", values, tuple(row for row in rows if row)),)


def _without_criterion(stem: str) -> str:
    """The question itself: the criterion stands above the list already."""
    return CRITERION_QUOTED.sub("", stem)


def _to_unit(version_id: int) -> Button:
    return Button("Back to the unit", f"b:u:{version_id}")


def item_opened(event: r.ItemOpened) -> Step:
    """A question with everything that decides on it."""
    values = {
        "unit": event.unit_label,
        "state": event.state,
        "version": event.version,
        "flaws": list(event.flaws),
        "reports": list(event.reports),
        "also_said": list(event.also_said),
        "figures": _figures(event),
        "done": event.done,
        **question_values(event.question),
    }
    approve = Button("Approve" if not event.flaws else "Approve anyway", f"b:ok:{event.handle}:{event.version}")
    retire = Button("Retire", f"b:ret:{event.handle}:{event.version}")
    decisions = {"approved": (retire,), "retired": (approve,)}.get(event.state, (approve, retire))
    onward = (Button("Next question", f"b:i:{event.following}"),) if event.following else ()
    back = f"b:c:{event.version_id}:{event.criterion}:0" if event.criterion is not None else f"b:u:{event.version_id}"
    older = (Button("Earlier wordings", f"b:old:{event.handle}"),) if event.version > 1 else ()
    rows = (decisions, *_edit_rows(event), older, onward, (Button("Back", back), MENU))
    return Resting(), (Say("bank_item", values, tuple(row for row in rows if row)),)


def question_values(question: Question) -> dict[str, object]:
    """A question as a tutor reads it: with its key, reasons and points."""
    return {
        "criterion": question.criterion_number,
        "kind": question.kind.value,
        "stem": question.stem,
        "options": [
            [letter, option.text, option.is_key, option.why]
            for letter, option in zip(LETTERS, question.options, strict=False)
        ],
        "points": [tidy(point.text) for point in question.expected_points],
        "feedback": question.feedback,
        "lines": [question.source.first, question.source.last],
    }


def _figures(event: r.ItemOpened) -> dict[str, object]:
    figures = event.statistics
    return {
        **asdict(figures),
        "pulls": [[letter, count] for letter, count in zip(LETTERS, figures.pulls, strict=False)],
        "facility": None if figures.facility is None else round(figures.facility * 100),
        "discrimination": None if figures.discrimination is None else f"{figures.discrimination:.2f}",
    }


def _edit_rows(event: r.ItemOpened) -> Rows:
    """One button for each part that may be worded anew."""
    question = event.question

    def edit(label: str, part: str) -> Button:
        return Button(label, f"b:word:{event.handle}:{part}")

    letters = LETTERS[: len(question.options)]
    own_points = (edit("Edit points", "points"),) if ":own-" in question.key and question.expected_points else ()
    words = (Button("Words that count", f"b:points:{event.handle}"),) if question.expected_points else ()
    return (
        (edit("Edit question", "question"), edit("Edit feedback", "feedback"), *own_points),
        words,
        tuple(edit(f"Edit {letter}", f"option {letter}") for letter in letters),
        tuple(
            edit(f"Why {letter}", f"why {letter}")
            for letter, option in zip(letters, question.options, strict=True)
            if not option.is_key
        ),
    )


def wordings_shown(event: r.WordingsShown) -> Step:
    """Earlier wordings, each of which can be used again."""
    wordings = [[version, origin, stem] for version, origin, stem in event.wordings]
    rows: Rows = tuple(
        (Button(f"Use wording {version} again", f"b:take:{event.handle}:{version}"),) for version, *_ in event.wordings
    )
    back = (Button("Back to the question", f"b:i:{event.handle}"), MENU)
    return Resting(), (Say("wordings", {"wordings": wordings}, (*rows, back)),)


def wording_tried(state: State, event: r.WordingTried) -> Step:
    """Ask for new words, or show what they would be and what the review says."""
    values = {
        "part": event.part,
        "before": event.before,
        "text": event.text,
        "problem": event.problem,
        "flaws": list(event.flaws),
    }
    can_save = bool(event.text) and not event.problem
    save: Rows = ((Button("Save anyway" if event.flaws else "Save", "b:save"),),) if can_save else ()
    back = Button("Leave it as it was", f"b:i:{event.handle}")
    after = state if can_save or not isinstance(state, Wording) else replace(state, text="")
    return after, (Say("wording", values, (*save, (back,))),)


def own_tried(state: State, event: r.OwnTried) -> Step:
    """A tutor's own question before it is kept."""
    if not isinstance(state, WritingQuestion):
        return state, ()
    back = (Button("Back", f"b:c:{state.version_id}:{state.criterion}:0"), MENU)
    if event.question is None:
        again = "" if event.problem.startswith("The question") else state.question
        return replace(state, question=again, answer=""), (
            Say("own_problem", {"problem": event.problem, "question": again}, (back,)),
        )
    values = {"flaws": list(event.flaws), **question_values(event.question)}
    rows = ((Button("Approve", "b:keep:approved"), Button("Keep as a draft", "b:keep:draft")), back)
    return state, (Say("own_preview", values, rows),)


def report_shown(event: r.ReportShown) -> Step:
    """A learner's report, without the learner's name."""
    if not event.flag_id:
        return Resting(), (Say("report", asdict(event), ((BANK, MENU),)),)
    rows: Rows = (
        (Button("Open the question", f"b:i:{event.handle}"),),
        (Button("Settled", f"b:repok:{event.flag_id}"), Button("Next", f"b:rep:{event.flag_id}")),
        (BANK, MENU),
    )
    return Resting(), (Say("report", asdict(event), rows),)


def disagreement_shown(event: r.DisagreementShown) -> Step:
    """The learner says that a point was mentioned; the tool did not see it."""
    if not event.phrasing_id:
        return Resting(), (Say("disagreement", asdict(event), ((BANK, MENU),)),)
    known = (Button(shortened(f"Yes: “{event.words}”", 44), f"b:disok:{event.phrasing_id}"),) if event.words else ()
    rows = (
        known,
        (Button("Yes, in these words …", f"b:distype:{event.phrasing_id}"),),
        (Button("No", f"b:disno:{event.phrasing_id}"), Button("Next", f"b:dis:{event.phrasing_id}")),
        (BANK, MENU),
    )
    return Resting(), (Say("disagreement", asdict(event), tuple(row for row in rows if row)),)


def words_shown(event: r.WordsShown) -> Step:
    """What counts as each point beside the published words."""
    values = {
        "stem": event.stem,
        "points": [[text, [words for _, words in given]] for text, given in event.points],
        "done": event.done,
    }
    add = [Button(f"Add to {place + 1}", f"b:addw:{event.handle}:{place}") for place in range(len(event.points))]
    drop = tuple(
        (Button(shortened(f"Remove “{words}”", 44), f"b:delw:{event.handle}:{phrasing_id}"),)
        for _, given in event.points
        for phrasing_id, words in given
    )
    rows: Rows = (*in_rows(add, IN_A_ROW), *drop)
    back = (Button("Back to the question", f"b:i:{event.handle}"), MENU)
    return Resting(), (Say("point_words", values, (*rows, back)),)


def file_sent(event: r.BankFileSent) -> Step:
    """The file is on its way, or there is nothing in it."""
    return Resting(), (Say("bank_file", asdict(event), ((BANK, MENU),)),)

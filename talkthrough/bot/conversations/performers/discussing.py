"""Planning, holding and closing mock discussions, and taking their files home."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from talkthrough import __version__
from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.question_bank import discussion as policy
from talkthrough.question_bank.discussion.model import Move, Plan, Turn, Wish
from talkthrough.question_bank.items import expected_points
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark
from talkthrough.storage import bank, discussions, outbox, people
from talkthrough.storage.records import FileFormat, render
from talkthrough.storage.records.draft import NothingToDraftError, reflective_draft
from talkthrough.storage.records.log import discussion_log
from talkthrough.storage.records.model import DiscussionLog, LogDetails, Record
from talkthrough.storage.tables import Discussion, Recording

EXTRA_TIME = 1.5
ENDING_MOVES = ("close", "safeguard")
DRAFT_FORMATS: tuple[FileFormat, ...] = ("html", "docx")
LOG_FORMATS: tuple[FileFormat, ...] = ("html", "pdf", "docx", "csv", "json")


def find_waiting(desk: Desk, _effect: f.FindWaitingDiscussion) -> r.Event:
    """A discussion that was set aside, else the units to choose from."""
    waiting = discussions.open_of(desk.session, desk.person_id)
    if waiting is None or waiting.status == "planned":
        return units_for(desk, "discuss")
    plan = discussions.plan_of(waiting)
    return r.DiscussionWaiting(_id(waiting), plan.unit_label, plan.outcome_number)


def find_units(desk: Desk, effect: f.FindUnits) -> r.Event:
    """All current units."""
    return units_for(desk, effect.purpose)


def units_for(desk: Desk, purpose: r.Purpose) -> r.UnitsFound:
    """The units as buttons."""
    choices = (
        r.UnitChoice(entry.version_id, entry.unit.label, entry.unit.title, entry.is_blank)
        for entry in bank.units(desk.session)
    )
    return r.UnitsFound(purpose, tuple(choices))


def find_outcomes(desk: Desk, effect: f.FindOutcomes) -> r.Event:
    """The outcomes of a unit that have criteria, or the chosen one."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None:
        return units_for(desk, effect.purpose)
    unit = entry.unit
    outcomes = tuple(outcome for outcome in unit.outcomes if outcome.criteria)
    chosen = tuple(outcome for outcome in outcomes if outcome.number == effect.chosen)
    return r.OutcomesFound(
        effect.purpose, effect.version_id, unit.label, unit.title, chosen or outcomes, is_chosen=bool(chosen)
    )


def plan(desk: Desk, effect: f.PlanDiscussion) -> r.Event:
    """Make the planning sheet."""
    entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None or effect.outcome_number not in {outcome.number for outcome in entry.unit.outcomes}:
        return units_for(desk, "discuss")
    extra_time = EXTRA_TIME if people.settings_of(desk.person).get("extra_time") else 1.0
    made = policy.plan_discussion(
        entry.unit, effect.outcome_number, mode=effect.mode, points=expected_points, extra_time=extra_time
    )
    row = discussions.start(
        desk.session,
        person_id=desk.person_id,
        unit_version_id=entry.version_id,
        plan=made,
        time_zone=desk.person.time_zone,
        now=desk.now,
    )
    return r.PlanMade(_id(row), made, _next(desk, row, made).text)


def begin(desk: Desk, effect: f.BeginDiscussion) -> r.Event:
    """The plan was read: open the discussion, or show where it stands if it is open already."""
    row = _own(desk, effect.discussion_id)
    if row is None or row.status == "closed":
        return r.NoSuchDiscussion()
    if row.status != "planned":
        return resume(desk, f.ResumeDiscussion(effect.discussion_id))
    made = discussions.plan_of(row)
    _keep(desk, row, _tap(desk, "I have read this. Start", "continue"))
    discussions.resume(desk.session, row, desk.now)
    return _move(desk, row, made)


def resume(desk: Desk, effect: f.ResumeDiscussion) -> r.Event:
    """Go on where the discussion stopped: the last question is asked again."""
    row = _own(desk, effect.discussion_id)
    if row is None or row.status in {"closed", "planned"}:
        return r.NoSuchDiscussion()
    if row.status == "open":
        last = _last_tool_turn(discussions.transcript(desk.session, _id(row)))
        return r.MoveMade(_id(row), last.number, _as_move(last), discussions.plan_of(row))
    return take_turn(desk, f.TakeTurn(effect.discussion_id, "Carry on", "continue"))


def _last_tool_turn(turns: Sequence[Turn]) -> Turn:
    return next(turn for turn in reversed(turns) if turn.speaker == "tool")


def _as_move(turn: Turn) -> Move:
    return Move(turn.kind or "open", turn.text, turn.criterion_keys, turn.rule, target=turn.target)


def pause(desk: Desk, effect: f.PauseDiscussion) -> r.Event | None:
    """The person went elsewhere: the same as if they had asked for a pause."""
    row = _own(desk, effect.discussion_id)
    if row is not None and row.status == "open":
        take_turn(desk, f.TakeTurn(effect.discussion_id, "Pause", "pause"))
    return None


def take_turn(desk: Desk, effect: f.TakeTurn) -> r.Event:
    """Keep what the learner said, word for word, and make the next move."""
    row = _own(desk, effect.discussion_id)
    if row is None or row.status in {"closed", "planned"}:
        return r.NoSuchDiscussion()
    made, turns = discussions.plan_of(row), discussions.transcript(desk.session, _id(row))
    if effect.to is not None and effect.to != _last_tool_turn(turns).number:
        return r.NoSuchQuestion()
    discussions.resume(desk.session, row, desk.now)
    tapped = _tap(desk, effect.text, effect.wish) if effect.wish else None
    turn = tapped or heard(desk, made, turns, effect.text)
    _keep(desk, row, turn)
    move = _move(desk, row, made)
    if turn.wish == "pause" and not move.is_closed:
        discussions.pause(desk.session, row, desk.now)
        return replace(move, is_paused=True)
    return move


def _tap(desk: Desk, label: str, wish: Wish) -> Turn:
    return Turn(0, "learner", label, desk.now, wish=wish, flags=("button",))


def heard(desk: Desk, made: Plan, turns: tuple[Turn, ...], text: str) -> Turn:
    """The learner's turn with what it showed for every planned criterion."""
    wish = policy.wish_of(text)
    if wish != "answer":
        return Turn(0, "learner", text, desk.now, wish=wish)
    marks = policy.hear(made, turns, text, _marker(desk, made))
    return Turn(0, "learner", text, desk.now, marks=marks, flags=policy.flags_of(made, turns, text))


def _marker(desk: Desk, made: Plan) -> Callable[[Question, str], Mark]:
    def read(question: Question, text: str) -> Mark:
        keys = [point.key for point in question.expected_points]
        phrasings = phrasings_for(question, made.unit_key, bank.confirmed_phrasings(desk.session, keys))
        return mark(question, text, phrasings, default_calibration())

    return read


def _move(desk: Desk, row: Discussion, made: Plan) -> r.MoveMade:
    move = _next(desk, row, made)
    if move.kind == "recap":  # nothing is asked after the recap: readiness is a tap, and the discussion is closed
        _next(desk, row, made)
    elif move.kind not in ENDING_MOVES:
        return r.MoveMade(_id(row), _count(desk, row), move, made)
    discussions.close(desk.session, row, desk.signing_key, desk.now)
    told = _tell_leads(desk) if move.kind == "safeguard" else 0
    return r.MoveMade(_id(row), _count(desk, row), move, made, is_closed=True, people_told=told)


def _tell_leads(desk: Desk) -> int:
    """Tell who looks after the learner that a practice was stopped, without a word of what was said."""
    leads = people.safeguarding_leads_of(desk.session, desk.person_id)
    for lead in leads:
        values = {"learner": desk.person.display_name}
        outbox.add(
            desk.session, chat_id=lead.telegram_id, view="safeguarding_alert", data={"values": values}, now=desk.now
        )
        people.note_access(
            desk.session, lead.id or 0, desk.person_id, "was told that a practice discussion was stopped", desk.now
        )
    return len(leads)


def _count(desk: Desk, row: Discussion) -> int:
    return len(discussions.transcript(desk.session, _id(row)))


def _next(desk: Desk, row: Discussion, made: Plan) -> Move:
    move = policy.next_move(made, discussions.transcript(desk.session, _id(row)))
    turn = Turn(0, "tool", move.text, desk.now, move.criterion_keys, kind=move.kind, rule=move.rule, target=move.target)
    _keep(desk, row, turn)
    return move


def _keep(desk: Desk, row: Discussion, turn: Turn) -> None:
    discussions.append_turn(desk.session, row, turn, desk.now)


def keep_edit(desk: Desk, effect: f.KeepEdit) -> None:
    """A changed message becomes one more turn, marked as such."""
    row = _own(desk, effect.discussion_id)
    if row is not None and row.status == "open" and effect.text:
        made, turns = discussions.plan_of(row), discussions.transcript(desk.session, _id(row))
        turn = heard(desk, made, turns, effect.text)
        _keep(desk, row, replace(turn, wish="answer", flags=tuple(dict.fromkeys((*turn.flags, "edited")))))


def keep_voice(desk: Desk, effect: f.KeepVoice) -> None:
    """A voice message becomes a turn without words; its sound is kept beside it."""
    row = _own(desk, effect.discussion_id)
    if row is not None and row.status == "open":
        turn = Turn(0, "learner", "", desk.now, flags=("voice",))
        kept = discussions.append_turn(desk.session, row, turn, desk.now)
        recording = Recording(
            discussion_id=_id(row),
            number=kept.number,
            media_type=effect.media_type,
            seconds=effect.seconds,
            content=effect.content,
        )
        desk.session.add(recording)


def rate(desk: Desk, effect: f.RateDiscussion) -> r.Event:
    """How ready the learner feels."""
    row = _own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    row.self_rating = effect.rating
    return r.Noted("how ready you feel")


def make_draft(desk: Desk, effect: f.MakeDraft) -> r.Event:
    """The reflective-account draft (or practice notes) as files: the learner's own messages only."""
    row = _own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    try:
        draft = reflective_draft(_log(desk, row))
    except NothingToDraftError as refusal:
        return r.FilesMade("", str(refusal), _id(row))
    _send(desk, row, "draft", draft, DRAFT_FORMATS)
    return r.FilesMade("your draft", discussion_id=_id(row))


def make_log(desk: Desk, effect: f.MakeLog) -> r.Event:
    """The discussion log in every format."""
    row = _own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    send_log(desk, row)
    return r.FilesMade("your discussion log", discussion_id=_id(row))


def send_log(desk: Desk, row: Discussion) -> None:
    """Send a discussion log to the person at the desk, registered and hashed."""
    _send(desk, row, "log", _log(desk, row), LOG_FORMATS)


def _log(desk: Desk, row: Discussion) -> DiscussionLog:
    stored, made = discussions.stored_turns(desk.session, _id(row)), discussions.plan_of(row)
    entry = bank.unit_version(desk.session, row.unit_version_id)
    assert entry is not None
    return discussion_log(
        row,
        stored,
        entry.unit,
        policy.standings(made, discussions.transcript(desk.session, _id(row))),
        learner_name=people.by_id(desk.session, row.person_id).display_name,
        export_number=discussions.next_export_number(desk.session, _id(row)),
        now=desk.now,
        details=LogDetails(tool_version=f"Talkthrough {__version__}"),
    )


def _send(desk: Desk, row: Discussion, kind: str, record: Record, formats: tuple[FileFormat, ...]) -> None:
    """Each file is numbered, hashed and listed with who took it."""
    for file_format in formats:
        file = render(record, file_format)
        discussions.register_export(
            desk.session,
            discussion_id=_id(row),
            kind=kind,
            file_format=file_format,
            number=record.export.number,
            content=file.content,
            taken_by=desk.person_id,
            now=desk.now,
        )
        desk.send_file(file.name, file.media_type, file.content)


def release(desk: Desk, effect: f.ReleaseLog) -> r.Event:
    """Let assessors and tutors read a closed discussion, or take that back."""
    row = _own(desk, effect.discussion_id)
    if row is None or row.status != "closed":
        return r.NoSuchDiscussion()
    if effect.release:
        discussions.release(desk.session, row, desk.now)
    else:
        discussions.withdraw(desk.session, row)
    readers = people.readers_of(desk.session, desk.person_id, row.unit_key)
    return r.Released(_id(row), len(readers), is_released=effect.release)


def _own(desk: Desk, discussion_id: int) -> Discussion | None:
    row = desk.session.get(Discussion, discussion_id)
    return row if row and row.person_id == desk.person_id else None


def _id(row: Discussion) -> int:
    assert row.id is not None
    return row.id

"""Planning, holding and closing mock discussions, and taking their files home."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk
from talkthrough.bot.conversations.performers.handing_out import own, row_id
from talkthrough.bot.conversations.plan_results import MyDiscussionsFound, SetDiscussion
from talkthrough.bot.conversations.record_results import EditKept
from talkthrough.bot.safeguarding_words import own_words
from talkthrough.question_bank import discussion as policy
from talkthrough.question_bank.discussion.model import Move, Plan, Turn, Wish
from talkthrough.question_bank.items.question import Question
from talkthrough.question_bank.marking import default_calibration, mark, phrasings_for
from talkthrough.question_bank.marking.model import Mark
from talkthrough.scheduler.unasked import tell
from talkthrough.storage import bank, cohorts, discussions, drafts, outbox, people, pinned, planning, readers
from talkthrough.storage.audit import fingerprint
from talkthrough.storage.tables import Discussion, Person, Role

ENDING_MOVES = ("recap", "close", "safeguard")  # nothing is asked after the recap: readiness is a tap
MOST_MINE = 12
MESSAGE = "message:"


def find_units(desk: Desk, effect: f.FindUnits) -> r.Event:
    """The units to choose from."""
    return units_for(desk, effect.purpose, effect.cohort_id, is_other=effect.is_other)


def units_for(desk: Desk, purpose: r.Purpose, cohort_id: int | None = None, *, is_other: bool = False) -> r.UnitsFound:
    """The units as buttons: the person's own as a learner, or those of the cohort that they plan for as its tutor.

    Where there are none, and with `is_other`, the rest of the bank; never one without criteria.
    """
    role = Role.LEARNER if cohort_id is None else Role.TUTOR
    mine = people.cohorts_with(desk.session, desk.person_id, role)
    wanted = [row for row in mine if cohort_id in (None, row.id)]
    has = {key for row in wanted for key in cohorts.unit_keys_of(row)}
    every = [entry for entry in cohorts.own_units_first(desk.session, wanted) if not entry.is_blank]
    own = [entry for entry in every if entry.unit.key in has]
    others = [entry for entry in every if entry.unit.key not in has]
    shown, is_other = (others, True) if own and is_other else (own or others, False)
    units = tuple(r.UnitChoice(entry.version_id, entry.unit.label, entry.unit.title) for entry in shown)
    return r.UnitsFound(purpose, units, 0 if is_other or not own else len(others), is_other)


def find_outcomes(desk: Desk, effect: f.FindOutcomes) -> r.Event:
    """The outcomes of a unit that have criteria, or the chosen one."""
    if effect.purpose == "discuss":
        entry = pinned.meant_by(desk.session, desk.person_id, effect.version_id)
    else:
        entry = bank.unit_version(desk.session, effect.version_id)
    if entry is None:
        return units_for(desk, effect.purpose)
    unit = entry.unit
    outcomes = tuple(outcome for outcome in unit.outcomes if outcome.criteria)
    chosen = tuple(outcome for outcome in outcomes if outcome.number == effect.chosen)
    return r.OutcomesFound(
        effect.purpose, entry.version_id, unit.label, unit.title, chosen or outcomes, is_chosen=bool(chosen)
    )


def begin(desk: Desk, effect: f.BeginDiscussion) -> r.Event:
    """The plan was read: open the discussion, or show where it stands if it is open already."""
    row = own(desk, effect.discussion_id)
    if row is None or row.status == "closed":
        return r.NoSuchDiscussion()
    if row.status != "planned":
        return resume(desk, f.ResumeDiscussion(effect.discussion_id))
    made = discussions.plan_of(row)
    if not discussions.transcript(desk.session, row_id(row)):
        _next(desk, row, made)  # the opening, as it was shown with the plan
    planning.acknowledge(desk.session, row_id(row), desk.now)
    keep(desk, row, _tap(desk, "I have read this. Start", "continue"))
    discussions.resume(desk.session, row, desk.now)
    return next_turn(desk, row, made)


def resume(desk: Desk, effect: f.ResumeDiscussion) -> r.Event:
    """Go on where the discussion stopped: the last question is shown again, or asked again after "Pause"."""
    row = own(desk, effect.discussion_id)
    if row is None or row.status in {"closed", "planned"}:
        return r.NoSuchDiscussion()
    turns = discussions.transcript(desk.session, row_id(row))
    last = _last_tool_turn(turns)
    if last.rule == "wish.pause":
        return take_turn(desk, f.TakeTurn(effect.discussion_id, "Carry on", "continue"))
    discussions.resume(desk.session, row, desk.now)
    asked = _last_tool_turn([turn for turn in turns if turn.kind not in ("acknowledge", "hint")])
    return r.MoveMade(row_id(row), last.number, _as_move(asked), discussions.plan_of(row))


def _last_tool_turn(turns: Sequence[Turn]) -> Turn:
    return next(turn for turn in reversed(turns) if turn.speaker == "tool")


def _as_move(turn: Turn) -> Move:
    return Move(turn.kind or "open", turn.text, turn.criterion_keys, turn.rule, target=turn.target)


def pause(desk: Desk, effect: f.PauseDiscussion) -> None:
    """The person went elsewhere: the discussion waits. Nobody said anything, so the transcript gets nothing."""
    row = own(desk, effect.discussion_id)
    if row is not None and row.status == "open":
        discussions.pause(desk.session, row, desk.now)


def take_turn(desk: Desk, effect: f.TakeTurn) -> r.Event:
    """Keep what the learner said, word for word, and make the next move."""
    row = own(desk, effect.discussion_id)
    if row is None or row.status in {"closed", "planned"}:
        return r.NoSuchDiscussion()
    made, turns = discussions.plan_of(row), discussions.transcript(desk.session, row_id(row))
    if effect.to is not None and effect.to != _last_tool_turn(turns).number:
        return r.NoSuchQuestion()
    discussions.resume(desk.session, row, desk.now)
    tapped = _tap(desk, effect.text, effect.wish) if effect.wish else None
    turn = tapped or heard(desk, made, turns, effect.text)
    keep(
        desk, row, with_flags(turn, *message_flag(effect.message_id), *(("forwarded",) if effect.is_forwarded else ()))
    )
    move = next_turn(desk, row, made)
    if turn.wish == "pause" and not move.is_closed:
        discussions.pause(desk.session, row, desk.now)
        return replace(move, is_paused=True)
    return move


def with_flags(turn: Turn, *flags: str) -> Turn:
    """The turn with these flags, too."""
    return replace(turn, flags=tuple(dict.fromkeys((*turn.flags, *flags))))


def message_flag(message_id: int | None) -> tuple[str, ...]:
    """The flag that names the chat message which a turn came from."""
    return (f"{MESSAGE}{message_id}",) if message_id is not None else ()


def _tap(desk: Desk, label: str, wish: Wish) -> Turn:
    return Turn(0, "learner", label, desk.now, wish=wish, flags=("button",))


def heard(desk: Desk, made: Plan, turns: tuple[Turn, ...], text: str) -> Turn:
    """The learner's turn with what it showed for every planned criterion."""
    wish = policy.wish_of(text)
    if wish != "answer":
        return Turn(0, "learner", text, desk.now, wish=wish)
    marks = policy.hear(made, turns, text, _marker(desk, made))
    flags = policy.flags_of(made, turns, text, own_words=own_words(desk.settings.safeguarding_words))
    return Turn(0, "learner", text, desk.now, marks=marks, flags=flags)


def _marker(desk: Desk, made: Plan) -> Callable[[Question, str], Mark]:
    def read(question: Question, text: str) -> Mark:
        keys = [point.key for point in question.expected_points]
        phrasings = phrasings_for(question, made.unit_key, bank.confirmed_phrasings(desk.session, keys))
        return mark(question, text, phrasings, default_calibration())

    return read


def next_turn(desk: Desk, row: Discussion, made: Plan) -> r.MoveMade:
    """The examiner's next move, kept as a turn. After the last one the discussion is closed and its head is posted."""
    move, number = _next(desk, row, made)
    is_closed = move.kind in ENDING_MOVES
    told, shown = 0, ""
    if is_closed:
        discussions.close(desk.session, row, desk.signing_key, desk.now)
        shown = fingerprint(row.head or "")
        if move.kind == "safeguard":
            told = tell_leads(desk)
        else:
            _post_head(desk, row, shown)
    return r.MoveMade(row_id(row), number, move, made, is_closed=is_closed, people_told=told, fingerprint=shown)


def _post_head(desk: Desk, row: Discussion, shown: str) -> None:
    """The fingerprint of the signed head goes to the tutors, too, so that a later change of the database is seen."""
    made = discussions.plan_of(row)
    values = {
        "learner": desk.person.display_name,
        "unit": made.unit_label,
        "outcome": made.outcome_number,
        "discussion": row_id(row),
        "fingerprint": shown,
    }
    can_read = people.readers_of(desk.session, desk.person_id, row.unit_key)
    for tutor in people.tutors_of(desk.session, desk.person_id):
        if tutor in can_read:
            data, lane = {"values": values}, outbox.BROADCAST
            outbox.add(desk.session, chat_id=tutor.telegram_id, view="head_posted", data=data, now=desk.now, lane=lane)


def tell_leads(desk: Desk) -> int:
    """Tell who looks after the learner that a practice was stopped, without a word of what was said."""
    named = people.safeguarding_leads_of(desk.session, desk.person_id)
    leads = _reachable(desk, named) or _reachable(desk, people.tutors_of(desk.session, desk.person_id))
    for lead in leads:
        values = {"learner": desk.person.display_name}
        outbox.add(
            desk.session, chat_id=lead.telegram_id, view="safeguarding_alert", data={"values": values}, now=desk.now
        )
        people.note_access(
            desk.session, lead.id or 0, desk.person_id, "was sent word that a practice discussion was stopped", desk.now
        )
    return len(leads)


def _reachable(desk: Desk, persons: Sequence[Person]) -> list[Person]:
    """Who can be told: the learner must not read that somebody was told who blocked the bot, or never began with it."""
    begun = (one for one in persons if one.privacy_seen_at is not None and one.unreachable_since is None)
    return [one for one in begun if one.id != desk.person_id]


def _next(desk: Desk, row: Discussion, made: Plan) -> tuple[Move, int]:
    move = policy.next_move(made, discussions.transcript(desk.session, row_id(row)))
    turn = Turn(0, "tool", move.text, desk.now, move.criterion_keys, kind=move.kind, rule=move.rule, target=move.target)
    return move, keep(desk, row, turn)


def keep(desk: Desk, row: Discussion, turn: Turn) -> int:
    """Keep a turn as the next of the discussion; its number."""
    return discussions.append_turn(desk.session, row, turn, desk.now).number


def keep_edit(desk: Desk, effect: f.KeepEdit) -> r.Event:
    """A changed message becomes one more turn that names the one it replaces. What it replaces stays."""
    row = own(desk, effect.discussion_id)
    if row is None or row.status != "open" or not effect.text:
        return EditKept(is_turn=False)
    made, turns = discussions.plan_of(row), discussions.transcript(desk.session, row_id(row))
    replaced = _turn_of_message(turns, effect.message_id)
    if replaced is None:
        return EditKept(is_turn=False)
    turn = replace(heard(desk, made, turns, effect.text), wish="answer")
    flags = ("edited", f"replaces:{replaced.number}", *message_flag(effect.message_id))
    keep(desk, row, with_flags(turn, *flags))
    return next_turn(desk, row, made) if "safeguarding" in turn.flags else EditKept(is_turn=True)


def _turn_of_message(turns: Sequence[Turn], message_id: int | None) -> Turn | None:
    """The newest turn that came from this chat message."""
    return next((turn for turn in reversed(turns) if set(message_flag(message_id)) & set(turn.flags)), None)


def find_mine(desk: Desk, _effect: e.FindMyDiscussions) -> r.Event:
    """The newest finished discussions of the person."""
    added = {part.id for row in discussions.of_person(desk.session, desk.person_id) for part in _added(desk, row)}
    closed = [
        row
        for row in discussions.of_person(desk.session, desk.person_id)
        if row.status == "closed" and row.id not in added
    ]
    lines = (
        SetDiscussion(row_id(row), discussions.plan_of(row).unit_label, row.outcome_number, f"{row.closed_at:%-d %b}")
        for row in closed[:MOST_MINE]
    )
    return MyDiscussionsFound(tuple(lines))


def _added(desk: Desk, row: Discussion) -> tuple[Discussion, ...]:
    return drafts.supplements_of(desk.session, row_id(row))


def rate(desk: Desk, effect: f.RateDiscussion) -> r.Event:
    """How ready the learner feels."""
    row = own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    row.self_rating = effect.rating
    return r.Noted("rating", discussion_id=row_id(row))


def release(desk: Desk, effect: f.ReleaseLog) -> r.Event:
    """Let assessors and tutors read a closed discussion, or take that back."""
    row = own(desk, effect.discussion_id)
    if row is None or row.status != "closed":
        return r.NoSuchDiscussion()
    if effect.release and row.released_at is None:
        discussions.release(desk.session, row, desk.now)
        _tell_of_release(desk, row)
    elif not effect.release:
        discussions.withdraw(desk.session, row)
    can_read = people.readers_of(desk.session, desk.person_id, row.unit_key)
    return r.Released(row_id(row), len(can_read), is_released=effect.release)


def _tell_of_release(desk: Desk, row: Discussion) -> None:
    """The learner's assessors and the tutor who set the discussion hear that they can read it, out of quiet hours."""
    made = discussions.plan_of(row)
    values = {"learner": desk.person.display_name, "unit": made.unit_label, "outcome": row.outcome_number}
    data = {"values": values, "buttons": [[["Open it", f"logs:{row_id(row)}"]]]}
    setter = planning.planning_of(desk.session, row_id(row)).prepared_by
    for reader in people.readers_of(desk.session, desk.person_id, row.unit_key):
        is_assessor = Role.ASSESSOR in readers.roles_towards(desk.session, reader.id or 0, row)
        if (is_assessor or reader.id == setter) and reader.id != desk.person_id:
            tell(desk.session, reader, ("released_news", data), desk.now)

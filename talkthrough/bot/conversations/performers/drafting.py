"""The learner's draft: shown, filled where it has gaps, cut, read and confirmed. The words are never touched."""

from dataclasses import replace

from talkthrough.bot.conversations import record_effects as e
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.discussing import heard, tell_leads
from talkthrough.bot.conversations.performers.handing_out import draft_pieces, draft_record, own, read_draft, row_id
from talkthrough.bot.conversations.performers.ordering import Production, order
from talkthrough.bot.conversations.performers.own_turns import closed
from talkthrough.bot.conversations.record_results import (
    DraftConfirmed,
    DraftShown,
    DraftToRead,
    GapAsked,
    MessagesListed,
    OwnMessage,
)
from talkthrough.question_bank.discussion.model import Move, Turn
from talkthrough.question_bank.discussion.wording import stopped_for_safety
from talkthrough.storage import discussions, drafts
from talkthrough.storage.records.account_messages import reply_of
from talkthrough.storage.records.draft import NothingToDraftError
from talkthrough.storage.records.draft_questions import gaps_of, questions_of
from talkthrough.storage.records.reflection_models import MODELS
from talkthrough.storage.records.told_events import HAPPENED
from talkthrough.storage.tables import Discussion

NOT_CLOSED = "Finish the discussion first. Then I can make a draft of it."
CHANGED = "The draft has changed since you read it. Please read it again."
LONGEST_DECLARATION = 300


def show(desk: Desk, effect: e.ShowDraft) -> r.Event:
    """The draft under the chosen prompts."""
    row = own(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    if row.status != "closed":
        return DraftShown(row_id(row), refusal=NOT_CLOSED)
    if effect.model is not None and 0 <= effect.model < len(MODELS):
        drafts.choose_model(desk.session, row_id(row), tuple(MODELS)[effect.model])
    return _shown(desk, row)


def _shown(desk: Desk, row: Discussion) -> DraftShown:
    try:
        draft = draft_record(desk, row)
    except NothingToDraftError as refusal:
        return DraftShown(row_id(row), refusal=str(refusal))
    digest, asked = drafts.state_digest(desk.session, row_id(row)), {check.turn for check in draft.checks}
    about = tuple((turn.number, turn.text) for turn in _numbered(desk, row) if turn.number in asked)
    return DraftShown(row_id(row), draft, gaps_of(draft), questions_of(draft), about, digest)


def ask_gap(desk: Desk, effect: e.AskGap) -> r.Event:
    """What is to be asked; the draft where there is no such gap or question any more."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    shown = _shown(desk, row)
    open_questions = (*shown.gaps, *shown.questions)
    if effect.place not in range(len(open_questions)):
        return shown
    gap = open_questions[effect.place]
    texts = {turn.number: turn.text for turn in _numbered(desk, row)}
    return GapAsked(row_id(row), gap, tuple(texts[turn] for turn in gap.turns if turn in texts))


def answer_gap(desk: Desk, effect: e.AnswerGap) -> r.Event:
    """Keep question and answer in the chain that follows the discussion, and show what the draft is now."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    made, before = discussions.plan_of(row), discussions.transcript(desk.session, row_id(row))
    asked = Turn(0, "tool", effect.question, desk.now, kind="open", rule="draft.gap", target=effect.target)
    answer = heard(desk, made, (*before, asked), effect.text)
    answer = replace(answer, wish="answer", flags=(*answer.flags, *effect.flags))
    drafts.add(desk.session, row, (asked, answer), desk.now)
    _decide(desk, row, effect)
    if "safeguarding" not in answer.flags:
        return _shown(desk, row)
    drafts.close_supplements(desk.session, row, desk.signing_key, desk.now)  # what follows it in a chain is kept out
    move = Move("safeguard", stopped_for_safety(made), rule="safeguard.stop")
    return r.MoveMade(row_id(row), 0, move, made, is_closed=True, people_told=tell_leads(desk))


def _decide(desk: Desk, row: Discussion, effect: e.AnswerGap) -> None:
    """A bare "no, it did not happen" takes the message out, where it can be put back; a bare "yes" puts it in."""
    named = next((flag.partition(":")[2] for flag in effect.flags if flag.startswith(f"{HAPPENED}:")), None)
    reply = reply_of(effect.text)
    if named and reply:
        drafts.strike(desk.session, row_id(row), int(named), is_out=reply == "no")


def list_messages(desk: Desk, effect: e.ListMessages) -> r.Event:
    """The messages in the draft, and those that the learner took out."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    decided = drafts.draft_of(desk.session, row_id(row))
    texts = {turn.number: turn.text for turn in _numbered(desk, row)}
    out = {turn for turn in drafts.struck_out(decided) if turn in texts}
    try:
        kept = {message.turn for message in draft_record(desk, row).messages}
    except NothingToDraftError:
        kept = set()
    listed = (OwnMessage(turn, texts[turn], turn in out) for turn in sorted(out | kept))
    return MessagesListed(row_id(row), tuple(listed))


def _numbered(desk: Desk, row: Discussion) -> tuple[Turn, ...]:
    """The learner's turns, numbered as drafts number them."""
    turns: list[Turn] = []
    for part in (row, *drafts.supplements_of(desk.session, row_id(row))):
        start = len(turns)
        turns += [
            replace(turn, number=start + turn.number) for turn in discussions.transcript(desk.session, part.id or 0)
        ]
    return tuple(turn for turn in turns if turn.speaker == "learner")


def strike(desk: Desk, effect: e.Strike) -> r.Event:
    """Take a message out or put it back. Only the learner's own messages can be named."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    if effect.turn in {turn.number for turn in _numbered(desk, row)}:
        drafts.strike(desk.session, row_id(row), effect.turn, is_out=effect.is_out)
    return list_messages(desk, e.ListMessages(effect.discussion_id))


def order_review(desk: Desk, effect: e.ReviewDraft) -> r.Event:
    """Order the draft as one file, for the learner alone."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    shown = _shown(desk, row)
    return order(desk, effect) if shown.draft else shown


def review(desk: Desk, effect: e.ReviewDraft) -> Production | r.Event:
    """The draft as one file, with the question whether it is right."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    shown = _shown(desk, row)
    if shown.draft is None:
        return shown
    said = DraftToRead(row_id(row), len(shown.gaps), shown.digest)
    return Production(draft_pieces(read_draft(desk, row), ("html",)), said)


def confirm(desk: Desk, effect: e.ConfirmDraft) -> r.Event:
    """The learner declares the draft that they read. Anything that changed since must be read again."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    if effect.digest != drafts.state_digest(desk.session, row_id(row)):
        return DraftShown(row_id(row), refusal=CHANGED)
    if not drafts.is_confirmed(desk.session, row_id(row)):
        declared = " ".join(effect.declared_help.split())[:LONGEST_DECLARATION]
        drafts.confirm(desk.session, row, declared, desk.signing_key, desk.now)
    return order(desk, effect)


def confirmed_files(desk: Desk, effect: e.ConfirmDraft) -> Production | r.Event:
    """The files of a draft that was confirmed and not changed since."""
    row = closed(desk, effect.discussion_id)
    if row is None:
        return r.NoSuchDiscussion()
    if not drafts.is_confirmed(desk.session, row_id(row)):
        return DraftShown(row_id(row), refusal=CHANGED)
    return Production(draft_pieces(read_draft(desk, row)), DraftConfirmed(row_id(row)))


PERFORMERS: dict[type, Performer] = {
    e.ShowDraft: show,
    e.AskGap: ask_gap,
    e.AnswerGap: answer_gap,
    e.ListMessages: list_messages,
    e.Strike: strike,
    e.ReviewDraft: order_review,
    e.ConfirmDraft: confirm,
}

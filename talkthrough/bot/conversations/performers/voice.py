"""Voice messages of a discussion: kept as sound; what a tool wrote down counts only once the learner confirms it."""

from talkthrough.bot.conversations import effects as f
from talkthrough.bot.conversations import results as r
from talkthrough.bot.conversations.own_turn_results import VoiceKept
from talkthrough.bot.conversations.performers.desk import Desk, Performer
from talkthrough.bot.conversations.performers.discussing import heard, keep, message_flag, next_turn, with_flags
from talkthrough.bot.conversations.performers.handing_out import own, row_id
from talkthrough.bot.safeguarding_words import own_words
from talkthrough.question_bank.discussion.model import Turn
from talkthrough.question_bank.discussion.safeguarding import safeguarding
from talkthrough.storage import discussions
from talkthrough.storage.audit import digest
from talkthrough.storage.tables import Recording

CHECKED = "transcript:"  # the flag that names the voice turn whose transcript the learner confirmed


def keep_voice(desk: Desk, effect: f.KeepVoice) -> r.Event:
    """A voice message becomes a turn without words that names its sound by hash; the sound is kept beside it.

    A transcript is kept with the sound. Where it speaks of harm to a person, the discussion stops as for typed words.
    """
    row = own(desk, effect.discussion_id)
    if row is None or row.status != "open":
        return r.NoSuchDiscussion()
    is_harm = safeguarding(effect.transcript, own_words(desk.settings.safeguarding_words))
    flags = ("voice", f"sound:{digest(effect.content)}", *message_flag(effect.message_id))
    number = keep(desk, row, Turn(0, "learner", "", desk.now, flags=(*flags, *(("safeguarding",) if is_harm else ()))))
    recording = Recording(
        discussion_id=row_id(row),
        number=number,
        media_type=effect.media_type,
        seconds=effect.seconds,
        content=effect.content,
        transcript=effect.transcript or None,
    )
    desk.session.add(recording)
    if is_harm:
        return next_turn(desk, row, discussions.plan_of(row))
    return VoiceKept(row_id(row), number, effect.seconds, effect.transcript)


def confirm_transcript(desk: Desk, effect: f.ConfirmTranscript) -> r.Event:
    """The learner says that the transcript is what they said: from now on it is a turn of theirs, each once."""
    row = own(desk, effect.discussion_id)
    recording = desk.session.get(Recording, (effect.discussion_id, effect.number)) if row else None
    if row is None or row.status not in {"open", "paused"} or recording is None or not recording.transcript:
        return r.NoSuchDiscussion()
    made, turns = discussions.plan_of(row), discussions.transcript(desk.session, row_id(row))
    flag = f"{CHECKED}{effect.number}"
    if any(flag in turn.flags for turn in turns):
        return r.NoSuchQuestion()
    discussions.resume(desk.session, row, desk.now)
    keep(desk, row, with_flags(heard(desk, made, turns, recording.transcript), "voice", flag))
    return next_turn(desk, row, made)


PERFORMERS: dict[type, Performer] = {
    f.KeepVoice: keep_voice,
    f.ConfirmTranscript: confirm_transcript,
}

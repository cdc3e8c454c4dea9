"""A learner's own turns of a finished discussion: what they say that a turn says, and having one erased."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from talkthrough.question_bank.discussion.asking import quoted_in
from talkthrough.question_bank.discussion.claims import Claim
from talkthrough.question_bank.discussion.model import Turn
from talkthrough.storage import discussions, drafts, own_data, people
from talkthrough.storage.tables import Discussion, LearnerClaim, Recording, StoredTurn, Supplement

_LABEL = 24  # characters of a message that its buttons surely show
_LEAST = 4  # fewer would be found in what has nothing to do with it


def spoken_turns(session: Session, discussion: Discussion) -> tuple[Turn, ...]:
    """The learner's answers that have words, without what is kept out of every file."""
    assert discussion.id is not None
    found: list[Turn] = []
    for turn in discussions.transcript(session, discussion.id):
        if turn.kind == "safeguard" or "safeguarding" in turn.flags:
            break
        if turn.speaker == "learner" and turn.wish == "answer" and turn.text:
            found.append(turn)
    return tuple(found)


def keep_claim(session: Session, discussion: Discussion, claim: Claim, now: datetime) -> None:
    """Keep what the learner says that a turn says; the same again changes nothing."""
    assert discussion.id is not None
    key = (discussion.id, claim.turn, claim.criterion_key, claim.point)
    if session.get(LearnerClaim, key) is None:
        session.add(
            LearnerClaim(
                discussion_id=discussion.id,
                number=claim.turn,
                criterion_key=claim.criterion_key,
                point=claim.point,
                claimed_at=now,
            )
        )
        session.flush()


def claims_of(session: Session, discussion_id: int) -> tuple[Claim, ...]:
    """The claims that were made after the discussion, in the order of its turns."""
    rows = select(LearnerClaim).where(LearnerClaim.discussion_id == discussion_id)
    kept = session.exec(rows.order_by(col(LearnerClaim.number), col(LearnerClaim.claimed_at)))
    return tuple(Claim(row.number, row.criterion_key, row.point) for row in kept)


def erasable_turns(session: Session, discussion: Discussion) -> tuple[tuple[int, Turn], ...]:
    """(discussion id, turn) of all that the learner typed or spoke, in the discussion and in what they added later."""
    assert discussion.id is not None
    parts = (discussion.id, *(part.id or 0 for part in drafts.supplements_of(session, discussion.id)))
    return tuple((part, turn) for part in parts for turn in discussions.transcript(session, part) if _is_own(turn))


def _is_own(turn: Turn) -> bool:
    return turn.speaker == "learner" and not {"button", "erased"} & set(turn.flags)


def erase(session: Session, discussion: Discussion, part: int, number: int) -> tuple[StoredTurn, ...]:
    """Erase one of the learner's turns, with its other versions, its sound, and what quotes or claims it.

    `part`: the discussion or what was added to it. What was kept to receive and send the words goes, too. The places,
    times and hashes stay. Returns the rows of the learner that lost their words; none where there is no such turn.
    """
    assert discussion.id is not None
    if number not in {turn.number for place, turn in erasable_turns(session, discussion) if place == part}:
        return ()
    turns = discussions.transcript(session, part)
    is_added = session.get(Supplement, part) is not None  # there "replaces:7" counts through the whole draft
    alike = {number} if is_added else _versions(turns, number)
    versions = [turn for turn in turns if turn.number in alike]
    quoting = [turn for turn in turns if _quotes(turn, versions)]
    for turn in (*versions, *quoting):
        discussions.erase_turn_text(session, part, turn.number, on_request=True)
    numbers = [turn.number for turn in versions]
    written = (row.transcript or "" for n in numbers if (row := session.get(Recording, (part, n))))
    pieces = {*_pieces((*(turn.text for turn in versions), *written)), *(turn.text for turn in quoting)}
    for table in (Recording, LearnerClaim):
        session.exec(delete(table).where(col(table.discussion_id) == part, col(table.number).in_(numbers)))
    drafts.unconfirm(session, discussion.id)
    person = people.by_id(session, discussion.person_id)
    own_data.forget_words(session, person, pieces)
    session.flush()
    return tuple(session.get_one(StoredTurn, (part, number)) for number in numbers)


def erase_again(session: Session, part: int, number: int, turn_hash: str) -> bool:
    """Erase a turn that a restored backup brought back; whether there was anything to erase."""
    stored = session.get(StoredTurn, (part, number))
    if stored is None or stored.hash != turn_hash or stored.text is None:
        return False
    added = session.get(Supplement, part)
    discussion = session.get_one(Discussion, added.supplements if added else part)
    return bool(erase(session, discussion, part, number))


def _versions(turns: tuple[Turn, ...], number: int) -> set[int]:
    """The turn, what it replaces, what replaces it, and a voice message with the words written down from it."""
    found = {number}
    for _ in turns:
        linked = {pair for turn in turns for pair in _replacements(turn) if found & set(pair)}
        found |= {each for pair in linked for each in pair}
    return found


def _replacements(turn: Turn) -> Iterator[tuple[int, int]]:
    yield from (
        (turn.number, int(f.partition(":")[2])) for f in turn.flags if f.startswith(("replaces:", "transcript:"))
    )


def _quotes(turn: Turn, versions: list[Turn]) -> bool:
    quotes = quoted_in(turn.text) if turn.speaker == "tool" else ()
    return any(quote in version.text for quote in quotes for version in versions)


def _pieces(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for words in (text, " ".join(text.split())[:_LABEL]):
            if len(words) >= _LEAST:
                yield words

"""The examiner's rules by their stable ids, each with its reason in words. Every move carries one; logs print both."""

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "plan.sheet": "A discussion starts with an agreed plan.",
        "plan.confirm": "The plan has not been agreed yet.",
        "plan.declined": "The learner is not ready to start.",
        "open.first": "The first broad open question.",
        "open.next": "Nothing has been said about this criterion yet.",
        "open.mentioned": "One thing was named in passing, so the criterion is opened with the learner's own words.",
        "nothing.said": "The answer said nothing about the question yet.",
        "answer.short": "The answer was very short.",
        "answer.off-topic": "The answer was about something else.",
        "answer.echo": "The answer gave back the words of the question.",
        "answer.dont-know": "The learner does not know, so the question is put in another way.",
        "answer.upset": "The learner is upset, so the tool offers a break and does not press.",
        "quantity.short": "Fewer were mentioned than the document asks for.",
        "point.half-said": "A point was half said.",
        "verb.slot": "The command verb asks for something that has not been said yet.",
        "own.we": "The learner said we: the assessor needs the learner's own part.",
        "real.would": "The learner said would: the assessor needs what really happened.",
        "evidence.ask": "No record has been named that an assessor could look at.",
        "reflection.ask": "There has been no looking back yet.",
        "wish.pause": "The learner asked for a pause.",
        "wish.rephrase": "The learner asked for other words.",
        "wish.rephrase-none": "The learner asked for other words and every wording has been used.",
        "hint.1.pump": "The learner asked for a hint: first an invitation to start anywhere.",
        "hint.2.cue": "The learner asked for a second hint: a cue without the answer.",
        "hint.3.list": "The learner asked for a third hint: the document's own list.",
        "hint.none-left": "Every hint has been given.",
        "hint.mock": "A mock discussion has no hints.",
        "resume.welcome": "The learner came back after a pause.",
        "silence.ask": "The discussion was taken up again without a new answer.",
        "silence.pause": "There was no answer to the second asking either.",
        "silence.close": "There was no answer, so the discussion ends and is kept.",
        "close.add": "Everything planned was asked, so the learner has the last word.",
        "close.turns": "The planned number of messages is used up.",
        "close.time": "The planned time is used up.",
        "close.recap": "The learner has had the last word.",
        "close.stop": "The learner asked to stop.",
        "close.done": "The recap was given.",
        "close.already": "The discussion has ended.",
        "safeguard.stop": "The words may mean that somebody is at risk of harm.",
        "safeguard.stopped": "The discussion was stopped because somebody may be at risk of harm.",
    }
)

"""The examiner's sentences: short, plain, one question mark at most, and no listed answer in any of them.

Each probe has several wordings, so that "say it another way" has an answer and nothing is asked twice.
"""

from collections.abc import Mapping
from types import MappingProxyType

from talkthrough.question_bank.discussion.model import Plan, PlannedCriterion

_PROBES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "quantity": (
            "Which others do you know well?",
            "Tell me about another one.",
            "What else could belong here?",
            "Think of a different day at work. What else comes to mind?",
        ),
        "all": (
            "What else belongs to this?",
            "What else was part of it?",
            "There is more to it. What else comes to mind?",
        ),
        "more": (
            "Tell me a little more about that.",
            "What does that look like in your work?",
            "Say more about that, as if I had never seen your workplace.",
        ),
        "reason": (
            "Why is it done that way?",
            "What is the reason for that?",
            "What makes that the right way for your work?",
            "What makes it worth doing?",
        ),
        "importance": (
            "Why does it matter?",
            "What could happen if nobody did this?",
            "Who would notice if it was not done?",
        ),
        "example": (
            "Give me an example from your own work.",
            "Tell me about one time when you saw this.",
            "Choose one case that you remember. What happened?",
            "Take one real case, and tell me what happened from start to end.",
        ),
        "strength": (
            "What is good about it?",
            "What does it do well?",
            "Where does it help you most?",
            "What would you miss if you did not have it?",
        ),
        "weakness": (
            "What does it miss, or do less well?",
            "Where is it not good enough?",
            "When would it not help you?",
            "What problem have you seen with it?",
        ),
        "comparison": (
            "What are the parts of this, and how do they affect each other?",
            "What is the same, and what is different?",
            "Put two of them side by side. What do you see?",
        ),
        "judgement": (
            "Taking it all together, how well does it work?",
            "What is your own view, and what makes you sure?",
            "Which would you keep, and why that one?",
            "How far would you rely on it, and why?",
        ),
        "suitability": (
            "How suitable is each one for your work, and what makes you say so?",
            "Where does each one fit best, and where does it not?",
            "If you could keep only some of them, which would you keep, and why?",
        ),
        "steps": (
            "What happens first, and what comes after that?",
            "Take me through it, step by step.",
            "How does it start, and how does it end?",
        ),
        "own action": (
            "What did you do yourself, step by step?",
            "Which part of it was yours?",
            "Tell me what you said and did.",
            "What did you decide, and what did you do next?",
        ),
        "we": (
            'You said "we". What did you do yourself?',
            "In that team, which part was yours?",
            "Leave the others out for a moment. What did you do?",
        ),
        "real event": (
            "Tell me about one time when this really happened.",
            "Choose one day at work when you did this. What was going on?",
            "Think of the last time you did this. What was the situation?",
        ),
        "hypothetical": (
            'You said "would". Tell me about a time when it really happened.',
            "That is what could happen. Tell me about a time when it did.",
        ),
        "when": (
            "When was this?",
            "About when did that happen?",
            "Which month or week was it, as near as you can remember?",
        ),
        "result": (
            "What happened in the end, and how do you know?",
            "What changed because of what you did?",
            "How could you tell that it had worked?",
            "What was different afterwards?",
        ),
        "evidence": (
            "What could your assessor look at that shows this, and where is it kept?",
            "Which record or document at work shows what you did?",
            "Who saw this, or what paper or screen would show it?",
        ),
        "reflection": (
            "Looking back, what would you do differently next time?",
            "What did you learn from this?",
            "What will you keep doing, and what will you change?",
        ),
        "anything to add": (
            "That is all I want to ask. Is there anything you want to add?",
            "Is there anything else you want to say before we finish?",
        ),
    }
)

PUMPS = (
    "Start with anything you remember. What comes to mind first?",
    "Think about one day at work. What did you see or hear?",
    "Imagine you are telling a new colleague. What would you say first?",
)
CUES: Mapping[str, str] = MappingProxyType(
    {
        "quantity": "Think about different people, different times and different places at work.",
        "reason": 'Try a sentence with the word "because".',
        "importance": "Think about who it affects, and what changes for them.",
        "example": "Think of one customer, one day and one task. Use no names.",
        "strength": "Think about what you get from this that you get from nothing else.",
        "weakness": "Think about the effort it takes, and about what it cannot show.",
        "comparison": "Take two things. Say one way they are alike and one way they are not.",
        "judgement": "Choose a side: more for it or more against it. Then say what decides it.",
        "suitability": "Say when it is the right choice and when it is not.",
        "steps": 'Try the words "first", "then" and "at the end".',
        "own action": 'Try a sentence that starts with "I".',
        "we": 'Try a sentence that starts with "I".',
        "real event": 'Try a sentence that starts with "Last month" or "In the spring".',
        "hypothetical": 'Try a sentence that starts with "Last month" or "In the spring".',
        "when": "A month or a season is enough.",
        "result": "Think about what the customer, your team or your manager noticed.",
        "evidence": "Think about emails, notes, records, or a person who saw it.",
        "reflection": "Think of one thing to keep and one thing to change.",
    }
)
_ANY_CUE = "Think about who does it, how it is done, and what it is for."

THANKS = ("Thank you.", "Thanks.", "Thank you for that.")
NOTED = "All right. I have noted that you said it."
FINE = ("That is fine.", "All right.", "No problem.")
NO_LIST = "The document gives no list for this one."


def probes(criterion: PlannedCriterion, target: str) -> tuple[str, ...]:
    """The wordings of a probe after `target`, the best one for this criterion first."""
    if target == "opening":
        return criterion.openings
    return _own(criterion, target) + _PROBES.get(target, ())


def _own(criterion: PlannedCriterion, target: str) -> tuple[str, ...]:
    text = criterion.text.lower()
    if target == "judgement" and "suitab" in text:
        return _PROBES["suitability"]
    if target == "reason" and "importance" in text:
        return _PROBES["importance"]
    if target == "comparison" and criterion.verb == "compare":
        return ("How are they alike, and how do they differ?",)
    if target == "quantity" and criterion.all_required:
        return _PROBES["all"]
    if target == "quantity" and criterion.counted:
        return (f"Which other {criterion.counted} do you know well?",)
    return ()


def counted_so_far(count: int, mode: str) -> str:
    """How many were mentioned, said in practice only: in a mock, acknowledgements are neutral."""
    if mode == "mock" or not count:
        return ""
    words = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return f"That is {words[count] if count < len(words) else count} so far."


def cue(target: str) -> str:
    """A hint at what kind of thing is asked for; it names no answer."""
    return CUES.get(target, _ANY_CUE)


def letter_cue(text: str, total: int) -> str:
    """A hint at one listed point by its number of words and first letter."""
    words = text.split()
    size = "one word" if len(words) == 1 else f"{len(words)} words"
    return f"The unit lists {total}. One you have not mentioned has {size} and starts with {words[0][0].upper()}."


def stopped_for_safety(plan: Plan) -> str:
    """What is said when a person may be at risk; it promises no more than there is (section 6.2)."""
    people = "but there are people for this where you learn." if plan.has_safeguarding_contact else "but people can."
    return (
        "I am stopping the practice here, because what you wrote matters more. "
        f"You are not in trouble. I am a practice tool and cannot help with this, {people} "
        "In an emergency, call 999. What you wrote stays out of your log and your draft."
    )


_STOP_AND_TELL = (
    "Then I stop. I tell your safeguarding person or your tutor, if I can reach them. They do not get your words."
)
_STOP_AND_SHOW = "Then I stop and show where to get help."


def opening_script(plan: Plan) -> str:
    """What is said before the first question (assessment-practice.md section 1.2): practice, who leads, who reads."""
    hint = "You can also ask for a hint." if plan.mode == "practice" else "This is a mock, so there are no hints."
    return (
        f"This is a practice discussion about {plan.unit_label}, outcome {plan.outcome_number}. "
        "It is not an assessment, and I do not judge your answers.\n\n"
        "You lead. I ask short questions, one at a time. You can type or send a voice message. "
        "You can say skip, pause, stop, or say it another way. "
        f"{hint}\n\n"
        'Please do not use names of customers or colleagues. Say "Customer A" or "my supervisor".\n\n'
        "What you and I send is saved with the time. Nobody else reads it until you release it. "
        "There is one exception: someone may be at risk of harm. "
        f"{_STOP_AND_TELL if plan.has_safeguarding_contact else _STOP_AND_SHOW}\n\n"
        "Have you read the plan, and are you ready?"
    )

"""Language signals of an answer: a reason, an example, a judgement ... What is said, never how good it is.

The slots are those of the command verbs (assessment-practice.md sections 1.3, 2.1 and 3.1).
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from talkthrough.question_bank.marking.model import Signals, Words

MONTH = "jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
PAST = (
    r"(?:was|were|did|had|went|told|asked|took|made|gave|found|got|saw|said|came|rang|spoke|wrote|sent|set|put|ran|held|"
    r"dealt|chose|led|kept|met|built|brought|bought|thought|felt|began|drew|let|taught|\w{2,}ed)"
)
JOBS = r"(?:manager|supervisor|colleague|boss|customer|team leader|assistant|member|director|mate|trainee|guy|lady|woman|man)"
NAMED = r"[A-Z][a-z]{2,14}"

PATTERNS: Mapping[str, str] = MappingProxyType(
    {
        "reason": r"\b(?:because|becuase|becos|cos|coz|cuz|bcos|since (?:it|we|they|you|that)|so that|so (?:we|they|you|i|"
        r"customers?|people|staff|it|he|she) (?:can|could|will|would|do|don't|dont|know|get|feel|are|have)|in order to|"
        r"as a result of|due to|therefore|that's why|thats why|which is why|the reason|otherwise|this means|which means|"
        r"that means|means (?:that|we|they|you)|to make sure|to ensure|to stop|to avoid|leads? to)\b",
        "example": r"\b(?:for example|for instance|e\.?g\.?|such as|an example|one time|there was (?:a|one|this)|"
        r"once (?:i|we|a|when)|like when|like the time|say (?:a|if) (?:a )?customer|last (?:week|month|year|summer|"
        r"christmas|time)|recently|when i (?:was|had|worked|did)|when we (?:were|had|did))\b",
        "strength": r"\b(?:good (?:because|cos|for|at|way|as|point|thing)|(?:is|are|be|works?|really|very|quite|r) (?:\w+ )?"
        r"(?:good|useful|helpful|effective|quick|fast|cheap|easy|accurate|reliable|clear|great|honest|simple|fair|handy)|"
        r"strengths?|advantages?|benefits?|positives?|pros|upsides?|plus side|works? well|helps?|best (?:thing|way|part)|"
        r"saves? (?:time|money)|you (?:get|hear|see) (?:\w+ )?(?:real|true|honest|exactly|first hand))\b",
        "weakness": r"\b(?:weakness(?:es)?|disadvantages?|drawbacks?|downsides?|negatives?|cons|limitations?|limits? of|"
        r"problem (?:is|with)|trouble (?:is|with)|bad (?:thing|point|because|for)|(?:is|are|be|too|very|quite|so|r) "
        r"(?:\w+ )?(?:expensive|slow|costly|dear|time[- ]consuming|biased|unfair|misleading|unreliable|inaccurate|hard|"
        r"difficult|limited|pricey)|takes? (?:a lot of |too much |up |loads of |ages|so much |a long )?(?:time|long|ages)|"
        r"costs? (?:a lot|too much|money|loads)|(?:doesn't|doesnt|don't|dont|does not|do not|can't|cant|cannot|won't|wont) "
        r"(?:always |really )?(?:tell|show|give|work|cover|explain|say|see|reply|answer|bother|help|prove|mean)|"
        r"only (?:tells?|shows?|gives?|works?|covers?|a few|some|one|the)|misses|could mislead|not (?:very |that |always |so )"
        r"?(?:accurate|reliable|good|useful|fair|true|honest|effective)|down side)\b",
        "comparison": r"\b(?:compared? (?:to|with)|in comparison|whereas|while (?:a|the|my|some|others?)|unlike|better than|"
        r"worse than|more \w+ than|less \w+ than|\w+er than|on the other hand|differs?|different(?:ly)? (?:from|to|than)|"
        r"similar|same as|both|rather than|instead of|but (?:the|a|an) other|versus|as \w+ as)\b",
        "judgement": r"\b(?:overall|in my (?:opinion|view)|i (?:think|believe|feel|reckon|would say|conclude|prefer|'d say|"
        r"would choose|would keep|would rely|would use|trust|rate)|i'd (?:say|choose|keep|rely|use|go)|on balance|"
        r"(?:most|least|more|less|very|quite|not|really|is|are|un) ?(?:suitable|suited|appropriate|effective|important)|"
        r"suits|best (?:way|one|method|option|choice|for)|the best|the worst|works? best|in conclusion|to conclude|"
        r"all in all|so (?:i|we) (?:chose|decided|would|should)|worth (?:it|doing|using|the)|the right (?:one|choice|way))\b",
        "steps": r"\b(?:first(?:ly| of all)?|second(?:ly)?|third(?:ly)?|then|next|after (?:that|this|which)|afterwards|finally|"
        r"lastly|step (?:\d|one|two|three)|to start with|start by|begin by|once (?:i|we|that|this|you) (?:have|had|has|'ve)|"
        r"before (?:i|we|you) )\b|(?:^|\n|\s)[1-3][.)]\s",
        "own_action": rf"\b(?:i|i've|i'd)\b(?:'ve|'d| have| had| then| also| always| usually| personally| just| normally| first"
        rf"| myself| did| will| would)* (?!think|believe|feel|reckon|guess|know|mean|suppose|hope|like|am\b|was told|dont|"
        rf"don't|do not|can't|cant|need|want|would|'d|will)(?:{PAST}|[a-z]{{3,}})\b",
        "we": r"\b(?:we|we've|we're|us|our team|our)\b",
        "real_event": rf"\b(?:last (?:week|month|year|night|summer|winter|spring|autumn|christmas|{WEEKDAY}|{MONTH})|yesterday|"
        rf"(?:\d+|a few|a couple of|two|three|four|six) (?:days?|weeks?|months?|years?) ago|one time|there was (?:a|an|one|this|"
        rf"that) (?:time|customer|day|man|woman|lady|guy|problem|complaint|situation)|once (?:i|we|a|an|when|had)|recently|"
        rf"this (?:morning|afternoon) |in (?:20\d\d|{MONTH})|on (?:{WEEKDAY}|the \d)|(?:i|we|she|he|they|customer) "
        rf"(?:was|were|had|did|told|asked|took|made|gave|found|got|saw|said|came|rang|spoke|wrote|sent|went|dealt))\b",
        "hypothetical": r"\b(?:i|we|you|they|i'd|we'd)(?:'d| would| could| might)(?! (?:like to add|say))\b|\bi'd\b|\bwe'd\b|"
        r"\bif (?:i|we|you|a|the|there|someone|it|one)\b|\b(?:imagine|suppose|in theory|hypothetically|were to)\b",
        "when": rf"\b(?:{WEEKDAY}|in (?:{MONTH})|last (?:week|month|year|night|summer|winter|spring|autumn|christmas|time)|"
        rf"yesterday|today|this (?:morning|afternoon|week|month|year)|(?:\d+|a few|a couple of|two|three|four|six) (?:minutes?|"
        rf"hours?|days?|weeks?|months?|years?) (?:ago|later|before)|every (?:day|week|month|morning|year|{WEEKDAY})|"
        rf"once a (?:day|week|month|year|quarter)|daily|weekly|monthly|20[0-3]\d|\d{{1,2}}(?:st|nd|rd|th)|"
        rf"\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?|at christmas|recently)\b",
        "result": r"\b(?:as a result|(?:the )?result was|in the end|which (?:led|meant|resulted|helped|made)|led to|resulted in|"
        r"ended up|this meant|so (?:the customer|she|he|they|we|it|sales|complaints) (?:was|were|got|left|came|went|fell|"
        r"dropped|rose|improved)|since then|after that (?:the|we|it|sales|complaints|things)|(?:went|gone|came|come|fell|"
        r"dropped|rose|increased|decreased|improved|reduced|doubled|halved) (?:up|down|by|from|to|a lot)|complaints (?:fell|"
        r"dropped|went down)|sales (?:rose|went up)|(?:customer|she|he|they) (?:was|were|left) (?:\w+ )?(?:happy|pleased|"
        r"satisfied|grateful)|it worked|things (?:got|are) better|got better|improved)\b",
        "evidence_named": r"\b(?:rotas?|minutes of|the minutes|meeting (?:notes|minutes)|emails?|e-mails?|report|logs?|log ?book|"
        r"spreadsheet|records?|appraisal|witness (?:statement|testimony)|certificate|policy|procedure|dashboard|call "
        r"recordings?|action plan|survey results|feedback forms?|complaints? (?:log|form|book)|training records?|"
        r"screenshot|diary|photos?|portfolio|evidence|scorecard|handbook|checklist)\b",
        "dont_know": r"^\W*(?:i )?(?:(?:really |honestly |just )?(?:don't|dont|do not|dunno|didn't|havent|haven't) ?(?:really )?"
        r"(?:know|no|remember|have a clue|understand|got a clue)?|dunno|idk|dk|no idea|not sure|no clue|pass|skip|can't "
        r"remember|cant remember|forgot|i forget|not a clue|haven't a clue|\?+|nothing|none|n/?a)\b.{0,60}$",
    }
)
COMPILED = {name: re.compile(pattern, re.IGNORECASE | re.MULTILINE) for name, pattern in PATTERNS.items()}
THIRD_PARTY_NAME = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? {NAMED}\b|(?i:\b{JOBS}(?: called| named|,)?) (?!I\b)({NAMED}\b)|"
    rf"(?i:\bcalled|\bnamed|\bname is|\bname was) ({NAMED})\b|(?<=[a-z,] )({NAMED} [A-Z][a-z]{{2,}})\b"
)
NOT_NAMES = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December Christmas Easter Facebook Google Twitter Instagram Excel Teams Zoom Microsoft English Customer "
    "Unit Service Manager The And But Then When They There This That What With From Key Performance Head Office".split()
)
DONT_KNOW_WORDS = 14


def signals(answer: str) -> Signals:
    """Which signals the answer shows. `third_party_name` asks the learner to use a role instead."""
    found = signal_words(answer)
    return Signals(**{name: name in found for name in Signals.__dataclass_fields__})


def signal_words(answer: str) -> dict[str, Words]:
    """The first words that show each signal present in the answer."""
    found = {}
    for name, pattern in COMPILED.items():
        match = pattern.search(answer)
        if match and match.group().strip():
            found[name] = Words(match.start(), match.end(), match.group())
    if "dont_know" in found and len(answer.split()) > DONT_KNOW_WORDS:
        del found["dont_know"]
    name_words = _third_party(answer)
    return found | ({"third_party_name": name_words} if name_words else {})


def _third_party(answer: str) -> Words | None:
    for match in THIRD_PARTY_NAME.finditer(answer):
        name = next((group for group in match.groups() if group), match.group())
        if not set(name.split()) & NOT_NAMES:
            start = match.start() + match.group().rindex(name)
            return Words(start, start + len(name), name)
    return None

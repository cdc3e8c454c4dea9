"""Words that stop a discussion because somebody may be at risk of harm, and names that should be roles.

The list is short on purpose: it looks for a person who is or may be harmed, not for hard words about work
(assessment-practice.md section 6.2). A person decides what follows; this only stops, signposts and alerts.
"""

import re

from talkthrough.question_bank.discussion.first_names import FIRST_NAMES
from talkthrough.question_bank.discussion.harm_words import NO_WORDS, HarmWords, welsh
from talkthrough.question_bank.discussion.words import word_set

_INTENT = (
    r"(?:want(?:ed|s)?\s+to|wanna|going\s+to|gonna|plan(?:ning|s)?\s+to|thinking\s+(?:of|about)|thought\s+(?:of|about)"
    r"|feel(?:s|ing)?\s+like|might|trying\s+to|tried\s+to|threaten(?:ed|ing|s)?\s+to|need\s+to|about\s+to|will)"
)
_SELF = r"(?:my\s?self|him\s?self|her\s?self|them\s?sel(?:f|ves))"
_FAMILY = (
    r"(?:he|she|they|dad|mum|mom|father|mother|step\s?dad|step\s?mum|partner|husband|wife|boyfriend|girlfriend|ex|brother"
    r"|sister|uncle|carer|family|parents)"
)
_ANYBODY = (
    rf"(?:{_FAMILY}|manager|boss|supervisor|colleague|co-?worker|someone|somebody|tutor|teacher|coach|customer|man|guy)"
)
_OFTEN = (
    r"(?:(?:keeps?(?:\s+on)?|kept|always|sometimes|often|has|had|just|then|also|even|is|was|used\s+to|started"
    r"|won\W?t\s+stop)\s+){0,2}"
)
_NOT_WORK = (
    r"(?!\s+(?:lifting|carrying|laughing|falling|slipping|moving|on\s+(?:a|an|the)\b"
    r"|with\s+(?:a\s+)?(?:stapler|paper|box)))"
)
_NO_ACCIDENT = (
    r"(?!\s+off\b)(?!\s+(?:\w+\s+){0,8}(?:box(?:es)?|packag\w+|paper|card\s?board|glass|tin|tins|slicer|stapler|shelf|shelving"
    r"|cages?|pallets?|machine|oven|pan|tray|kettle|iron|steam|coffee|water|grill|food|knife|work|accident|first\s+aid"
    r"|opening|chopping|slicing|cooking|lifting|shaving|plaster|slack)\b)"
)
_NO_FAVOUR = (
    r"(?!\s+(?:a|an|some|for|to|before|and\s+(?:asked|said|told)|quickly|straight|as"
    r"|on\s+(?:the|my)\s+(?:way|phone))\b)"
)
_BLOWS = (
    r"(?:hits?|hitting|beats?|beating|punch(?:es|ed|ing)?|kick(?:s|ed|ing)?|slap(?:s|ped)?|strangl(?:es|ed)|chok(?:es|ed)"
    r"|assault(?:s|ed)|rap(?:es|ed)|grop(?:es|ed|ing)|molest(?:s|ed))"
)
_VICTIM = rf"(?:him|her|them|someone|somebody|everyone|people|(?:my|the)\s+{_ANYBODY})"

_RISKS = (
    # harm to oneself, or a person who speaks of it
    rf"\b{_INTENT}\s+(?:just\s+)?(?:hurt(?:ing)?|harm(?:ing)?|kill(?:ing)?|cut(?:ting)?)\s+{_SELF}{_NOT_WORK}",
    rf"\b(?:hurting|harming|cutting|killing|killed)\s+{_SELF}{_NOT_WORK}",
    rf"\bi\s+(?:\w+\s+)?(?:cut|cuts|harm|harmed|burn|burned|burnt|starve)\s+{_SELF}\b{_NO_ACCIDENT}",
    rf"\b(?:sometimes|often)\s+i\s+(?:hurt|cut)\s+{_SELF}\b{_NO_ACCIDENT}",
    rf"\bi\s+hurt\s+{_SELF}\s+on\s+purpose\b",
    rf"\bi\s+(?:(?:sometimes|often|always|keep|want\s+to|have)\s+)(?:hurt|hurting|cut)\s+{_SELF}\b{_NO_ACCIDENT}",
    r"\bself[\s-]?harm(?:s|ed|ing)?\b",
    r"\b(?:i\s*(?:am|'m|’m|m)?|feel(?:ing)?|felt|he\s+(?:is|was)|she\s+(?:is|was))\s+suicidal\b",
    r"\b(?:commit(?:ting|ted)?|attempt(?:ed|ing)?|thinking\s+(?:of|about)|thoughts?\s+of|about\s+my)\s+suicide\b",
    r"\b(?:suicide\s+attempt|suicidal\s+thoughts)\b",
    (
        r"\b(?:i|he|she)\s+(?:just\s+|really\s+|sometimes\s+)?(?:wan(?:t|ts|ted)(?:\s+to)?|wanna)"
        r"\s+(?:die\b|be\s+dead(?!\s+(?:sure|on|clear)))"
    ),
    r"^\W*wanna\s+die\b",
    r"^\W*kms\W*$",
    r"\b(?:want\s+to|wanna|going\s+to|gonna|might|just|will|i\W?ll)\s+kms\b",
    r"\bunaliv(?:e|es|ed|ing)\s+(?:my|him|her|them)",
    (
        r"\b(?:want\s+to|wanna|feel(?:ing)?\s+like|thinking\s+(?:of|about)|thought\s+(?:of|about))\s+(?:just\s+)?end(?:ing)?"
        r"\s+(?:it|everything)(?:\s+all)?\s*(?:$|[.!?,]|now\b|tonight\b|today\b|soon\b)"
    ),
    (
        r"\b(?:nobody|no\s?one|who)\s+(?:would|will|'d)\s+(?:even\s+)?(?:care|notice|miss\s+me)\s+if\s+i\s+(?:was|were|am|just)?"
        r"\s*(?:dead|died|disappeared?|gone(?!\s+(?:for|to|home|on|from|out)\b))"
    ),
    r"\b(?:my\s+)?life(?:\s+is|\W?s)?\s+(?:not|isn\W?t|isnt)\s+worth\b",
    r"\b(?:end|ending|take|taking)\s+(?:my|his|her|their)\s+(?:own\s+)?life\b",
    r"\b(?:end|ending)\s+it\s+all\b(?!\s+(?:on|by|with|before)\b)",
    r"\b(?:don\s?[o'’]?t|do\s+not|not)\s+want(?:\s+to)?\s+(?:live|be\s+alive|wake\s+up)\b(?!\s+(?:in|at|by|with|near|to)\b)",
    r"\b(?:don\s?[o'’]?t|do\s+not|not)\s+want(?:\s+to)?\s+be\s+here\s+any\s?more\b",
    r"\bno\s+(?:point|reason)\s+(?:in\s+|to\s+)?(?:living|live|being\s+alive|go(?:ing)?\s+on\s+living)\b",
    r"\b(?:better\s+off\s+(?:dead|without\s+me)|wish\s+i\s+(?:was|were)\s+(?:dead|never\s+born))\b",
    r"\b(?:took|taken|take|taking)\s+an?\s+overdose\b",
    (
        r"\bi\s+(?:just\s+|have\s+)?(?:took|taken|take|swallow(?:ed)?)\s+(?:too\s+many|(?:a|the)?\s*(?:whole|full)\s+(?:box|packet|bottle)\s+of"
        r"|all\s+(?:of\s+)?my|loads\s+of|a\s+lot\s+of)\s+(?:\w+\s+)?(?:pills?|tablets?|paracetamol|meds|medicine|medication)\b"
    ),
    # abuse
    rf"\b{_ANYBODY}\s+{_OFTEN}{_BLOWS}\s+me\b",
    rf"\b{_FAMILY}\s+{_OFTEN}(?:abus(?:es|ed|ing)|hurts?|hurting|attacks)\s+me\b",
    rf"\b{_ANYBODY}\s+{_OFTEN}touch(?:es|ed|ing)?\s+me\b(?!\s+(?:with|by|deeply)\b)",
    rf"\b{_ANYBODY}\s+{_OFTEN}(?:grabs?|grabbed|grabbing|fondl(?:es|ed|ing)|strok(?:es|ed|ing))\s+me\b{_NO_FAVOUR}",
    rf"\b{_ANYBODY}\s+{_OFTEN}(?:forc(?:es|ed|ing)\s+(?:himself|herself|themselves)\s+on|feel(?:s|ing)?\s+up|felt\s+up)\s+me\b",
    rf"\b{_ANYBODY}\s+{_OFTEN}(?:(?:kiss(?:es|ed|ing)|feeling|feels|felt)\s+me\b(?!\s+(?:goodbye|out)\b)|feel(?:s|ing)?\s+me\s+up)",
    (
        rf"\b{_ANYBODY}\s+{_OFTEN}(?:touch|grab|grabb|strok|squeez|pinch|slapp?|rubb?)(?:e?s|ed|ing)?\s+my\s+"
        r"(?:\w+\s+)?(?:bum|bottom|arse|ass|backside|leg|legs|thigh|thighs|breasts?|chest|boobs?|waist|body|private\w*)\b"
    ),
    rf"\b{_ANYBODY}\s+{_OFTEN}(?:puts?|putting)\s+(?:his|her|their)\s+hands?\s+(?:on|up|down)\s+(?:me|my)\b",
    r"\b(?:raped|molested|groped|sexually\s+(?:abused|assaulted|harassed|touched))\b",
    (
        r"\bi\s*(?:am|'m|’m|was|have\s+been|'ve\s+been|get|got)\s+(?:being\s+|getting\s+)?(?:beaten\s+up|raped|trafficked|assaulted"
        r"|abused(?!\s+by\s+(?:\w+\s+){0,2}(?:customer|caller|client|member))|(?:hit|beaten)\s+(?:at\s+home|by\s+(?:my|him|her)))\b"
    ),
    rf"\b(?:scared|afraid|frightened)\s+(?:to\s+(?:go|be)\s+(?:at\s+)?home|of\s+my\s+{_ANYBODY})\b",
    r"\b(?:not\s+safe|unsafe)\s+at\s+home\b",
    rf"\b(?:my\s+)?{_FAMILY}\s+{_OFTEN}lock(?:s|ed|ing)?\s+me\s+(?:in|up)\b",
    r"\bthreaten(?:s|ed|ing)?\s+(?:to\s+)?(?:kill|stab|rape|shoot|beat\s+up)\b",
    r"\bthreaten(?:s|ed|ing)?\s+to\s+(?:hurt|hit|harm)\s+(?:me|him|her|them|us|staff|someone|somebody)\b",
    # harm to others
    (
        rf"\bi\s*(?:am|'m|’m|m)?\s*(?:really\s+)?(?:want\s+to|wanna|going\s+to|gonna|will|planning\s+to)"
        rf"\s+(?:kill|stab|shoot|hurt|attack|beat\s+up|poison)\s+{_VICTIM}\b(?!['’]?s?\s+feelings)"
    ),
    r"\bbring(?:ing)?\s+(?:a\s+)?(?:knife|gun|weapon)\s+(?:in|to|into)\b",
)
_RISK = re.compile("|".join(_RISKS), re.IGNORECASE)
_MANNER_OF_SPEAKING = re.compile(
    r"\b(?:kill(?:ing)?\s+(?:time|two\s+birds)|killing\s+me|die\s+(?:of|from)\s+(?:laugh|embarrass|boredom)\w*"
    r"|want(?:ed)?\s+to\s+die\s+(?:laughing|(?:of|from|with)\s+\w+)"
    r"|(?:do\s*n[o'’]?t|don\s?t|dont|did\s?n[o'’]?t|not)\s+want\s+to\s+hurt\s+(?!my\s?self)(?:him|her|them|anyone|the\s+\w+)"
    r"|hurt\s+(?:my|his|her|their|the)\s+(?:back|foot|hand|arm|leg|feelings)|kill\s+(?:him|her|them)\s+with\s+kindness"
    r"|(?:hits?|hitting)\s+me\s+(?:with|up|that|at\s+once)|beats?\s+me\s+(?:to|at|in|on)\b|kick(?:s|ed)?\s+me\s+(?:off|out)"
    r"|shoot\s+(?:him|her|them)\s+an?\s+(?:e-?mail|message|text|line)"
    r"|attack(?:s|ed)\s+me\s+(?:verbally|online|in\s+(?:a|the|an)\s+(?:email|review|meeting))"
    r"|self[\s-]?harm\s+(?:polic|training|awareness|procedure|leaflet|guidance)\w*)",
    re.IGNORECASE,
)


def safeguarding(text: str, own: HarmWords = NO_WORDS) -> bool:
    """Whether the words say that a person is or may be harmed, so that the discussion must stop.

    `own`: what a safeguarding lead added to the English and Welsh lists.
    """
    is_english = _RISK.search(_MANNER_OF_SPEAKING.sub(" ", text)) is not None
    return is_english or welsh().found_in(text) or own.found_in(text)


_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Mister|mr|mrs|ms|miss|dr)\.?\s+([A-Z][a-z’'-]+)")
_CALLED = re.compile(
    r"\b(?:called|named|name\s+is|name\s+was|colleague|manager|supervisor|boss|customer|teammate|co-worker|friend|"
    r"assistant|director|lady|guy|man|woman|client|learner|apprentice)\s*,?\s+([A-Z][a-z’'-]{2,}(?:\s+[A-Z][a-z’'-]+)?)"
)
_SPEAKS = re.compile(
    r"(?<![.!?]\s)(?<!^)\b([A-Z][a-z’'-]{2,})\s+(?:said|says|told|asked|asks|phoned|rang|called|emailed|complained|"
    r"shouted|thanked|agreed|from\s+(?:accounts|sales|the|our|head|finance|HR|IT|marketing|reception))\b"
)
_WORD = re.compile(r"\b[A-Z][a-z’'-]+\b")
_NO_NAMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ramadan eid diwali england scotland wales ireland britain
    london google facebook instagram twitter tiktok whatsapp excel outlook teams zoom amazon tesco asda head office
    english french german polish spanish arabic customer service services unit manager the this that then they there
    when what she her his our your and but because after before human resources care relations operations team
    success feedback satisfaction experience journey data records support sorry base refunds complaints act acts law
    regulation regulations standards council college school university limited ltd plc company group bank trust
    association society agency ombudsman royal national british european product products health safety protection
    rights quality code policy procedure sales marketing finance accounts reception returns delivery warehouse retail
    store shop microsoft apple samsung android windows word powerpoint sharepoint salesforce trustpilot tripadvisor
    ebay argos boots aldi lidl morrisons sainsbury sainsburys waitrose currys primark halfords greggs costa starbucks
    mcdonalds subway dpd evri hermes yodel fedex ups acas ofcom ofgem please thank thanks always never sometimes often
    usually only just also so as if in on at for with from by to of is was has had will would can could should must
    may might a an i we you he it all any each every some no not yes once while until since although however now
    today yesterday tomorrow who why how which where here first second third last next
    """
)
_NO_NAME_ENDING = re.compile(
    r"(?:tion|ment|ness|ship|ings?|ity|ance|ence|ally|edly|ated|ised|ized|ays|[^s]ed|cks|ers|ts)$"
)
_BUSINESSES = re.compile(
    r"\b(?:John\s+Lewis|Peter\s+Jones|Thomas\s+Cook|Jack\s+(?:Daniels?|Wills)|Ted\s+Baker|Paul\s+Smith|Dorothy\s+Perkins"
    r"|William\s+Hill|Ben\s+(?:and|&)\s+Jerry\W?s|Jamie\s+Oliver|Victoria\s+(?:station|line|sponge|coach|street|road)"
    r"|Martin\s+McColl|Robert\s+Dyas|Robert\s+Walters|Fred\s+Perry|Charles\s+Tyrwhitt|Ryman|St\.?\s+[A-Z]\w+"
    r"|[A-Z]\w+\s+(?:Road|Street|Lane|Avenue|Ltd|Limited|Hotel|College|School|Hospital|Act))\b"
)
_AT_THE_START = re.compile(r"(?:^|[.!?:\n]\s*)$")
_ALSO_WORDS = word_set("sue rob nick carol robin poppy heather dean jack ted kim jean bob")


def names_people(text: str) -> tuple[str, ...]:
    """Names of people as written, each once and in order; roles ("my supervisor", "Customer A") are not names."""
    text = _BUSINESSES.sub(lambda match: " " * len(match.group()), text)
    found = [
        (match.start(1), match.group(1))
        for pattern in (_TITLED, _CALLED, _SPEAKS)
        for match in pattern.finditer(text)
        if not _is_no_name(match.group(1), is_titled=pattern is _TITLED)
    ]
    found += [(m.start(), m.group()) for m in _WORD.finditer(text) if _is_first_name(text, m)]
    return tuple(dict.fromkeys(_without_possessive(name) for _, name in sorted(found)))


def _without_possessive(name: str) -> str:
    return re.sub(r"['’]s$", "", name)


def _is_first_name(text: str, match: re.Match[str]) -> bool:
    """A common first name; one that is also a word, only where a capital letter is not needed anyway."""
    name = _without_possessive(match.group()).lower()
    is_start = name in _ALSO_WORDS and _AT_THE_START.search(text[: match.start()]) is not None
    return name in FIRST_NAMES and not is_start


def _is_no_name(name: str, *, is_titled: bool) -> bool:
    words = [_without_possessive(part).lower() for part in name.split()]
    return any(word in _NO_NAMES for word in words) or (not is_titled and bool(_NO_NAME_ENDING.search(words[0])))

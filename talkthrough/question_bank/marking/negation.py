"""Which words of a text are denied: negation near and far, with what only looks like negation left alone.

A rule list in the manner of clinical negation detectors: look-alikes, cues that deny what follows, cues that deny what
came before, and words that end the reach of a cue.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

REACH = 9
TAG_VERBS = ("do", "does", "did", "is", "are", "was", "were", "have", "has", "can", "will", "would", "should")
TAG_SUBJECTS = ("you", "it", "they", "he", "she", "we", "i")


def _by_first_word(phrases: Iterable[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        words = tuple(phrase.split())
        found[words[0]].append(words)
    return {first: tuple(each) for first, each in found.items()}


LOOK_ALIKES = _by_first_word(
    (
        *(f"{verb} not {who}" for verb in TAG_VERBS for who in TAG_SUBJECTS),
        "not only", "not just", "not simply", "not merely", "no matter", "no doubt", "no problem", "not a problem",
        "why not", "if not", "or not", "do not forget to", "do not forget", "never forget to", "never forget",
        "not forget to", "not forget", "not forgetting", "can not beat", "nothing beats", "no better", "nothing better",
        "not sure", "not without", "never without", "can not do without", "could not do without", "not until",
        "not to mention", "no later than", "no more than", "not miss", "not wait", "not stop", "never stop",
        "not hesitate to", "not avoid", "never avoid", "not that we do not", "not least", "not refuse",
        "not working", "not work", "stopped working", "stop working", "stops working", "not turn up", "not turned up",
        "not enough", "not happy", "no stock", "not up to standard", "not good enough", "no show", "no shows",
        "not available", "nothing left", "not arrive", "not arriving", "not loading", "not load", "never ending",
        "never underestimate", "not underestimate", "never too busy to", "not too busy to",
        "nothing wrong with", "not fail to", "never fail to", "not ignore", "never ignore", "not rely only on",
        "not mind", "not bad", "can not go wrong with", "not think of any other than",
        "not think of anything better than",
        "not think twice about", "not live without", "not just guess", "not guess", "not let it slip", "not cheap",
        "never let it slip", "never regret", "not a bad idea", "can not fault", "can not recommend enough", "no end of",
        "can not help but", "not skip", "never skip", "no wonder", "not enough just", "not unless", "no good just",
    )
)  # fmt: skip
DENY_WHAT_FOLLOWS = _by_first_word(
    (
        "do not bother with", "do not bother", "no longer", "not any more", "not anymore", "instead of", "rather than",
        "hardly ever", "hardly", "barely", "rarely", "seldom", "scarcely", "without", "lack of", "stop", "stopped",
        "stops", "stopping", "avoid", "avoids", "avoided", "refuse to", "refuses to", "given up", "gave up", "give up",
        "too busy to", "no time to", "no time for", "can not afford", "got rid of", "get rid of", "do away with",
        "did away with", "done away with", "scrapped", "ditched", "banned", "unable to", "apart from", "except for",
        "nobody", "no one", "none of", "none", "neither", "nor", "never", "not", "no", "nothing", "anything but",
        "disagree with", "not agree with", "i am against", "am against", "moved away from", "moving away from", "lack",
        "lacks", "lacked", "lacking", "we ended", "they ended", "we dropped", "they dropped", "we cut", "they cut",
        "less about", "doubt", "except", "fed up with", "not work for us", "not work for me", "not work here",
        "as opposed to", "in place of", "over and above", "ruled out", "say no to", "said no to", "nothing to do with",
        "far from", "short of", "fail to", "fails to", "failed to", "forget to", "forgot to",
        "against the idea of", "see no point in", "opposite of", "ignore", "ignores", "ignored", "skip", "skipped",
    )
)  # fmt: skip
DENY_WHAT_CAME_BEFORE = re.compile(
    r"(?:not|never|no longer|hardly ever|rarely|seldom)(?: (?:been|really|something|a thing|ever|always|even|get|got|"
    r"be|being|we|they|i|it|you|actually|that|which|have|has|one|usually))*"
    r" (?:used|use|done|do|did|happen|happens|happened|apply|applies|applied|exist|allowed|bother|bothered|"
    r"for us|here|any more|anymore|available|checked|carried|looked|in place|needed|necessary|required|permitted|"
    r"interested|important|matter|worth|possible|what|involved)\b"
    r"|\b(?:not|never) (?:have|had)$"
    r"|\b(?:nobody|no one) (?:has |had |have )?(?:ever )?\w+ (?:to |at )?(?:one|them|it|any)\b"
    r"|\b(?:is|are|was|were|has|have|been|got|get|gets) (?:been |all )?(?:banned|scrapped|ditched|stopped|cancelled|"
    r"ignored|forbidden|skipped|a no|pointless|useless|missing|cut|axed|binned|dropped|abandoned|a non starter|"
    r"a bad idea|out of the question|in the past|history|none|rubbish)\b"
    r"|\b(?:waste of (?:time|money|space)|thing of the past|no chance|not a chance|no way|no use|not any use|"
    r"(?:not|never|_) (?:come|comes|came) into it|"
    r"(?:do|does|did|_) (?:not|_) (?:work|_) (?:for us|for me|here)|"
    r"nothing to do with (?:it|me|us|that|this)|not my (?:job|role|thing)|"
    r"not help|not agree|disagree|not part of|not something|"
    r"too (?:expensive|dear|costly) so (?:we|i|they) (?:do|can|could|have|had) not)\b"
)
DENIED_AFTER_BUT = re.compile(
    r"\bbut (?:(?:i|we|they|he|she|it|that|in|fact|then|now|always|just|usually) ){0,3}"
    r"(?:never|not|none|do not|does not|did not|have not|has not|had not|can not|could not|would not|will not|"
    r"have none|has none|had none|got none|no)"
    r"(?: (?:do|did|does|have|any|agree|more|anymore|bother|now|ever|happen|happened|happens|get|got|it|them|that|"
    r"this|so|really|time|here|used|use))*$"
)
STOPPED_LATER = re.compile(
    r"\b(?:stop|stopped|gave up|given up|no longer|not any more|not anymore|not now|not do|scrapped|ditched|got rid|"
    r"finished|any more|anymore|until|not|ended|cut)\b"
)
PREFERRED = re.compile(r"\b(?:rather (?!than\b)|sooner )(?:\w+ ){1,8}?than\b")
TURN = re.compile(r".*\b(?:but|then|until|and)\b")
USED_TO = re.compile(r"(?<!is )(?<!are )(?<!be )(?<!get )(?<!was )(?<!were )(?<!been )\bused to\b")
END_REACH = frozenset(
    ("but", "however", "although", "though", "because", "so", "unless", "until", "except", "instead", "yet", "whereas",
     "while")
)  # fmt: skip
NEGATIONS = frozenset(("not", "never", "no", "nobody", "nothing"))
HARD = frozenset(("hard", "harder", "difficult", "struggle", "lost", "impossible", "stuck", "blind"))
SUBJECTS = frozenset(("i", "we", "they", "he", "she", "you"))
NEW_ACTION = frozenset(
    (
        "started",
        "start",
        "now",
        "then",
        "just",
        "instead",
        "only",
        "ask",
        "asked",
        "asks",
        "check",
        "checked",
        "checks",
        "look",
        "looked",
        "looks",
        "listen",
        "listened",
        "watch",
        "watched",
        "read",
        "ring",
        "rang",
        "count",
        "go",
        "went",
        "use",
        "used",
        "see",
        "get",
        "got",
        "do",
        "did",
        "have",
        "had",
        "give",
        "gave",
        "make",
        "made",
        "keep",
        "kept",
        "talk",
        "talked",
        "speak",
        "send",
        "sent",
        "put",
        "take",
        "took",
        "stand",
        "walk",
        "compare",
        "rely",
        "it",
        "that",
    )
)
ASKING = frozenset(("what", "how", "who", "when", "where", "which"))
ASIDE = frozenset(
    ("which", "as", "to", "that", "who", "in", "whatever", "like", "although", "though", "for", "despite")
)
HOLLOW = SUBJECTS | frozenset(
    (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "will",
        "would",
        "can",
        "could",
        "should",
        "it",
        "that",
        "this",
        "those",
        "these",
        "them",
        "something",
        "a",
        "the",
        "really",
        "just",
        "all",
        "ever",
        "to",
        "say",
        "sorry",
        "honestly",
        "well",
        "no",
        "not",
        "never",
        "_",
    )
)


def denied(
    words: tuple[str, ...], breaks: frozenset[int], set_phrases: frozenset[int] = frozenset()
) -> tuple[bool, ...]:
    """For each plain word of one sentence whether it is denied; `breaks` are the places before which a comma stands.

    A negation inside a set phrase ("do not shout": calm) belongs to its meaning and denies nothing else.
    """
    flips = [0] * len(words)
    plain = ["_" if place in set_phrases else word for place, word in enumerate(words)]
    place = len(words) if DENY_WHAT_FOLLOWS.keys().isdisjoint(words) else 0  # no cue, nothing to walk for
    while place < len(words):
        look_alike = _longest(LOOK_ALIKES, words, place)
        cue = 0 if place in set_phrases else _longest(DENY_WHAT_FOLLOWS, words, place)
        if look_alike and look_alike >= cue:
            plain[place : place + look_alike] = ["_"] * look_alike
            place += look_alike
            continue
        if cue:
            if words[place] == "without" and (NEGATIONS & set(words[place + 1 :]) or HARD & set(words)):
                place += 1  # "without X you would never know" and "hard to manage without X" affirm X
                continue
            for reached in range(place + cue, _end_of_reach(words, place + cue, breaks)):
                flips[reached] += 1
        place += cue or 1
    _deny_the_worse(words, breaks, flips)
    _deny_backwards(tuple(plain), breaks, flips)
    _deny_the_past(words, flips)
    return tuple(flip % 2 == 1 for flip in flips)


def _deny_the_worse(words: tuple[str, ...], breaks: frozenset[int], flips: list[int]) -> None:
    """What stands after "than" in "I would rather watch than read"."""
    text = " ".join(words)
    preferred = PREFERRED.search(text)
    if preferred:
        start = text[: preferred.end()].count(" ") + 1
        for place in range(start, _end_of_reach(words, start, breaks)):
            flips[place] = 1


def _longest(phrases: Mapping[str, tuple[tuple[str, ...], ...]], words: tuple[str, ...], place: int) -> int:
    known = phrases.get(words[place], ())
    return max((len(each) for each in known if words[place : place + len(each)] == each), default=0)


def _end_of_reach(words: tuple[str, ...], start: int, breaks: frozenset[int]) -> int:
    for place in range(start, min(start + REACH, len(words))):
        if words[place] in END_REACH:
            return place
        if place in breaks and not {"or", "nor"} & set(words[place:]):
            return place
        has_subject = words[place] in SUBJECTS and words[place - 1] not in ASKING
        if place > start and (has_subject or _is_new_action(words, place)):
            return place
    return min(start + REACH, len(words))


def _is_new_action(words: tuple[str, ...], place: int) -> bool:
    """Whether "and" begins something that is done ("we stopped guessing and started ...")."""
    return words[place] == "and" and place + 1 < len(words) and words[place + 1] in NEW_ACTION


def _deny_backwards(words: tuple[str, ...], breaks: frozenset[int], flips: list[int]) -> None:
    text = " ".join(words)
    for match in DENY_WHAT_CAME_BEFORE.finditer(text):
        cue = text[: match.start()].count(" ")
        for place in range(cue - 1, _start_of_reach(words, cue, breaks) - 1, -1):
            flips[place] = 1
    after_but = DENIED_AFTER_BUT.search(text)
    if after_but:
        for place in range(text[: after_but.start()].count(" ")):
            flips[place] = 1
    last = len(words) - 1
    if last > 0 and words[last] in {"not", "never"} and last in breaks:  # "so useful, not"
        for place in range(_segment_start(last - 1, breaks) if words[last] == "never" else 0, last):
            flips[place] = 1


def _start_of_reach(words: tuple[str, ...], cue: int, breaks: frozenset[int]) -> int:
    """Where the words begin that a cue denies which stands after them: in its own clause; before an aside
    ("calls, which they like at college, we do not use"); before a comma where the cue has nothing of its own to deny.
    """
    place = cue - 1
    while place >= 0 and words[place] not in END_REACH and place not in breaks and cue - place <= REACH:
        place -= 1
    if place < 0 or place not in breaks or words[place] in END_REACH:
        return cue if place == cue - 1 and place not in breaks else max(0, place + (place not in breaks))
    if cue not in breaks and not all(word in HOLLOW for word in words[place:cue]):
        return place
    return _before_comma(words, place if cue not in breaks else cue, breaks)


def _before_comma(words: tuple[str, ...], place: int, breaks: frozenset[int]) -> int:
    """Where the clause before the comma begins, or the one before an aside; `place` where it has a subject itself."""
    first = _segment_start(place - 1, breaks)
    if first > 0 and words[first] in ASIDE:
        return _segment_start(first - 1, breaks)
    return place if SUBJECTS & set(words[first:place]) else first


def _segment_start(place: int, breaks: frozenset[int]) -> int:
    return max((each for each in breaks if each <= place), default=0)


def _deny_the_past(words: tuple[str, ...], flips: list[int]) -> None:
    """What we "used to" do and then stopped is denied, up to the turn ("but") before the word that says so."""
    text = " ".join(words)
    for match in USED_TO.finditer(text):
        later = STOPPED_LATER.search(text, match.end())
        if later:
            turn = TURN.match(text, match.end(), later.start())
            end = text.rindex(" ", 0, turn.end()) if turn else later.start()
            for place in range(text[: match.end()].count(" ") + 1, text[:end].count(" ") + 1):
                flips[place] = 1

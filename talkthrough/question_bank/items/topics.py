"""What a criterion is about where it names several things: the plural, as printed, so that a stem can name it."""

import re

# What stands before the things themselves: "assess the suitability of a range of methods" is about methods.
_BEFORE = re.compile(
    r"^(?:how (?!to\b)|the |an? |any |(?:different |the )?types of |range of |(?:suitability|validity|effectiveness|"
    r"nature) of |different |(?:at least )?(?:one|two|three|four|five|six|seven|eight|nine|ten) )+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"[,;:(]| (?:of|for|to|in|that|which|who|whom|with|by|on|from|within|when|against|across|at|as|used|using|needed|"
    r"required|attached|you|involved|taken|available|relating|is|are|can|could|may|should|has|have|impact|facilitate|balance|depends|"
    r"contributes)\b"
)
_SINGULAR = ("ss", "us", "is", "'s", "’s")
_LONGEST = 6  # words


def several_things(text: str, verb: str) -> str:
    """The plural a text names first: "assess the suitability of a range of methods to ..." -> "methods"; or ""."""
    rest = text.strip().rstrip(".:")
    rest = rest[len(verb) :].strip() if verb and rest.lower().startswith(f"{verb} ") else rest
    phrase = _AFTER.split(_BEFORE.sub("", rest), maxsplit=1)[0].strip()
    parts = phrase.split()
    return phrase if parts and len(parts) <= _LONGEST and is_plural(parts[-1]) else ""


def is_plural(word: str) -> bool:
    """Whether a noun has the look of a plural: "methods", "criteria", as against "loss"."""
    lower = word.lower()
    return lower == "criteria" or (lower.endswith("s") and not lower.endswith(_SINGULAR))

"""Files that this program made itself: a learner's words are never read as a specification."""

BANNER = "PRACTICE - NOT ASSESSED"
TOOL_VOICE = "[Tool] "
TITLES = {
    "mock professional discussion": "a discussion log",
    "reflective account - draft": "a draft",
    "discussion practice notes": "a draft",
    "planning sheet": "a plan for a discussion",
    "assessor's review": "a review form",
}


def own_record(text: str) -> str:
    """What kind of our own files the text is from ("a discussion log"), told by the marks that each of them prints;
    "" for any other text.
    """
    if BANNER not in text and not text.startswith(TOOL_VOICE) and f"\n{TOOL_VOICE}" not in text:
        return ""
    lower = text.lower()
    found = {lower.find(title): kind for title, kind in TITLES.items() if title in lower}
    return found[min(found)] if found else "a list or record that I made"

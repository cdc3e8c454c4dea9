from typing import NamedTuple


class Flaw(NamedTuple):
    rule: str
    reason: str


def review(question, unit, units):
    return ()

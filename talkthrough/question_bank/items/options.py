"""Options of tapped questions: wrong ones that the document itself makes wrong, alike in form, in a keyed order."""

from collections.abc import Callable, Iterable

from talkthrough.question_bank.items.lists import Listed
from talkthrough.question_bank.items.question import Option
from talkthrough.question_bank.items.wording import OPTION_LIMIT, draw, shown, shuffled
from talkthrough.question_bank.items.words import same_thing

FEWEST, MOST = 2, 3  # wrong options
SCREEN = 60  # lines
LONGER, MUCH_LONGER = 1.4, 12  # times, and characters


def options(
    question_key: str,
    key: Option,
    wrong: Iterable[Option],
    *,
    neighbours: tuple[Option, ...] = (),
    is_same: Callable[[str, str], bool] = same_thing,
) -> tuple[Option, ...] | None:
    """The key among two or three wrong options, or None where too few are safe or the key stands out.

    Order and choice depend on the question's key alone. How long the key is among its neighbours (shortest ...
    longest) is drawn first and the neighbours are picked to suit, so that length gives nothing away. `neighbours` are
    wrong options that belong beside the key (the other terms of the same criterion); `is_same` says which texts may
    not stand side by side.
    """
    beside = _distinct(shuffled(question_key, neighbours), (key,), is_same)[:MOST]
    alike = (option for option in shuffled(question_key, tuple(wrong)) if len(option.text) <= 3 * len(key.text) + 20)
    candidates = _distinct(sorted(alike, key=lambda option: _far_from(key, option)), (key, *beside), is_same)
    count = min(MOST - len(beside), len(candidates))
    if len(beside) + count < FEWEST:
        return None
    wrong = (*beside, *_of_drawn_length(question_key, key, candidates, count))
    return None if stands_out(key, wrong) else shuffled(f"{question_key}|order", (key, *wrong))


def stands_out(key: Option, wrong: tuple[Option, ...]) -> bool:
    """Whether the key is so much longer than each wrong option that its length gives it away."""
    longest = max(len(option.text) for option in wrong)
    return len(key.text) > LONGER * longest and len(key.text) - longest > MUCH_LONGER


def wrong_from_lists(own: Listed, others: Iterable[Listed]) -> tuple[Option, ...]:
    """Points of other lists that share nothing with `own` (model-questions.md M1: never from an overlapping list)."""
    return tuple(
        Option(text, why=f"The option you chose stands {other.place}.", span=item.span)
        for other in others
        if len(other.items) > 1 and not own.overlaps(other)
        for item in other.items
        for text in (item.children or (shown(item),))
        if len(text) <= OPTION_LIMIT and not same_thing(text, own.term)
    )


def set_of(items: Iterable[str]) -> str:
    """Three points as one option: "rotas, schedules, workloads"."""
    return ", ".join(items)


def _far_from(key: Option, option: Option) -> int:
    """How many screenfuls away it stands in the document: what stands near is what learners confuse."""
    return abs(option.span.first - key.span.first) // SCREEN if option.span and key.span else 0


def _distinct(
    candidates: Iterable[Option], taken: tuple[Option, ...], is_same: Callable[[str, str], bool]
) -> tuple[Option, ...]:
    kept: list[Option] = []
    for option in candidates:
        if not any(is_same(option.text, other.text) for other in (*taken, *kept)):
            kept.append(option)
    return tuple(kept)


def _of_drawn_length(question_key: str, key: Option, candidates: tuple[Option, ...], count: int) -> tuple[Option, ...]:
    near = sorted(candidates, key=lambda option: abs(len(option.text) - len(key.text)))
    shorter = _varied([option for option in candidates if len(option.text) < len(key.text)])
    longer = _varied([option for option in candidates if len(option.text) >= len(key.text)])
    wanted = draw(f"{question_key}|place", count + 1)
    taken = shorter[:wanted] + longer[: count - wanted]
    spare = [option for option in near if option not in taken]
    return tuple(taken + spare[: count - len(taken)])


def _varied(candidates: list[Option]) -> list[Option]:
    """One from each list first, so that two wrong options rarely share a source."""
    seen: set[str] = set()
    first = [option for option in candidates if not (option.why in seen or seen.add(option.why))]  # type: ignore[func-returns-value]
    return first + [option for option in candidates if option not in first]

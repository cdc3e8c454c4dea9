"""The rules that no linter knows: which room may call which, and how long functions and files may be.

Run as a script it reports and fails; `test_house_rules.py` runs the same.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("question_bank", "storage", "scheduler", "bot")  # each may call itself and those before it
LONGEST_FUNCTION = 60
LONGEST_FILE = 400
IMPURE = {"sqlmodel", "sqlalchemy", "telegram", "aiohttp", "random", "asyncio"}


def files() -> list[Path]:
    """Every Python file of the project."""
    return [path for folder in ("talkthrough", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, module) of everything that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def room_of(module: str) -> str | None:
    """The room that a module lives in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "talkthrough" and parts[1] in ROOMS else None


def wrong_calls() -> list[str]:
    """Imports that go up the stairs, or bring the outside world into the pure room."""
    found = []
    for path in (ROOT / "talkthrough").rglob("*.py"):
        here = room_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
        if here is None:
            continue
        for line, module in imports(ast.parse(path.read_text())):
            room = room_of(module)
            is_upstairs = room is not None and ROOMS.index(room) > ROOMS.index(here)
            is_impure = here == "question_bank" and module.split(".")[0] in IMPURE and "reading" not in path.parts
            if is_upstairs or is_impure:
                found.append(f"{path.relative_to(ROOT)}:{line} {here} must not import {module}")
    return found


def function_lengths(folder: str = "talkthrough") -> list[tuple[int, str]]:
    """(lines, where) of every function."""
    found = []
    for path in (path for path in files() if path.relative_to(ROOT).parts[0] == folder):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append((length, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"))
    return found


def too_long() -> list[str]:
    """Functions and files over the house's limits. Migrations are records, not reading matter."""
    functions = [
        f"{where}: {length} lines, at most {LONGEST_FUNCTION}"
        for folder in ("talkthrough", "tests")
        for length, where in function_lengths(folder)
        if length > LONGEST_FUNCTION
    ]
    long_files = [
        f"{path.relative_to(ROOT)}: {count} lines, at most {LONGEST_FILE}"
        for path in files()
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE and "versions" not in path.parts
    ]
    return functions + long_files


def main() -> int:
    """Report the sizes; 1 when a rule is broken."""
    lengths = sorted(length for length, _ in function_lengths())
    print(
        f"{len(lengths)} functions: median {median(lengths):.0f} lines, "
        f"90% within {quantiles(lengths, n=10)[-1]:.0f}, longest {lengths[-1]}"
    )
    broken = wrong_calls() + too_long()
    print("\n".join(broken) or "Rooms, functions and files keep to the house rules.")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())

"""`make bench`: every benchmark in turn. Figures are printed; a passed limit makes the exit code 1."""

import os
import subprocess
import sys
from pathlib import Path


def main() -> int:
    """Run each benchmark in a process of its own, so that one's memory is not another's."""
    print(f"{os.cpu_count()} cores", flush=True)
    worst = 0
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        print(f"\n== {path.stem.removeprefix('bench_')}", flush=True)
        worst = max(
            worst, subprocess.run([sys.executable, "-m", f"tests.benchmarks.{path.stem}"], check=False).returncode
        )
    return worst


if __name__ == "__main__":
    sys.exit(main())

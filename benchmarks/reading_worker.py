"""One process of ours that reads page after page: `python -m benchmarks.reading_worker FILE…`.

In: scan files. Out: nothing but its cost, which `benchmarks.memory` looks at. Exit 1 when a file cannot be read.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.readers import read_with_ours


def main() -> int:
    """Read all files; no page is kept."""
    for name in sys.argv[1:]:
        problem = read_with_ours(Path(name)).problem
        if problem is not None:
            print(f"{name}: {problem}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

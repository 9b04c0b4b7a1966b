"""Where the commands write: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys

from rich.console import Console

output = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def write(text: str) -> None:
    """Write a result as it is, UTF-8, without colours or wrapping."""
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()

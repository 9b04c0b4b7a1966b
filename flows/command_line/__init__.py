"""The command `sohoa`: thin commands over `flows`, one file each."""

from flows.command_line.program import main

__all__ = ["main"]

"""The command `sohoa`: thin commands over `flows`, one file each."""


def main() -> None:
    """Run the command line.

    Imported here, not above: a worker process imports this module again when it starts, and needs no commands.
    """
    from flows.command_line import program

    program.main()


__all__ = ["main"]

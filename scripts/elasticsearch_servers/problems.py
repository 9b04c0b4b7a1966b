"""What can go wrong with the test servers, each with the exit code the command ends with.

In: a message that says what to do next; out: an exception that `__main__` prints and turns into its exit code.
"""


class ServerProblem(Exception):
    """The servers could not be fetched, started or stopped."""

    exit_code = 1


class MissingPrerequisite(ServerProblem):
    """Something this command needs is not installed on the machine; the message names the package."""

    exit_code = 4

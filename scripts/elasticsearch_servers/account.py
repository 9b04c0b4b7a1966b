"""Chooses the unprivileged account that runs the servers and a home folder that account can reach.

In: who is running this command and where the repository lies; out: an `Account` and a home folder.
Elasticsearch refuses to run as root, so root lends its servers to an account that every Linux system has.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scripts.elasticsearch_servers.problems import MissingPrerequisite, ServerProblem

_LENT_ACCOUNT = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the servers run as; `lent` is True when that is not the user who runs the command."""

    name: str
    uid: int
    gid: int
    lent: bool


def choose_account() -> Account:
    """Return the current user, or for root the account `nobody`.

    Raises:
        MissingPrerequisite: Root runs this and the system has no such account.
    """
    if os.geteuid() != 0:
        return Account(str(os.geteuid()), os.geteuid(), os.getegid(), lent=False)
    try:
        entry = pwd.getpwnam(_LENT_ACCOUNT)
    except KeyError as error:
        raise MissingPrerequisite(
            f"Elasticsearch does not run as root and there is no account {_LENT_ACCOUNT!r} to run it as: "
            "run this command as an ordinary user."
        ) from error
    return Account(_LENT_ACCOUNT, entry.pw_uid, entry.pw_gid, lent=True)


def may_pass(status: os.stat_result, account: Account) -> bool:
    """Tell whether an account may walk through a folder with this status."""
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def can_reach(folder: Path, account: Account) -> bool:
    """Tell whether an account may walk down to a folder; parts that do not exist yet will be made passable."""
    path = folder.absolute()
    existing = [step for step in (path, *path.parents) if step.exists()]
    return all(may_pass(step.stat(), account) for step in existing)


def choose_home(wish: Path | None, repository: Path, account: Account) -> tuple[Path, str | None]:
    """Return the home folder and, when it is not the usual one, a sentence that says why.

    Args:
        wish: The folder the user asked for, or None for `.elasticsearch` in the repository.
        repository: The root of the repository.
        account: Whom the servers will run as.

    Raises:
        ServerProblem: The folder asked for cannot be reached by the account.
    """
    home = (wish if wish is not None else repository / ".elasticsearch").absolute()
    if can_reach(home, account):
        return home, None
    if wish is not None:
        raise ServerProblem(f"{account.name} cannot reach {home}: make every parent folder passable (chmod o+x).")
    name = "sohoa-elasticsearch-" + hashlib.sha256(str(repository).encode()).hexdigest()[:12]
    fallback = Path(tempfile.gettempdir()) / name
    return fallback, f"{account.name} cannot reach {home}, so the servers live in {fallback}."


def make_home(home: Path) -> None:
    """Create the home folder, passable for everybody and writable for its owner only.

    Raises:
        ServerProblem: The folder exists and belongs to somebody else, who could plant programs in it.
    """
    home.mkdir(parents=True, exist_ok=True)
    if home.is_symlink() or home.stat().st_uid != os.geteuid():
        raise ServerProblem(f"{home} belongs to somebody else: remove it or give another folder with --home.")
    home.chmod(0o755)


def hand_over(folder: Path, account: Account) -> None:
    """Create a folder and give it, with what is in it, to the account the server runs as."""
    folder.mkdir(parents=True, exist_ok=True)
    if not account.lent:
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)

"""Names of access groups (nhóm được xem). In: names as written. Out: the one form in which they are kept and compared."""

from __future__ import annotations

from dossier.text.letters import normalise

LONGEST = 60


def group_name(written: str) -> str:
    """A name in one form: NFC, small letters, single spaces.

    Raises:
        ValueError: when nothing is left, it is too long, or it holds a comma, which parts names.
    """
    name = " ".join(normalise(written).casefold().split())
    if not name or len(name) > LONGEST or "," in name:
        raise ValueError(written)
    return name


def group_names(written: str) -> tuple[str, ...]:
    """Names separated by commas, each once, in order of the alphabet.

    Raises:
        ValueError: as `group_name`.
    """
    return tuple(sorted({group_name(name) for name in written.split(",") if name.strip()}))

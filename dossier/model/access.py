"""Who may see what: the access of a document, the person or program that asks, and the one rule between them.

In: groups, levels and days. Out: yes or no. The rule stands here once; engines filter by the same three facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class AccessLevel(IntEnum):
    """Chế độ sử dụng (TT 05/2025/TT-BNV): 01 công khai, 02 tiếp cận có điều kiện; above them the degrees of state secrets.

    Papers with a mark of secrecy are stopped before they enter the store, so the upper three are for what people mark by hand.
    """

    OPEN = 0
    CONDITIONAL = 1
    CONFIDENTIAL = 2
    SECRET = 3
    TOP_SECRET = 4


@dataclass(frozen=True, slots=True)
class Access:
    """What a reader needs in order to see a document.

    Attributes:
        groups: access groups (nhóm được xem); one of them is enough, none means nobody.
        level: the least clearance.
        open_from: the day (YYYYMMDD) from which it may be seen (hết hạn hạn chế tiếp cận), 0 for always.
    """

    groups: tuple[str, ...]
    level: AccessLevel = AccessLevel.OPEN
    open_from: int = 0


NOBODY = Access((), AccessLevel.TOP_SECRET)
"""The access of a document of which nothing is known: what is missing is refused."""


@dataclass(frozen=True, slots=True)
class GivenAccess:
    """What somebody said of the access of a dossier or document; None where he said nothing."""

    groups: tuple[str, ...] | None = None
    level: AccessLevel | None = None
    open_from: int | None = None


@dataclass(frozen=True, slots=True)
class BaseAccess:
    """What holds before anybody said anything: by the kind of paper; `sensitive`: it names sensitive personal data."""

    access: Access
    sensitive: bool = False


def settled(base: BaseAccess, facts: GivenAccess, *decisions: GivenAccess) -> Access:
    """The access that holds.

    Sensitive personal data (NĐ 356/2025/NĐ-CP Điều 4) make a document conditional, whatever is written for its dossier as a whole;
    only a person's decision lowers that.

    Args:
        base: by the kind of paper.
        facts: what `ho-so.yaml` says of the dossier.
        decisions: of people, the nearest to the document first.
    """
    said = (*decisions, facts)
    least = AccessLevel.CONDITIONAL if base.sensitive else AccessLevel.OPEN
    written = base.access.level if facts.level is None else facts.level
    return Access(
        groups=next((one.groups for one in said if one.groups is not None), base.access.groups),
        level=next((one.level for one in decisions if one.level is not None), max(written, least)),
        open_from=next((one.open_from for one in said if one.open_from is not None), base.access.open_from),
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks.

    Attributes:
        name: for the log.
        groups: access groups he belongs to.
        clearance: the highest level he may see.
        today: the day of the question, YYYYMMDD.
        sees_embargoed: days of opening do not bind him (archivists who describe the papers).
        sees_all: nothing binds him: the program itself and whoever works on its machine.
    """

    name: str
    groups: frozenset[str]
    clearance: AccessLevel
    today: int
    sees_embargoed: bool = False
    sees_all: bool = False

    def may_see(self, access: Access) -> bool:
        """Whether a document with this access may be shown to him in any way, counts and suggestions included."""
        if self.sees_all:
            return True
        in_time = self.sees_embargoed or access.open_from <= self.today
        return in_time and access.level <= self.clearance and not self.groups.isdisjoint(access.groups)


OPERATOR = Reader("operator", frozenset(), AccessLevel.TOP_SECRET, today=0, sees_embargoed=True, sees_all=True)
"""The program itself, and whoever sits at its machine and can read the store's files anyway."""

"""No query parameter is ignored: a name that a route does not know is refused, so that a typing error cannot widen an answer.

In: the names a route knows. Out: a dependency that refuses all others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from fastapi import Request


class UnknownParameters(Exception):
    """Query parameters that a route does not have, or that came twice where one is allowed."""

    def __init__(self, *, unknown: tuple[str, ...], repeated: tuple[str, ...]) -> None:
        self.unknown = unknown
        self.repeated = repeated
        super().__init__(unknown, repeated)


def only(*single: str, repeatable: Collection[str] = ()) -> Callable[[Request], None]:
    """A dependency that lets through the `single` parameters once each and the `repeatable` ones any number of times."""

    def check(request: Request) -> None:
        names = [name for name, _ in request.query_params.multi_items()]
        known = {*single, *repeatable}
        unknown = tuple(dict.fromkeys(name for name in names if name not in known))
        repeated = tuple(dict.fromkeys(name for name in single if names.count(name) > 1))
        if unknown or repeated:
            raise UnknownParameters(unknown=unknown, repeated=repeated)

    return check

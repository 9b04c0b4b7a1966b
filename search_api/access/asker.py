"""The person or program behind a request.

In: the request. Out: a `Reader`, as a dependency of every route that answers with anything of the archive.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from dossier.model import Reader
from search_api.access.admission import Admitted


def asker(identity: Admitted) -> Reader:
    """Who asks."""
    return identity.reader


Asker = Annotated[Reader, Depends(asker)]

"""The client of Elasticsearch and the one place where its errors become ours.

In: the index section of the settings. Out: a client of the official library that serves servers 8.19 and 9 alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from elastic_transport import TransportError
from elasticsearch import (
    ApiError,
    AuthenticationException,
    AuthorizationException,
    BadRequestError,
    Elasticsearch,
    UnsupportedProductError,
)
from elasticsearch.helpers import BulkIndexError

from dossier.errors import BadQuery, BadSettings, Unavailable
from dossier.settings import IndexSettings

RETRIES = 3
_BUSY = (429, 502, 503, 504)


def connect(settings: IndexSettings) -> Elasticsearch:
    """A client for the hosts of the settings; nothing is sent yet.

    Raises:
        BadSettings: when a host is no URL or name and key are both given.
    """
    options: dict[str, object] = {}
    if settings.ca_certificate is not None:
        options["ca_certs"] = str(settings.ca_certificate)
    if settings.api_key is not None:
        options["api_key"] = settings.api_key.get_secret_value()
    elif settings.username is not None:
        password = settings.password.get_secret_value() if settings.password is not None else ""
        options["basic_auth"] = (settings.username, password)
    try:
        return Elasticsearch(
            list(settings.urls),
            request_timeout=settings.timeout_s,
            max_retries=RETRIES,
            retry_on_timeout=True,
            retry_on_status=_BUSY,
            **options,  # type: ignore[arg-type]  # the client types every option on its own
        )
    except (ValueError, OSError) as error:
        raise BadSettings(setting="SOHOA_INDEX__URLS", problem=str(error)) from error


@contextmanager
def client_errors(settings: IndexSettings, *, asking: bool = False) -> Iterator[None]:
    """Turn errors of the client into ours: refused credentials, refused questions (`asking`), the rest heals by itself."""
    try:
        yield
    except (AuthenticationException, AuthorizationException) as error:
        raise BadSettings(setting="SOHOA_INDEX__USERNAME", problem=_detail(error)) from error
    except UnsupportedProductError as error:
        raise BadSettings(setting="SOHOA_INDEX__URLS", problem=str(error)) from error
    except BadRequestError as error:
        if asking:
            raise BadQuery(position=0, problem="query.bad_value", detail=_detail(error)) from error
        raise Unavailable(what="Elasticsearch " + ", ".join(settings.urls), detail=_detail(error)) from error
    except (ApiError, TransportError, BulkIndexError) as error:
        raise Unavailable(what="Elasticsearch " + ", ".join(settings.urls), detail=_detail(error)) from error


def _detail(error: Exception) -> str:
    if isinstance(error, ApiError):
        return f"{error.meta.status} {error}"[:300]
    innermost = str(error).rpartition("caused by: ")[2].rstrip(")")  # the client wraps the cause several times
    return f"{type(error).__name__}: {innermost}"[:300]

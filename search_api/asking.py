"""Query parameters of a search to a question of the index; the JSON API and the search page ask the same way.

In: checked query parameters. Out: `indexer.Question`, or `BadQuery` that names parameter and position.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dossier.errors import BadQuery
from dossier.model import Reader
from indexer import Cursor, Facet, Filters, Question, Sort, parse_query

REPEATABLE = ("number", "agency", "type", "place", "signer", "year", "dossier", "fonds", "priority", "facets")
"""Parameters that may come several times; several values of one filter mean "any of them"."""

SINGLE = ("q", "date_from", "date_to", "sort", "limit", "cursor", "wide")
"""Parameters that may come once."""

FILTERS = REPEATABLE[:-1]
"""Filters with values; the two bounds of the date stand beside them."""


def _without_empty(given: object) -> object:
    """A form sends its empty inputs too; they ask for nothing."""
    return [one for one in given if one != ""] if isinstance(given, list) else given


def _split(given: object) -> object:
    """Facets may come separated by commas or repeated."""
    if not isinstance(given, list):
        return given
    return [name.strip() for one in given for name in str(one).split(",") if name.strip()]


def _default_if_empty(given: object) -> object:
    return None if given == "" else given


Text = Annotated[str, Field(max_length=500)]
Values = Annotated[list[Text], BeforeValidator(_without_empty), Field(max_length=50)]


class SearchParameters(BaseModel):
    """Everything a search may be asked with."""

    q: str = Field(
        "",
        description='Words (all of them), "exact phrase", ~"phrase in any marks", OR, -word, ( ), field:value, prefix*, fuzzy~. '
        "Words without marks find words with any marks. Empty: every document.",
        examples=["quyết định phê duyệt", "15/QĐ-UBND", '"Ủy ban nhân dân" -"dự thảo"'],
    )
    number: Values = Field([], description="Số, ký hiệu, whole or beginning.")
    agency: Values = Field([], description="Cơ quan ban hành. Filters compare without case and marks.")
    type: Values = Field([], description="Tên loại văn bản.", examples=[["Quyết định"]])
    place: Values = Field([], description="Địa danh.")
    signer: Values = Field([], description="Người ký.")
    year: Annotated[list[int], BeforeValidator(_without_empty), Field(max_length=200)] = Field([], description="Year of issue.")
    dossier: Values = Field([], description="Id of a dossier (hồ sơ).")
    fonds: Values = Field([], description="Phông.")
    priority: Values = Field([], description="Mức độ khẩn.")
    date_from: Text = Field("", description="Issued on or after: a day, month or year (2023-05-31, 31/05/2023, 2023).")
    date_to: Text = Field("", description="Issued on or before, the whole month or year included.")
    facets: Annotated[list[Facet], BeforeValidator(_split)] = Field(
        [], description="Fields to count, separated by commas or repeated: agency,type,year."
    )
    sort: Sort = Field(Sort.RELEVANCE, description="Order: best match, oldest (date), newest (-date), title.")
    limit: int = Field(20, ge=1, le=100, description="Documents in one answer.")
    cursor: Annotated[str, Field(max_length=4000)] = Field("", description="`next` of the answer before.")
    wide: Annotated[bool | None, BeforeValidator(_default_if_empty)] = Field(
        None,
        description="Words typed without marks: true = anywhere in the document, false = side by side only; "
        "left out = side by side, and anywhere when that finds nothing.",
    )

    model_config = ConfigDict(frozen=True)

    @property
    def has_filters(self) -> bool:
        """Whether anything but words narrows the answer."""
        return bool(self.date_from or self.date_to or any(getattr(self, name) for name in FILTERS))


def question_of(parameters: SearchParameters, facets: tuple[Facet, ...] | None = None, *, reader: Reader) -> Question:
    """The question that parameters ask; `facets` instead of those asked for.

    Raises:
        BadQuery: naming the parameter and the position in it.
    """
    with _naming("q"):
        query = parse_query(parameters.q)
    with _naming("cursor"):
        after = Cursor.decode(parameters.cursor) if parameters.cursor else None
    return Question(
        query=query,
        filters=_filters(parameters),
        sort=parameters.sort,
        facets=tuple(dict.fromkeys(parameters.facets)) if facets is None else facets,
        limit=parameters.limit,
        after=after,
        wide=parameters.wide,
        reader=reader,
    )


def _filters(parameters: SearchParameters) -> Filters:
    with _naming("date_from"):
        Filters(date_from=parameters.date_from or None).days()
    with _naming("date_to"):
        Filters(date_to=parameters.date_to or None).days()
    return Filters(
        agency=tuple(parameters.agency),
        type=tuple(parameters.type),
        place=tuple(parameters.place),
        signer=tuple(parameters.signer),
        year=tuple(parameters.year),
        dossier=tuple(parameters.dossier),
        fonds=tuple(parameters.fonds),
        priority=tuple(parameters.priority),
        number=tuple(parameters.number),
        date_from=parameters.date_from or None,
        date_to=parameters.date_to or None,
    )


@contextmanager
def _naming(parameter: str) -> Iterator[None]:
    """Tell which parameter an error is in; the index knows only positions."""
    try:
        yield
    except BadQuery as error:
        raise BadQuery(**(error.facts | {"parameter": parameter})) from error

"""Query parameters of a search to a question of the index; JSON API, search page, exports and saved searches ask the same way.

In: checked parameters, from a query string or as JSON. Out: `indexer.Question`, or `BadQuery` that names parameter and position.
The names of filters, facets and orders are those of the index, read from its types: a field that the index learns can be asked for.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from dossier.errors import BadQuery
from dossier.model import Reader
from indexer import Cursor, Facet, Filters, Question, Sort, parse_query

_TYPES: dict[str, Any] = get_type_hints(Filters)
_NAMES = tuple(field.name for field in fields(Filters))

FILTERS = tuple(name for name in _NAMES if not isinstance(_TYPES[name], types.UnionType))
"""Filters with values; bounds stand beside them."""

BOUNDS = tuple(name for name in _NAMES if name not in FILTERS)
"""Filters that are one value: ends of ranges."""

REPEATABLE = (*FILTERS, "facets")
"""Parameters that may come several times; several values of one filter mean "any of them"."""

SINGLE = ("q", *BOUNDS, "sort", "limit", "cursor", "wide", "facet_limit")
"""Parameters that may come once."""

_NOTES = {
    "number": "Số, ký hiệu: the whole, the number alone or the notation alone.",
    "agency": "Cơ quan ban hành. Filters compare without case and marks.",
    "parent": "Cơ quan chủ quản.",
    "unit": "Today's unit of its places and agencies, by code or name.",
    "type": "Tên loại văn bản.",
    "record": "Civil paper of a data pack, as pack/paper.",
    "place": "Địa danh.",
    "signer": "Người ký.",
    "position": "Chức vụ người ký.",
    "authority": "Thể thức ký (TM., KT., TL., TUQ., Q.).",
    "recipient": "Nơi nhận.",
    "year": "Year of issue.",
    "month": "Month of issue, YYYY-MM.",
    "precision": "How exactly the date is known: day, month, year or unknown.",
    "dossier": "Id of a dossier (hồ sơ).",
    "fonds": "Phông.",
    "catalogue": "Mục lục, as the facet gives it.",
    "box": "Hộp, as the facet gives it.",
    "branch": "Node of the tree of fonds, catalogues, boxes and dossiers, as a facet gives it.",
    "retention": "Thời hạn bảo quản.",
    "priority": "Mức độ khẩn.",
    "secrecy": "Độ mật.",
    "language": "Ngôn ngữ.",
    "mode": "Mức độ sao: bản gốc, bản chính, sao y, sao lục, trích sao.",
    "autograph": "Bút tích: yes or no.",
    "annexes": "Phụ lục: yes or no.",
    "doubt": "What a person should look at, by code; yes for anything, no for nothing.",
    "person": "Người được nhắc đến.",
    "cites": "Số, ký hiệu of a document that it names.",
    "arrival_number": "Số đến.",
    "file": "Id of the scan file: the id of its pages before the last dash.",
    "date_from": "Issued on or after: a day, month or year (2023-05-31, 31/05/2023, 2023).",
    "date_to": "Issued on or before, the whole month or year included.",
    "arrival_from": "Arrived (ngày đến) on or after.",
    "arrival_to": "Arrived on or before.",
    "pages_from": "At least so many pages.",
    "pages_to": "At most so many pages.",
}
"""What a filter is; one that is not here is described by its name."""


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


class Asked(BaseModel):
    """What every search may be asked with; the filters of the index stand beside it."""

    q: str = Field(
        "",
        description='Words (all of them), "exact phrase", ~"phrase in any marks", OR, -word, ( ), field:value, prefix*, fuzzy~. '
        "Words without marks find words with any marks. Empty: every document.",
        examples=["quyết định phê duyệt", "15/QĐ-UBND", '"Ủy ban nhân dân" -"dự thảo"'],
    )
    facets: Annotated[list[Facet], BeforeValidator(_split)] = Field(
        [], description="Fields to count, separated by commas or repeated: agency,type,year."
    )
    facet_limit: int = Field(100, ge=1, le=1000, description="Most values of one facet, the most frequent ones.")
    sort: Sort = Field(
        Sort.RELEVANCE, description="Order: best match, oldest (date), newest (-date), title, … What has no value comes last."
    )
    limit: int = Field(20, ge=1, le=100, description="Documents in one answer.")
    cursor: Annotated[str, Field(max_length=8000)] = Field("", description="`next` of the answer before.")
    wide: Annotated[bool | None, BeforeValidator(_default_if_empty)] = Field(
        None,
        description="Words typed without marks: true = anywhere in the document, false = side by side only; "
        "left out = side by side, and anywhere when that finds nothing.",
    )

    model_config = ConfigDict(frozen=True)

    @property
    def has_filters(self) -> bool:
        """Whether anything but words narrows the answer."""
        return any(getattr(self, name) not in (None, "", []) for name in _NAMES)

    def asked_for(self) -> dict[str, Any]:
        """What differs from the defaults, but for the place in the result: enough to ask the same again."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude={"cursor"})


class _Order(Asked):
    """A search as JSON: what `/v1/search` takes, with more room; unknown members are refused."""

    limit: int = Field(20, ge=1, le=1000, description="Documents in one answer.")

    model_config = ConfigDict(extra="forbid")


def _filter_fields(most_values: int, longest: int) -> dict[str, Any]:
    """Every filter of the index as a field of a model."""
    text = Annotated[str, Field(max_length=longest)]
    values: dict[type, Any] = {
        str: Annotated[list[text], BeforeValidator(_without_empty), Field(max_length=most_values)],
        int: Annotated[list[int], BeforeValidator(_without_empty), Field(max_length=most_values)],
    }
    number = Annotated[int | None, Field(ge=0, le=1_000_000_000), BeforeValidator(_default_if_empty)]
    made: dict[str, Any] = {}
    for name in _NAMES:
        kind, note = get_args(_TYPES[name])[0], _NOTES.get(name, f"Filter by {name.replace('_', ' ')}.")
        if name in FILTERS:
            made[name] = (values[kind], Field([], description=note))
        else:
            made[name] = (text, Field("", description=note)) if kind is str else (number, Field(None, description=note))
    return made


if TYPE_CHECKING:

    class SearchParameters(Asked):
        """Query parameters of a search: `Asked` with every filter of the index."""

        date_from: str = ""
        date_to: str = ""

    class SearchOrder(_Order):
        """A search as JSON: `_Order` with every filter of the index."""

else:
    SearchParameters = create_model("SearchParameters", __base__=Asked, **_filter_fields(200, 500))
    SearchOrder = create_model("SearchOrder", __base__=_Order, **_filter_fields(5000, 2000))


def question_of(asked: Asked, facets: tuple[Facet, ...] | None = None, *, reader: Reader, after: Cursor | None = None) -> Question:
    """The question that parameters ask; `facets` instead of those asked for, `after` the place in the result.

    Raises:
        BadQuery: naming the parameter and the position in it.
    """
    with naming("q"):
        query = parse_query(asked.q)
    return Question(
        query=query,
        filters=filters_of(asked),
        sort=asked.sort,
        facets=tuple(dict.fromkeys(asked.facets)) if facets is None else facets,
        facet_limit=asked.facet_limit,
        limit=asked.limit,
        after=after,
        wide=asked.wide,
        reader=reader,
    )


def filters_of(asked: Asked) -> Filters:
    """The filters that parameters ask for.

    Raises:
        BadQuery: a bound that is no date, by its name.
    """
    given: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(asked, name)
        given[name] = tuple(value) if name in FILTERS else (None if value == "" else value)
        if name in BOUNDS and isinstance(value, str):
            with naming(name):
                alone = Filters(**{name: given[name]})
                alone.days(), alone.arrival_days()
    return Filters(**given)


@contextmanager
def naming(parameter: str) -> Iterator[None]:
    """Tell which parameter an error is in; the index knows only positions."""
    try:
        yield
    except BadQuery as error:
        raise BadQuery(**(error.facts | {"parameter": parameter})) from error

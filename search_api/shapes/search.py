"""Shapes of an answer to a search: documents with the pages, snippets and boxes that say why they were found."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from search_api.shapes.places import Corners, DocumentLinks, PageLinks


class MatchedBoxShape(BaseModel):
    """Where a match stands on the page; a match over two lines of print has two boxes."""

    box: Corners
    text: str = Field(description="The words as they were read.")
    exact: bool = Field(description="True when the marks are the ones typed, false when only the letters are.")


class MatchedPageLinks(PageLinks):
    """Where to go from a page that matched."""

    viewer: str = Field(description="A page for people, opened here with the matches drawn on the scan.")


class MatchedPageShape(BaseModel):
    """A page of the document that matched."""

    id: str
    page: int = Field(description="Position in the document, from 1.")
    score: float
    width: int = Field(description="Width of the upright page in pixels; boxes count in these.")
    height: int
    dpi: int
    snippets: list[str] = Field(description="Pieces of text, escaped for HTML, matches inside <em>; best first.")
    boxes: list[MatchedBoxShape]
    links: MatchedPageLinks


class PlaceShape(BaseModel):
    """Where a part of the question stands."""

    field: str | None = Field(description="Field of the form; null on a page.")
    page: int | None = Field(description="Page of the document, from 1; null in a field.")
    form: str = Field(description="exact, other_marks, abbreviation, long_form, former_name, later_name, near (misread).")
    found: str = Field(description="As it stands there.")


class ReasonShape(BaseModel):
    """Why the document was found: one part of the question, and the places among its fields and matched pages that hold it."""

    asked: str
    form: str = Field(description="The best form it was found in; missing when none of these places holds it.")
    places: list[PlaceShape]


class OtherFormShape(BaseModel):
    """Another form of words of the question that was looked for too."""

    asked: str
    text: str
    kind: str = Field(description="abbreviation, long_form, former_name, later_name …")


class DossierReference(BaseModel):
    """The dossier a document lies in."""

    id: str
    name: str = Field(description="Title (tiêu đề hồ sơ) when the archive gave one, else the folder's name.")


class ItemShape(BaseModel):
    """One document found; fields are null when the paper does not show them."""

    id: str
    score: float = Field(description="Higher is better; comparable within one answer only.")
    number: str | None = Field(description="Số, ký hiệu.", examples=["15/QĐ-UBND"])
    type_name: str | None = Field(alias="typeName")
    record: str | None = Field(description="What staff call it, when it is a civil paper known by a data pack.")
    issued_date: str | None = Field(alias="issuedDate", description="ISO date.")
    issued_place: str | None = Field(alias="issuedPlace")
    organ_name: str | None = Field(alias="organName")
    parent_organ_name: str | None = Field(alias="parentOrganName")
    subject: str | None
    signer_name: str | None = Field(alias="signerName")
    priority: str | None
    dossier: DossierReference
    page_count: int
    matched_page_count: int = Field(description="How many of its pages match; `matched_pages` holds the best of them.")
    matched_pages: list[MatchedPageShape]
    why: list[ReasonShape] = Field(description="Each part of the question, with where and in which form it stands.")
    links: DocumentLinks

    model_config = ConfigDict(populate_by_name=True)


class TotalShape(BaseModel):
    """Number of documents found."""

    value: int
    relation: str = Field(description='"eq": exactly so many; "gte": at least so many.', examples=["eq"])


class FacetCountShape(BaseModel):
    """One value of a facet."""

    value: str = Field(description="Give this back as a filter.")
    label: str = Field(description="Show this.")
    count: int


class SearchLinks(BaseModel):
    """Where to go from an answer."""

    next: str | None = Field(description="The next answer, null at the end.")


class SearchShape(BaseModel):
    """An answer to a search."""

    query: str = Field(description="What was asked.")
    interpreted: str = Field(description="How it was read, in the query language itself.")
    grammar: str = Field(description="Version of the query language; a saved search remembers it.")
    did_you_mean: str | None = Field(None, description="The query as it was probably meant; first answer only.")
    other_forms: list[OtherFormShape] = Field(description="Abbreviations, old and new names that were looked for too.")
    near: list[str] = Field(description="Words that nearly nothing holds: words one letter away were looked for too.")
    loose: bool = Field(description="Hardly a document holds every part, so those that lack one or two are found too.")
    wide: bool = Field(description="Words typed without marks were looked for anywhere in a document, not side by side.")
    can_widen: bool = Field(description="Asking again with wide=true may find more.")
    total: TotalShape
    items: list[ItemShape]
    facets: dict[str, list[FacetCountShape]] = Field(
        description="Counts by facet. Each facet is counted without its own filter, as people expect of tick-boxes."
    )
    next: str | None = Field(description="Cursor of the next answer; give it back as `cursor` with the same question.")
    links: SearchLinks

"""`sohoa search`: a question to the index, hits to the terminal or as JSON."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from dossier.errors import NotFound
from dossier.model import OPERATOR, Document, single_fields
from flows.command_line.console import errors, output, write
from flows.command_line.language import say
from flows.command_line.options import IndexOption, JsonOption, StoreOption, settings_with
from flows.publishing import consumer_of, index_place
from indexer import Filters, PageHits, Query, Question, Results, Snippet, Sort, highlight, interpret, open_index, parse_query
from store import Store, StoredDocument, open_store


def search(
    query: Annotated[str, typer.Argument(help=say("help.query"))],
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help=say("help.limit"))] = 20,
    sort: Annotated[Sort, typer.Option("--sort", help=say("help.sort"))] = Sort.RELEVANCE,
    number: Annotated[list[str] | None, typer.Option("--number", help=say("help.number"))] = None,
    agency: Annotated[list[str] | None, typer.Option("--agency", help=say("help.agency"))] = None,
    type_name: Annotated[list[str] | None, typer.Option("--type", help=say("help.type"))] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help=say("help.place"))] = None,
    signer: Annotated[list[str] | None, typer.Option("--signer", help=say("help.signer"))] = None,
    year: Annotated[list[int] | None, typer.Option("--year", help=say("help.year"))] = None,
    date_from: Annotated[str | None, typer.Option("--from", help=say("help.date_from"))] = None,
    date_to: Annotated[str | None, typer.Option("--to", help=say("help.date_to"))] = None,
    dossier: Annotated[list[str] | None, typer.Option("--dossier", help=say("help.dossier"))] = None,
    fonds: Annotated[list[str] | None, typer.Option("--fonds", help=say("help.fonds"))] = None,
    priority: Annotated[list[str] | None, typer.Option("--priority", help=say("help.priority"))] = None,
    store: StoreOption = None,
    index: IndexOption = None,
) -> None:
    """Search; see the help text in the catalogue."""
    filters = Filters(
        agency=tuple(agency or ()),
        type=tuple(type_name or ()),
        place=tuple(place or ()),
        signer=tuple(signer or ()),
        year=tuple(year or ()),
        dossier=tuple(dossier or ()),
        fonds=tuple(fonds or ()),
        priority=tuple(priority or ()),
        number=tuple(number or ()),
        date_from=date_from,
        date_to=date_to,
    )
    settings = settings_with(store, index)
    question = Question(query=parse_query(query), filters=filters, sort=sort, limit=limit, reader=OPERATOR)
    with open_store(settings.store) as opened:
        engine = open_index(settings.index, opened.folder / "index")
        try:
            results = engine.search(question)
            ids = [hit.document_id for hit in results.hits]
            pages = engine.search_pages(results.query, ids, wide=results.wide, reader=OPERATOR)
            waiting = opened.catalogue.waiting(consumer_of(engine, index_place(settings, opened)))
        finally:
            engine.close()
        show = _show_json if as_json else _show
        show(query, results.query, results, dict(pages), opened)
    if waiting:
        errors.print(say("cli.not_all_indexed", count=waiting), style="yellow")


def _show(typed: str, query: Query, results: Results, pages: dict[str, PageHits], store: Store) -> None:
    if not results.hits:
        output.print(say("cli.no_hits", query=typed), markup=False)
        return
    output.print(say("cli.hits_more" if results.total.relation == "gte" else "cli.hits", count=results.total.value), style="bold")
    for hit in results.hits:
        stored = _document(store, hit.document_id)
        if stored is None:
            continue
        output.print()
        output.print(_headline(stored.document), style="cyan", markup=False)
        if stored.document.subject is not None:
            output.print(f"  {stored.document.subject.value}", markup=False)
        output.print(f"  {hit.document_id}", style="dim", markup=False)
        for snippet in _snippets(query, hit.document_id, results, pages, store):
            output.print("  … " + _marked(snippet) + " …", markup=False, style="none")


def _document(store: Store, document_id: str) -> StoredDocument | None:
    """The document, or None when the index lags behind the store and it is gone or was stopped."""
    try:
        return store.document(document_id)
    except NotFound:
        return None


def _headline(document: Document) -> str:
    parts = [
        document.number or say("cli.no_number"),
        *(found.value for found in (document.issued_date, document.type_name, document.organ_name) if found is not None),
    ]
    return " · ".join(parts)


def _snippets(query: Query, document_id: str, results: Results, pages: dict[str, PageHits], store: Store) -> tuple[Snippet, ...]:
    hits = pages[document_id].hits if document_id in pages else ()
    return tuple(found for hit in hits[:1] for found in highlight(store.page(hit.page_id).text, query, wide=results.wide, count=1))


def _marked(snippet: Snippet) -> str:
    parts, at = [], 0
    for start, end in snippet.spans:
        parts += [snippet.text[at:start], "»", snippet.text[start:end], "«"]
        at = end
    return "".join([*parts, snippet.text[at:]])


def _show_json(typed: str, query: Query, results: Results, pages: dict[str, PageHits], store: Store) -> None:
    items = []
    for hit in results.hits:
        stored = _document(store, hit.document_id)
        if stored is None:
            continue
        items.append(
            {
                **_plain(stored),
                "score": hit.score,
                "pages": [page.page_id for page in pages[hit.document_id].hits] if hit.document_id in pages else [],
                "snippets": [found.html() for found in _snippets(query, hit.document_id, results, pages, store)],
            }
        )
    total = {"value": results.total.value, "relation": results.total.relation}
    answer = {"query": typed, "interpreted": interpret(query, wide=results.wide), "total": total, "items": items}
    write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")


def _plain(stored: StoredDocument) -> dict[str, object]:
    document = stored.document
    fields = {name: None if found is None else found.value for name, found in single_fields(document)}
    return {
        "id": document.id,
        "dossier": stored.dossier_id,
        "number": document.number,
        **fields,
        "toPlaces": [place.value for place in document.to_places],
        "page_count": len(document.page_ids),
    }

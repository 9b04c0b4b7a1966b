"""An archive in which most papers are closed to most people: every word of a paper stands on that paper only.

`world` knows who may see what and which words would give a closed paper away; its application asks people to sign in.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from PIL import Image

from dossier.model import (
    Access,
    AccessLevel,
    Annex,
    ArchivalFacts,
    BaseAccess,
    Box,
    Completeness,
    Document,
    Doubt,
    Findings,
    Found,
    Line,
    ListedPaper,
    Mention,
    MentionKind,
    Page,
    PageState,
    PersonalData,
    Provenance,
    Reader,
    Reference,
    ReferenceKind,
    ScanFile,
    ScanFormat,
    Word,
    document_id,
    page_id,
)
from dossier.settings import ApiSettings, Settings, StoreSettings, SystemsSettings
from flows.publishing import publish
from indexer import open_index
from search_api.access import reader_of_account, reader_of_key
from search_api.access.sessions import SESSION_COOKIE, Session, Signer
from search_api.app import create_app
from store import Reason, Role, Store, open_store

DOSSIERS, PAPERS = 16, 6
GROUPS = ("cơ quan", "văn thư", "địa chính", "lãnh đạo")
AGENCIES = ("Ủy ban nhân dân huyện Hòa Vang", "Sở Nội vụ", "Phòng Tài chính")
TYPES = ("Quyết định", "Tờ trình", "Báo cáo")
RIGHTS = ("search", "read", "export", "changes", "webhooks", "reveal")
WIDTH, HEIGHT = 620, 877


def longest_run(text: str) -> str:
    """The part of an id or word that tells it apart."""
    return max(re.findall(r"[a-z0-9]+", text.lower()), key=len)


@dataclass
class Paper:
    """A document of the world; `words` are all texts by which it would be known."""

    id: str
    dossier_id: str
    page_ids: tuple[str, ...]
    access: Access
    agency: str
    kind: str
    year: int
    subject_word: str
    page_word: str
    number: str
    words: set[str]
    stopped: bool = False


@dataclass
class Visitor:
    """Somebody who asks, with the headers that prove it."""

    name: str
    reader: Reader
    headers: list[tuple[bytes, bytes]]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class World:
    """The archive, who visits it, and the application."""

    app: FastAPI
    settings: Settings
    papers: list[Paper]
    visitors: list[Visitor]
    dossier_words: dict[str, set[str]]
    carriers: dict[str, set[str]] = field(default_factory=dict)
    _seen: dict[str, frozenset[str]] = field(default_factory=dict)
    _closed: dict[str, dict[str, str]] = field(default_factory=dict)

    def seen_by(self, reader: Reader) -> frozenset[str]:
        """Ids of the documents that he may see."""
        if reader.name not in self._seen:
            shown = (one for one in self.papers if not one.stopped)
            self._seen[reader.name] = frozenset(one.id for one in shown if reader.sees_all or reader.may_see(one.access))
        return self._seen[reader.name]

    def closed_words(self, reader: Reader) -> dict[str, str]:
        """Runs of letters and figures that no answer to him may hold -> the document or dossier that they would give away."""
        if reader.name not in self._closed:
            seen = self.seen_by(reader)
            closed = {
                longest_run(word): min(ids, default="no document")
                for word, ids in self.carriers.items()
                if not ids & seen and (ids or not reader.sees_all)
            }
            open_dossiers = {one.dossier_id for one in self.papers if one.id in seen}
            for identifier, words in self.dossier_words.items():
                if identifier not in open_dossiers:
                    closed |= {longest_run(word): identifier for word in words}
            self._closed[reader.name] = closed
        return self._closed[reader.name]

    def ask(self, method: str, path: str, visitor: Visitor | None, *, query: object = None, body: object = None) -> Answer:
        """Ask the application itself, without a network."""
        return asyncio.run(self.ask_soon(method, path, visitor, query=query, body=body))

    async def ask_soon(
        self, method: str, path: str, visitor: Visitor | None, *, query: object = None, body: object = None
    ) -> Answer:
        """The same inside a loop that runs."""
        content = b"" if body is None else json.dumps(body).encode()
        headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), *(visitor.headers if visitor else [])]
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http"}
        scope |= {"path": path, "raw_path": path.encode(), "query_string": urlencode(query or [], doseq=True).encode()}
        scope |= {"headers": headers, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "root_path": ""}
        sent: list[dict[str, object]] = []
        asked = asyncio.Event()

        async def receive() -> dict[str, object]:
            if asked.is_set():  # who asked stays until he has his answer
                await asyncio.Event().wait()
            asked.set()
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = sent[0]
        given = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], given, b"".join(one.get("body", b"") for one in sent[1:]))


class Builder:
    """Fills the store as a batch run would, without reading a single scan."""

    def __init__(self, store: Store, luck: random.Random) -> None:
        self.store, self.luck = store, luck
        self.papers: list[Paper] = []
        self.dossier_words: dict[str, set[str]] = {}
        self.carriers: dict[str, set[str]] = {}
        buffer = BytesIO()
        Image.new("L", (WIDTH // 2, HEIGHT // 2), 240).save(buffer, "JPEG")
        self.picture = buffer.getvalue()

    def word(self) -> str:
        """A word that stands nowhere else and is like no other."""
        return "".join(self.luck.choice("bcdfghklmnpqrstvxz") + self.luck.choice("aeou") for _ in range(6))

    def access(self) -> Access:
        groups = tuple(sorted(self.luck.sample(GROUPS, self.luck.choice((0, 1, 1, 1, 2)))))
        return Access(groups, AccessLevel(self.luck.choice((0, 0, 0, 1, 1, 2))), self.luck.choice((0, 0, 0, 20200101, 29990101)))

    def page(self, identifier: str, lines: list[str]) -> Page:
        laid = []
        for row, content in enumerate(lines):
            left, top, words = 60, 60 + 30 * row, []
            for part in content.split():
                words.append(Word(part, Box(left, top, left + 7 * len(part), top + 20), 0.95))
                left += 7 * (len(part) + 1)
            laid.append(Line(Box(60, top, left, top + 20), tuple(words)))
        nobody = Provenance("tesseract", "5", "vie", "0", "0", ())
        return Page(identifier, int(identifier[-4:]), WIDTH, HEIGHT, 75, 0, 0.0, tuple(laid), not laid, (), nobody)

    def file(self, dossier_id: str, name: str, pages: int) -> tuple[str, str, list[str]]:
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        record = self.store.ledger.count_file(dossier_id, name, sha256, 1000)
        self.store.ledger.open_file(record.id, ScanFile(name, sha256, ScanFormat.PDF, 1000, pages))
        return record.id, sha256, [page_id(sha256, number) for number in range(1, pages + 1)]

    def read(self, dossier_id: str, file_id: str, page: Page, state: PageState = PageState.READ) -> None:
        self.store.shelf.save_page(dossier_id, page, self.picture)
        self.store.ledger.finish_page(file_id, page.number, state, Reason("secret") if state is PageState.STOPPED else None)

    def dossier(self) -> None:
        name, title, box = self.word(), self.word(), self.word()
        facts = ArchivalFacts(fonds=self.luck.choice(("UBND", "Sở")), title=f"Hồ sơ {title}", file_number=box, leaves=6177)
        identifier = self.store.ledger.register_dossier("batch", name, facts).id
        self.dossier_words[identifier] = {name, title, box, identifier}
        made, bases, texts = [], {}, {}
        for place in range(PAPERS):
            document, text = self.paper(identifier, place, stopped=place == PAPERS - 1 and len(self.dossier_words) % 4 == 0)
            made.append(document)
            texts[document.id] = text
            bases[document.id] = BaseAccess(self.papers[-1].access)
        file_id, _, (separator,) = self.file(identifier, f"{self.word()}.pdf", 1)
        self.read(identifier, file_id, self.page(separator, ["tờ phân cách"]), PageState.SEPARATOR)
        self.carriers[separator] = set()
        for document in made:
            self.store.shelf.save_document(identifier, document)
        stopped = {one.id for one in self.papers if one.stopped}
        self.store.shelf.save_findings(identifier, self.findings([one for one in made if one.id not in stopped]))
        self.store.access.note(identifier, {one: base for one, base in bases.items() if one not in stopped})
        shown, hidden = [one for one in made if one.id not in stopped], [one for one in made if one.id in stopped]
        self.store.catalogue.record(identifier, shown, hidden, texts)

    def paper(self, dossier_id: str, place: int, *, stopped: bool) -> tuple[Document, str]:
        words = {name: self.word() for name in ("subject", "signer", "first", "second", "person", "annex", "notation", "file")}
        citizen = f"0{self.luck.randrange(10**10, 10**11 - 1)}"
        file_id, _, pages = self.file(dossier_id, f"{words['file']}.pdf", 2)
        number = str(self.luck.randrange(10_000, 99_999))
        agency, kind, year = self.luck.choice(AGENCIES), self.luck.choice(TYPES), self.luck.randrange(1990, 1996)
        first = self.page(
            pages[0], [agency, f"Số: {number}/{words['notation']}", kind, f"Về việc {words['subject']}", f"Chung {words['first']}"]
        )
        second = self.page(pages[1], [f"Chung {words['second']}", words["person"], citizen, words["annex"], words["signer"]])
        for page in (first, second):
            self.read(dossier_id, file_id, page, PageState.STOPPED if stopped else PageState.READ)

        def found(value: str, page: Page = first) -> Found:
            return Found(value, page.id, page.lines[0].box, 0.9, "test")

        identifier = document_id(pages[0])
        cited = self.luck.choice(self.papers) if self.papers else None
        own = {identifier, *pages, *words.values(), citizen, number}
        references = ()
        if cited is not None and not stopped:
            text = next(word for word in sorted(cited.words) if word.isdecimal() and len(word) == 5)
            notation = next(word for word in sorted(cited.words) if word.startswith("ky-hieu:")).removeprefix("ky-hieu:")
            references = (Reference(found(f"Căn cứ {text}/{notation}"), ReferenceKind.BASIS, "Văn bản", f"{text}/{notation}"),)
            self.carriers[text].add(identifier)
            self.carriers[notation].add(identifier)
        document = Document(
            id=identifier,
            page_ids=tuple(pages),
            organ_name=found(agency),
            code_number=found(number),
            code_notation=found(words["notation"]),
            type_name=found(kind),
            subject=found(f"Về việc {words['subject']}"),
            issued_date=found(f"{year}-05-06"),
            signer_name=found(words["signer"], second),
            annexes=(Annex((second.id,), found(words["annex"], second)),),
            references=references,
            mentions=(
                Mention(MentionKind.PERSON, found(words["person"], second), valid=True, personal=PersonalData.BASIC),
                Mention(MentionKind.CITIZEN_ID, found(citizen, second), valid=True, personal=PersonalData.BASIC),
            ),
            doubts=(Doubt("codeNumber", "number_twice", {"number": number, "date": f"{year}-05-06"}),),
        )
        access = Access(()) if stopped else self.access()
        known = own | {f"ky-hieu:{words['notation']}"}
        names = (words["subject"], words["second"], number)
        self.papers.append(Paper(identifier, dossier_id, tuple(pages), access, agency, kind, year, *names, known, stopped))
        for word in own:
            self.carriers.setdefault(word, set()).add(identifier)
        return document, f"{first.text}\n{second.text}"

    def findings(self, documents: list[Document]) -> Findings:
        """A list of papers on the first page of each other; who sees that page sees the row, unless the paper is closed to him."""
        rows = []
        for place, document in enumerate(documents):
            assert document.subject is not None
            where = documents[(place + 1) % len(documents)]
            rows.append(
                ListedPaper(str(place + 1), subject=replace(document.subject, page_id=where.page_ids[0]), document_id=document.id)
            )
        needed = Completeness("dat-dai", (documents[0].id,), (), "Hồ sơ", {documents[0].id: documents[0].id})
        cover = {"title": replace(documents[0].subject, value=f"Bìa {self.word()}")}
        self.carriers[cover["title"].value.removeprefix("Bìa ")] = {documents[0].id}
        return Findings(cover, tuple(rows), tuple(one.id for one in documents[:2]), (needed,))


def admit_visitors(store: Store, luck: random.Random) -> list[Visitor]:
    """Programs with keys, people with sessions, and an administrator."""
    visitors = []
    for number in range(40):
        groups = luck.sample(GROUPS, luck.randrange(0, 4))
        key, written = store.api_keys.add(
            f"p{number}", RIGHTS, groups=groups, clearance=AccessLevel(luck.randrange(0, 4)), rate=10**9
        )
        visitors.append(Visitor(f"key:{key.id}", reader_of_key(key), [(b"authorization", f"Bearer {written}".encode())]))
    signer = Signer(store.signing_key())
    for number, role in enumerate((Role.ARCHIVIST, Role.ARCHIVIST, Role.ADMIN)):
        groups = GROUPS[number : number + 2]
        store.accounts.add(f"n{number}", "mật khẩu thử nghiệm", role, groups, AccessLevel.CONDITIONAL)
        account = store.accounts.account(f"n{number}")
        assert account is not None
        cookie = signer.session(Session(account.name, account.epoch))
        visitors.append(Visitor(account.name, reader_of_account(account), [(b"cookie", f"{SESSION_COOKIE}={cookie}".encode())]))
    return visitors


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The archive with its application."""
    luck = random.Random(20260706)
    folder = Path(tmp_path_factory.mktemp("closed")) / "kho"
    api = ApiSettings(access="accounts", requests_per_minute=0)
    systems = SystemsSettings(webhook_hosts=("nhan.example.vn",))
    settings = Settings(store=StoreSettings(folder=folder), api=api, systems=systems)
    with open_store(settings.store, create=True) as store:
        builder = Builder(store, luck)
        for _ in range(DOSSIERS):
            builder.dossier()
        visitors = admit_visitors(store, luck)
        index = open_index(settings.index, folder / "index")
        publish(store, index, str(folder / "index"))
        index.close()
    app = create_app(settings)
    yield World(app, settings, builder.papers, visitors, builder.dossier_words, builder.carriers)
    app.state.recorder.close()
    app.state.rooms.close()

"""Fixtures of the search API: `site` is a real server over a real store and a real embedded index; `archive` says what is in them.

Use `site` to ask, `ids` to name what it holds. Nothing is replaced: SQLite ledger, tantivy, uvicorn on a loopback port.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

import httpx
import pytest
import uvicorn
from PIL import Image, ImageDraw, ImageFont

from dossier.model import (
    Access,
    Annex,
    ArchivalFacts,
    Arrival,
    Boundary,
    Box,
    Completeness,
    DigitalSignature,
    Document,
    Doubt,
    Findings,
    Found,
    Issuer,
    Line,
    ListedPaper,
    Mention,
    MentionKind,
    Page,
    PageKind,
    PageState,
    PersonalData,
    Provenance,
    Record,
    Reference,
    ReferenceKind,
    ScanFile,
    ScanFormat,
    Unit,
    Verdict,
    Word,
)
from dossier.model import document_id as id_of_document
from dossier.model import page_id as id_of_page
from dossier.settings import Settings, StoreSettings
from indexer import Put, entries_of, open_index
from search_api.app import create_app
from store import Reason, Store, open_store

WIDTH, HEIGHT, DPI = 1240, 1754, 150
LETTER, ROW = 13, 44


def lay_out(identifier: str, number: int, text: str, doubtful: str = "") -> Page:
    """A page with one line of print for each line of `text`, every word where it would be printed."""
    lines = []
    for row, content in enumerate(text.strip().splitlines()):
        x, y, words = 140, 120 + row * ROW, []
        for word in content.split():
            sure = 0.4 if word == doubtful else 0.95
            words.append(Word(text=word, box=Box(x, y, x + LETTER * len(word), y + 30), confidence=sure))
            x += LETTER * (len(word) + 1)
        if words:
            lines.append(Line(box=Box(140, y, x, y + 30), words=tuple(words)))
    provenance = Provenance("tesseract", "5.3.0", "vie", "0" * 16, "0.1.0", ("upright",))
    return Page(
        id=identifier,
        number=number,
        width=WIDTH,
        height=HEIGHT,
        dpi=DPI,
        rotation_deg=0,
        skew_deg=0.0,
        lines=tuple(lines),
        blank=not lines,
        issues=(),
        provenance=provenance,
    )


def picture(page: Page) -> bytes:
    """What the scanner would have seen, at half the resolution."""
    image = Image.new("L", (WIDTH // 2, HEIGHT // 2), 246)
    draw = ImageDraw.Draw(image)
    try:
        font: ImageFont.ImageFont | ImageFont.FreeTypeFont = ImageFont.truetype("DejaVuSans.ttf", 11)
    except OSError:  # only the look of a screenshot is lost
        font = ImageFont.load_default(11)
    for line in page.lines:
        for word in line.words:
            draw.text((word.box.x0 / 2, word.box.y0 / 2), word.text, fill=30, font=font)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


def found(page: Page, value: str, *, confidence: float = 0.9) -> Found:
    """A field whose evidence is the line of the page that begins like `value`."""
    line = next((line for line in page.lines if value.split()[0] in line.text), page.lines[0])
    return Found(value=value, page_id=page.id, box=line.box, confidence=confidence, source="test")


@dataclass
class Paper:
    """One scan file that becomes one document: texts of its pages; None is a page that cannot be read."""

    texts: list[str | None]
    fields: dict[str, str]
    secret: bool = False
    doubtful: str = ""
    known: Callable[[list[Page]], dict[str, object]] = lambda pages: {}
    page_ids: list[str] = field(default_factory=list)

    def file_into(self, store: Store, dossier_id: str, name: str) -> tuple[Document, list[Page]]:
        """Put the file and its pages into the store as a batch run would."""
        sha256 = hashlib.sha256(f"{name}{self.texts}".encode()).hexdigest()
        record = store.ledger.count_file(dossier_id, name, sha256, 1000)
        store.ledger.open_file(record.id, ScanFile(name, sha256, ScanFormat.PDF, 1000, len(self.texts)))
        pages = []
        for number, text in enumerate(self.texts, start=1):
            identifier = id_of_page(sha256, number)
            self.page_ids.append(identifier)
            if text is None:
                reason = Reason("unreadable", {"engine": "tesseract", "detail": "test"})
                store.ledger.finish_page(record.id, number, PageState.SET_ASIDE, reason)
                continue
            page = lay_out(identifier, number, text, self.doubtful)
            if self.doubtful and number == 1:
                page = replace(page, verdicts=(Verdict(PageKind.TURNED, 0.9, {}),), overlays=page.lines[:1])
            pages.append(page)
            if self.secret:
                # Kept by mistake on purpose: the server must not give it out even when the files are still there.
                store.shelf.save_page(dossier_id, page, picture(page))
                store.ledger.finish_page(record.id, number, PageState.STOPPED, Reason("secret"))
                continue
            store.shelf.save_page(dossier_id, page, picture(page))
            store.ledger.finish_page(record.id, number, PageState.BLANK if page.blank else PageState.READ)
        first = pages[0]
        given = {name: found(first, value) for name, value in self.fields.items()}
        more = {**given, **self.known(pages)}
        document = Document(id=id_of_document(self.page_ids[0]), page_ids=tuple(self.page_ids), **more)
        store.shelf.save_document(dossier_id, document)
        return document, pages


def known_of_decision(pages: list[Page]) -> dict[str, object]:
    """Everything that may be known of a document beside its fields."""
    first, second = pages
    issuer = Issuer(organ_name=found(first, "PHÒNG TÀI NGUYÊN"), signer_name=found(second, "Nguyễn Văn Định"))
    person = Mention(MentionKind.PERSON, found(second, "Nguyễn Văn Định"), valid=True, personal=PersonalData.BASIC)
    numbers = (("048085001234", PersonalData.BASIC, True), ("048185009876", PersonalData.SENSITIVE, False))
    return {
        "subject": replace(
            found(first, "Về việc phê duyệt kế hoạch sử dụng đất năm 2021"), alternatives=("Về việc duyệt kế hoạch",)
        ),
        "arrival": Arrival(number=found(first, "105"), date=found(first, "2021-03-15")),
        "digital_signatures": (DigitalSignature(found(first, "UBND huyện"), found(first, "2021-03-12T08:00:00+07:00")),),
        "co_issuers": (issuer,),
        "annexes": (Annex((second.id,), found(second, "Nơi nhận: Như Điều 2")),),
        "boundary": Boundary(0.55, ("state_name",)),
        "references": (
            Reference(found(first, "Luật Đất đai ngày 29/11/2013"), ReferenceKind.BASIS, "Luật", title="Luật Đất đai"),
            Reference(found(first, "Tờ trình số 27/TTr-TNMT"), ReferenceKind.CITED, "Tờ trình", "27/TTr-TNMT", "2020-11-05"),
        ),
        "mentions": (person, *(Mention(MentionKind.CITIZEN_ID, found(second, n), ok, personal) for n, personal, ok in numbers)),
        "units": (Unit("issuedPlace", "20194", "gso", "xã Hòa Vang", None, "2025-06-30"),),
        "doubts": (
            Doubt("issuedDate", "number_year_mismatch", {"year": "2020", "date": "2021-03-12"}),
            Doubt("boundary", "boundary_unsure", {"confidence": "0.55"}),
            Doubt("signerName", "missing_field", {}),
        ),
    }


def land_decision() -> Paper:
    first = """ỦY BAN NHÂN DÂN HUYỆN HÒA VANG
Số: 15/QĐ-UBND
Hòa Vang, ngày 12 tháng 3 năm 2021
QUYẾT ĐỊNH
Về việc phê duyệt kế hoạch sử dụng đất năm 2021
CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN
Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013
Xét đề nghị của Phòng Tài nguyên và Môi trường"""
    second = """Điều 1. Phê duyệt kế hoạch sử dụng đất của huyện
Điều 2. Các hộ được đi dời nhận tiền đền bù
Nơi nhận: Như Điều 2
KT. CHỦ TỊCH PHÓ CHỦ TỊCH
Nguyễn Văn Định"""
    return Paper(
        [first, second],
        {
            "organ_name": "ỦY BAN NHÂN DÂN HUYỆN HÒA VANG",
            "code_number": "15",
            "code_notation": "QĐ-UBND",
            "issued_place": "Hòa Vang",
            "issued_date": "2021-03-12",
            "type_name": "Quyết định",
            "subject": "Về việc phê duyệt kế hoạch sử dụng đất năm 2021",
        },
        doubtful="đền",
        known=known_of_decision,
    )


def proposal() -> Paper:
    first = """PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG
Số: 27/TTr-TNMT
TỜ TRÌNH
Về việc thu hồi đất để xây dựng trường học"""
    return Paper(
        [first, None, ""],
        {
            "organ_name": "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG",
            "code_number": "27",
            "code_notation": "TTr-TNMT",
            "issued_date": "2020-11-05",
            "type_name": "Tờ trình",
            "subject": "Về việc thu hồi đất để xây dựng trường học",
        },
    )


def hostile() -> Paper:
    text = """SỞ NỘI VỤ
Số: 105/SNV-VP
<script>alert(1)</script> công văn hỏi về "biên chế" & lương
Kính gửi: Ủy ban nhân dân các huyện"""
    return Paper(
        [text], {"organ_name": "SỞ NỘI VỤ", "code_number": "105", "code_notation": "SNV-VP", "subject": "<b>Biên chế</b> & lương"}
    )


def birth(seal: str) -> Paper:
    """A civil paper; another seal makes another scan of it."""
    lines = [f"Mục {number} của giấy ghi theo sổ hộ tịch quyển {number * 3}" for number in range(20)]
    text = "\n".join(["GIẤY KHAI SINH", "Họ tên Lê Thị Mây", "Dân tộc Cơ Tu", "Số định danh 048319002468", *lines, f"Dấu {seal}"])

    def known(pages: list[Page]) -> dict[str, object]:
        values = {"fullName": "Lê Thị Mây", "ethnicity": "Cơ Tu", "personalNumber": "048319002468", "old": "chưa rõ loại"}
        labels = {"fullName": "Họ tên", "ethnicity": "Dân tộc", "personalNumber": "Số định danh cá nhân"}
        classes = {"fullName": PersonalData.BASIC, "ethnicity": PersonalData.SENSITIVE, "personalNumber": PersonalData.BASIC}
        fields = {name: found(pages[0], value) for name, value in values.items()}
        return {"record": Record("ho-tich", "giay-khai-sinh", 0.93, fields, "Giấy khai sinh", labels, classes)}

    return Paper([text], {}, known=known)


def secret() -> Paper:
    return Paper(["TỐI MẬT\nQUYẾT ĐỊNH bố trí lực lượng bạch mã"], {"subject": "TỐI MẬT bạch mã"}, secret=True)


@dataclass
class Archive:
    """What the server serves: settings, and ids by the names the tests use."""

    settings: Settings
    dossiers: dict[str, str]
    documents: dict[str, Document]

    def page(self, page_id: str) -> Page:
        """A page out of the store."""
        with open_store(self.settings.store) as store:
            return store.page(page_id)


def findings_of(documents: dict[str, Document]) -> Findings:
    """What the papers of the dossier on land say of it."""
    decision, proposal = documents["decision"], documents["proposal"]
    title = replace(decision.subject, value="Giao đất năm 2020")
    listing = (
        ListedPaper("1", subject=decision.subject, document_id=decision.id),
        ListedPaper("2", number=replace(decision.subject, value="99/BC-UBND"), subject=replace(decision.subject, value="Báo cáo")),
    )
    needed = Completeness(
        "dat-dai", ("quyet-dinh",), ("don",), "Hồ sơ đất đai", {"quyet-dinh": "Quyết định giao đất", "don": "Đơn xin giao đất"}
    )
    return Findings({"title": title, "maintenance": replace(title, value="Vĩnh viễn")}, listing, (proposal.id,), (needed,))


def lay_separator(store: Store, dossier_id: str) -> None:
    """A separator sheet in a file of its own."""
    sha256 = hashlib.sha256(b"separator").hexdigest()
    record = store.ledger.count_file(dossier_id, "sheet.pdf", sha256, 1000)
    store.ledger.open_file(record.id, ScanFile("sheet.pdf", sha256, ScanFormat.PDF, 1000, 1))
    page = lay_out(id_of_page(sha256, 1), 1, "TỜ PHÂN CÁCH")
    store.shelf.save_page(dossier_id, page, picture(page))
    store.ledger.finish_page(record.id, 1, PageState.SEPARATOR)


def fill(folder: Path) -> Archive:
    """Fill a store and its index through their public faces."""
    settings = Settings(store=StoreSettings(folder=folder))
    facts = ArchivalFacts(
        fonds="UBND huyện Hòa Vang", file_number="12", title="Hồ sơ giao đất năm 2021", start_date="2020-11-05", leaves=6
    )
    plan = {
        "land": (facts, {"decision": land_decision(), "proposal": proposal(), "secret": secret()}),
        "letters": (ArchivalFacts(), {"hostile": hostile()}),
        "civil": (ArchivalFacts(), {"birth": birth("xã"), "birth_again": birth("huyện")}),
    }
    archive = Archive(settings, {}, {})
    with open_store(settings.store, create=True) as store:
        index = open_index(settings.index, folder / "index")
        for name, (dossier_facts, papers) in plan.items():
            record = store.ledger.register_dossier("batch", name, dossier_facts)
            archive.dossiers[name] = record.id
            filed = {key: paper.file_into(store, record.id, f"{key}.pdf") for key, paper in papers.items()}
            archive.documents |= {key: document for key, (document, _) in filed.items()}
            stopped = [document for key, (document, _) in filed.items() if papers[key].secret]
            texts = {document.id: "\n".join(page.text for page in pages) for document, pages in filed.values()}
            store.catalogue.record(record.id, [one for one, _ in filed.values() if one not in stopped], stopped, texts)
            store.shelf.save_findings(record.id, findings_of(archive.documents) if name == "land" else Findings())
            if name == "civil":
                lay_separator(store, record.id)
            dossier = store.dossier(record.id)
            # The secret document goes into the index on purpose: the index may lag behind a stop.
            index.write(
                [Put(*entries_of(document, pages, dossier, 1, Access(groups=("chung",)))) for document, pages in filed.values()]
            )
        index.refresh()
        index.close()
    return archive


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """A real server on a free loopback port; gives its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", ws="none", access_log=False))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            deadline = time.monotonic() + 20
            while not server.started and time.monotonic() < deadline:
                time.sleep(0.02)
            assert server.started, "the server did not start"
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """A filled store and index."""
    return fill(tmp_path_factory.mktemp("archive") / "kho")


@pytest.fixture(scope="session")
def address(archive: Archive) -> Iterator[str]:
    """Address of a server over the archive."""
    with serving(archive.settings) as where:
        yield where


@pytest.fixture(scope="session")
def site(address: str) -> Iterator[httpx.Client]:
    """A client of that server; asks in Vietnamese."""
    with httpx.Client(base_url=address, headers={"Accept-Language": "vi"}, trust_env=False) as client:
        yield client


@pytest.fixture
def fill_archive() -> Callable[[Path], Archive]:
    """Fills a new store and index in a folder, for tests that damage them."""
    return fill


@pytest.fixture
def serve() -> Callable[[Settings], AbstractContextManager[httpx.Client]]:
    """Starts a server of its own and gives a client of it."""

    @contextmanager
    def start(settings: Settings) -> Iterator[httpx.Client]:
        with serving(settings) as where, httpx.Client(base_url=where, trust_env=False) as client:
            yield client

    return start


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[httpx.Client]:
    """A client of a server whose store does not exist yet."""
    settings = Settings(store=StoreSettings(folder=tmp_path / "kho"))
    with serving(settings) as where, httpx.Client(base_url=where, trust_env=False) as client:
        yield client

"""The forms: what stands in the head, the columns, the rows and the closing lines of a list.

In: dossiers with their documents. Out: a `PrintedList`, the same for every file format. The words of the forms are the decree's and
stay Vietnamese in every language (NĐ 30/2020 PL V: Mục lục hồ sơ, tài liệu nộp lưu; Mục lục văn bản, tài liệu trong hồ sơ).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossier.model import Document, Dossier, Found
from dossier.text import words_of_number, written_days


class ListForm(StrEnum):
    """Which list: of dossiers handed over (mục lục hồ sơ) or of the documents in one dossier (mục lục văn bản)."""

    DOSSIERS = "dossiers"
    DOCUMENTS = "documents"


@dataclass(frozen=True, slots=True)
class Compiler:
    """Who makes the list, where and when: the closing lines of the form; what is empty is left for a pen."""

    organ_name: str = ""
    place: str = ""
    day: date | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in JSON and CSV, its title in the form, its share of the width, whether its text is centred."""

    name: str
    title: str
    width: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class PrintedList:
    """A list ready to be written.

    Attributes:
        head: lines above the table at the left (agency, fonds, dossier). title: name of the form.
        rows: one cell a column. closing: lines under the table. signed: place and day, then who compiled it.
    """

    form: ListForm
    head: tuple[str, ...]
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: tuple[str, ...]
    signed: tuple[str, ...]


DOSSIER_COLUMNS = (
    Column("ordinal", "Số TT", 0.06, centred=True),
    Column("fileNotation", "Số, ký hiệu hồ sơ", 0.13, centred=True),
    Column("title", "Tiêu đề hồ sơ", 0.36),
    Column("period", "Thời gian tài liệu", 0.14, centred=True),
    Column("maintenance", "Thời hạn bảo quản", 0.11, centred=True),
    Column("leaves", "Số tờ/Số trang", 0.1, centred=True),
    Column("note", "Ghi chú", 0.1),
)

DOCUMENT_COLUMNS = (
    Column("ordinal", "STT", 0.06, centred=True),
    Column("number", "Số, ký hiệu văn bản", 0.14, centred=True),
    Column("issuedDate", "Ngày tháng năm văn bản", 0.12, centred=True),
    Column("subject", "Tên loại và trích yếu nội dung văn bản", 0.36),
    Column("organName", "Tác giả văn bản", 0.16),
    Column("leaf", "Tờ số/Trang số", 0.08, centred=True),
    Column("note", "Ghi chú", 0.08),
)


def list_of_dossiers(dossiers: Sequence[Dossier], compiler: Compiler) -> PrintedList:
    """Mục lục hồ sơ, tài liệu nộp lưu: one row a dossier, in the order given."""
    rows = tuple(_dossier_row(number, dossier) for number, dossier in enumerate(dossiers, 1))
    fonds = sorted({facts.fonds for dossier in dossiers if (facts := dossier.known_facts).fonds})
    head = [compiler.organ_name.upper()] if compiler.organ_name else []
    head += [f"Phông: {'; '.join(fonds)}"] if fonds else []
    count = len(dossiers)
    return PrintedList(
        form=ListForm.DOSSIERS,
        head=tuple(head),
        title="MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU",
        columns=DOSSIER_COLUMNS,
        rows=rows,
        closing=(
            f"Mục lục này gồm: {count} hồ sơ (đơn vị bảo quản).",
            f"Viết bằng chữ: {words_of_number(count)} hồ sơ (đơn vị bảo quản).",
        ),
        signed=_signed(compiler),
    )


def list_of_documents(dossier: Dossier, compiler: Compiler) -> PrintedList:
    """Mục lục văn bản, tài liệu trong hồ sơ: one row a document, in the order in which they lie; none for cover and list."""
    facts = dossier.known_facts
    pages = 0
    rows = []
    papers = [document for document in dossier.documents if document.id not in dossier.findings.front]
    for number, document in enumerate(papers, 1):
        rows.append(_document_row(number, document, first_page=pages + 1))
        pages += len(document.page_ids)
    head = [compiler.organ_name.upper()] if compiler.organ_name else []
    head += [f"Phông: {facts.fonds}"] if facts.fonds else []
    head += [f"Số, ký hiệu hồ sơ: {facts.file_number or dossier.name}"]
    head += [f"Tiêu đề hồ sơ: {facts.title}"] if facts.title else []
    count = len(papers)
    return PrintedList(
        form=ListForm.DOCUMENTS,
        head=tuple(head),
        title="MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ",
        columns=DOCUMENT_COLUMNS,
        rows=tuple(rows),
        closing=(f"Mục lục này gồm: {count} văn bản, tài liệu.", f"Viết bằng chữ: {words_of_number(count)} văn bản, tài liệu."),
        signed=_signed(compiler),
    )


def _dossier_row(number: int, dossier: Dossier) -> tuple[str, ...]:
    facts = dossier.known_facts
    pages = sum(file.page_count for file in dossier.files)
    return (
        str(number),
        facts.file_number or dossier.name,
        facts.title or "",
        _period(dossier),
        facts.maintenance or "",
        str(facts.leaves) if facts.leaves else f"{pages} trang",
        f"Hộp {facts.box}" if facts.box else "",
    )


def _period(dossier: Dossier) -> str:
    """From the first to the last day: as the archive says, otherwise as the documents do; days of any precision."""
    facts = dossier.known_facts
    if facts.start_date or facts.end_date:
        ends = [facts.start_date or "", facts.end_date or ""]
    else:
        days = sorted(
            (span.first, document.issued_date.value)
            for document in dossier.documents
            if document.issued_date and (span := written_days(document.issued_date.value))
        )
        ends = [days[0][1], days[-1][1]] if days else []
    shown = list(dict.fromkeys(_day(end) for end in ends if end))
    return " - ".join(shown)


def _document_row(number: int, document: Document, *, first_page: int) -> tuple[str, ...]:
    last_page = first_page + len(document.page_ids) - 1
    kind, subject = _text(document.type_name), _text(document.subject)
    return (
        str(number),
        document.number or _text(document.code_notation),
        _day(document.issued_date.value) if document.issued_date else "",
        " ".join(part for part in (kind, subject) if part),
        _text(document.organ_name),
        str(first_page) if last_page == first_page else f"{first_page}-{last_page}",
        document.mode.value if document.mode else "",
    )


def _text(found: Found | None) -> str:
    return found.value if found is not None else ""


def _day(iso: str) -> str:
    """Day first, as Vietnamese papers write it, of the same precision."""
    return "/".join(reversed(iso.split("-")))


def _signed(compiler: Compiler) -> tuple[str, ...]:
    place = compiler.place or "……………"
    day = compiler.day
    dated = f"ngày {day.day:02} tháng {day.month:02} năm {day.year}" if day else "ngày …… tháng …… năm ………"
    return f"{place}, {dated}", "Người lập", "(Ký và ghi rõ họ và tên, chức vụ/chức danh)", compiler.name

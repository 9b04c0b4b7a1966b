"""Papers that lie in stacks: administrative documents of all types and periods, civil papers, contracts, minutes, filled forms.

In: randomness and a period. Out: a `Paper` with its clean pages.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from sample_printer.dossier_papers import CIVIL, print_own_annex
from sample_printer.form_printing import print_form
from sample_printer.forms import fill_form, form_texts
from sample_printer.layout import print_document
from sample_printer.papers_of_times import PAPERS
from sample_printer.spec import Annex, DocumentSpec, Style
from sample_printer.truth import PrintedPage
from sample_printer.writing import ABBREVIATIONS, write_document

_TABLE = (
    "| STT | Họ và tên | Đơn vị | Số tiền | Ghi chú |",
    *(f"| {n:02} | Nguyễn Văn {'ABCDĐEGHIK'[n % 10]} | Thôn {n} | {n * 137}.000 | |" for n in range(1, 15)),
)
_FORM = (
    "> Mẫu số 01", "# CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "# Độc lập - Tự do - Hạnh phúc", "# PHIẾU ĐĂNG KÝ",
    "Họ và tên: ..........................................................................................",
    "Ngày, tháng, năm sinh: ..............................................................................",
    "Nơi thường trú: .....................................................................................",
    "Nội dung đăng ký: ...................................................................................",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a stack: what kind it is, its clean pages, and its specification if it is an administrative document."""

    kind: str
    pages: list[PrintedPage]
    spec: DocumentSpec | None = None


def choose_paper(rng: random.Random, style: Style, *, dpi: int = 200) -> Paper:
    """Write and print a paper; six of ten are administrative documents of the given period.

    Raises:
        FontMissing: a font is not installed.
    """
    kind = rng.random()
    if kind < 0.1:
        spec = rng.choice(tuple(PAPERS.values()))
        return Paper("other_time", print_document(spec, rng=rng, dpi=dpi), spec)
    if kind < 0.2:
        form = fill_form(rng.choice(form_texts()), rng)
        return Paper(f"form {form.text.paper}", print_form(form, rng=rng, dpi=dpi))
    if kind < 0.4:
        make: Callable[..., list[PrintedPage]] = rng.choice(CIVIL)
        return Paper(make.__name__.removeprefix("print_"), make(rng, dpi=dpi, style=style))
    spec = write_document(rng, type_name=rng.choice(tuple(ABBREVIATIONS)), style=style, paragraphs=rng.randint(2, 22))
    annex = rng.random()
    if annex < 0.3:
        spec = replace(spec, annexes=tuple(_annex(rng) for _ in range(rng.randint(1, 2))))
    pages = print_document(spec, rng=rng, dpi=dpi)
    if 0.3 <= annex < 0.42:
        pages += print_own_annex(spec, rng=rng, dpi=dpi)
    return Paper("document", pages, spec)


def _annex(rng: random.Random) -> Annex:
    heading = rng.choice(("# PHỤ LỤC", "# PHỤ LỤC I", "# Phụ lục 02", "# DANH SÁCH KÈM THEO"))
    if rng.random() < 0.25:
        return Annex(_FORM)
    return Annex((heading, "{annex}", *_TABLE), landscape=rng.random() < 0.5)

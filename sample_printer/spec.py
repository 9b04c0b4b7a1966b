"""What is to be printed, before anything is drawn.

In: plain facts about a document (fields of NĐ 30/2020 and the body in the small markup below). Out: frozen values
that `sample_printer.layout` prints. Nothing here knows about pixels.

The body is a tuple of strings, one block each:

    # TEXT         centred bold line               ~ TEXT     italic paragraph (căn cứ)
    ## TEXT        bold line at the left           > TEXT     centred upright line
    | a | b | c    row of a ruled table; the first row of a run is its head
    Điều 1. TEXT   paragraph with a bold lead      TEXT       justified paragraph
    {break}        new sheet
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Style(StrEnum):
    """Layout and typeface of a period."""

    DECREE30 = "decree30"
    """Nghị định 30/2020/NĐ-CP: page numbers at the top centre, legal bases in italics."""
    CIRCULAR2011 = "circular2011"
    """Thông tư 01/2011/TT-BNV: page numbers at the bottom right, legal bases upright."""
    TYPEWRITER = "typewriter"
    """Typewriter of the 1980s and 1990s: one typeface, one size, ragged right edge, underlined by hyphens."""


class Head(StrEnum):
    """What stands at the right of the head: the state's name of a period, or that of a party or union."""

    STATE = "state"
    DEMOCRATIC_REPUBLIC = "democratic_republic"
    """Việt Nam Dân chủ Cộng hòa, 1945-1976."""
    SOUTHERN_REPUBLIC = "southern_republic"
    """Cộng hòa miền Nam Việt Nam, 1969-1976."""
    PARTY = "party"
    """Papers of the Party: no motto, a star under the agency, "Số 22-NQ/TU"."""
    YOUTH = "youth"
    """Đoàn Thanh niên: as the Party, three stars."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: authority line (`TM.`, `KT.` …, may be empty), position and name.

    Attributes:
        seal: words in the round seal over the signature; empty means no seal.
    """

    position: str
    name: str
    authority: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """The stamp "ĐẾN" of the receiving office: its number and date are not those of the document."""

    organ: str
    number: str
    day: date
    forwarded_to: str = ""


@dataclass(frozen=True, slots=True)
class DigitalMark:
    """What a digital signature prints on the first page (NĐ 30/2020 PL I Phần II mục I.3): its lines, its signer and time.

    Attributes:
        lines: as printed. signer, signed_at: what they say, the time in ISO 8601.
        form: "Sao y", "Sao lục", "Trích sao", or "" where the mark names no form of copy.
        on_left: where persons sign (TT 01/2023/TT-VPCP Điều 8); agencies sign on the right.
    """

    lines: tuple[str, ...]
    signer: str
    signed_at: str
    form: str = ""
    on_left: bool = False


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """The block of an agency that copied a paper (NĐ 30/2020 PL III mẫu 3.1), after the document's own end.

    Attributes:
        form: "Sao y", "Sao lục" or "Trích sao".
    """

    form: str
    organ_name: str
    code_number: str
    code_notation: str
    issued_place: str
    day: date
    signature: "Signature"
    to_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: its own sheets after the signature.

    Attributes:
        body: markup as in the module docstring.
        landscape: the sheet lies on its long side.
    """

    body: tuple[str, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    r"""One document to print. `\n` in the agencies and the subject is a forced line break.

    Attributes:
        type_name: loại văn bản, as in "Quyết định"; "Công văn" is never printed on the page.
        organ_name: issuing agency in capitals.
        parent_organ_name: agency above it, or None.
        code_notation: ký hiệu, as in "QĐ-UBND"; with an empty `code_number` no number line is printed.
        subject: trích yếu with its "Về việc" or "V/v" as it is to be printed.
        addressees: "Kính gửi"; one or several.
        signatures: one, or two side by side (contracts, minutes).
        secrecy: "Mật", "Tối mật", "Tuyệt mật" or None.
        priority: "Khẩn", "Thượng khẩn", "Hỏa tốc" or None.
        number_by_hand: the number was filled in with a pen.
        date_by_hand: so were day and month.
        pen: family of `sample_printer.fonts.pens` that writes them.
        head: what stands at the right of the head.
        number_label: words before the number; laws print "Luật số:".
        number_joint: sign between number and notation; None takes that of the head.
        dated: the head bears place and date; laws do not.
        co_issuers: further agencies of a joint document, in capitals; `dashed` prints them on one line with the first.
        copy_stamp: red stamp on the first page, as "SAO Y BẢN CHÍNH".
        notes: lines written by pen into the left margin (bút tích).
        font: family of `sample_printer.fonts`; None takes the usual one of the style.
    """

    type_name: str
    organ_name: str
    code_number: str
    code_notation: str
    issued_place: str
    issued_date: date
    subject: str
    body: tuple[str, ...]
    signatures: tuple[Signature, ...]
    parent_organ_name: str | None = None
    addressees: tuple[str, ...] = ()
    to_places: tuple[str, ...] = ()
    secrecy: str | None = None
    priority: str | None = None
    arrival: Arrival | None = None
    annexes: tuple[Annex, ...] = field(default=())
    style: Style = Style.DECREE30
    number_by_hand: bool = False
    date_by_hand: bool = False
    pen: str = "chorus"
    font: str | None = None
    body_pt: float = 13.5
    head: Head = Head.STATE
    number_label: str | None = None
    number_joint: str | None = None
    dated: bool = True
    co_issuers: tuple[str, ...] = ()
    dashed: bool = False
    digital_marks: tuple[DigitalMark, ...] = ()
    copy: CopyBlock | None = None
    copy_stamp: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_letter(self) -> bool:
        """Whether this is an official letter (công văn), whose type is never printed."""
        return self.type_name == "Công văn"

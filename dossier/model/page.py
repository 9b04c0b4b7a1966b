"""What was read: words, lines and pages, with where they stand and how sure the engine is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.model.geometry import Box


class PageState(StrEnum):
    """What became of a page. A page that came in is in exactly one of these states.

    `PENDING` waits to be read; `READ` has text; `BLANK` is known to carry none (trang trắng); `SET_ASIDE` could not be read and
    waits for a person (để riêng); `STOPPED` belongs to a document with a secrecy mark (dừng vì bí mật nhà nước); `DUPLICATE`
    is the same content as a page that came in before; `SEPARATOR` is a sheet that people laid between papers (tờ phân cách).
    """

    PENDING = "pending"
    READ = "read"
    BLANK = "blank"
    SET_ASIDE = "set_aside"
    STOPPED = "stopped"
    DUPLICATE = "duplicate"
    SEPARATOR = "separator"


class Ink(StrEnum):
    """Colour of print: stamps of secrecy and urgency are red (NĐ 30/2020, PL I, ô 10)."""

    BLACK = "black"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of print between spaces, NFC. `confidence` is 0-1."""

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a line stands in a ruled table: index into `Page.tables`, row and column, all counted from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print, words in reading order; `cell` when it stands in a ruled table."""

    box: Box
    words: tuple[Word, ...]
    ink: Ink = Ink.BLACK
    cell: CellPlace | None = None

    @property
    def text(self) -> str:
        """The words with single spaces between."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean of the words' confidences weighed by their length, 0-1; 0 without words."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / letters if letters else 0.0


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a page was read: engine and its version, model, digest of the settings, cleaning steps in order."""

    engine: str
    engine_version: str
    model: str
    settings_digest: str
    software_version: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a ruled table: first row and column (from 0), how many of each it spans, and its inside."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its text stands in the lines of the page that name it (`Line.cell`)."""

    box: Box
    rows: int
    columns: int
    cells: tuple[Cell, ...]


class PageKind(StrEnum):
    """What a look at a page can say of it beside its text.

    `BLANK` trang trắng; `UNREADABLE` không đọc được; `HANDWRITTEN` chủ yếu viết tay; `FORM` biểu mẫu; `DRAWING` bản vẽ, sơ đồ;
    `UNREAD_STAMP` dấu có khung chưa đọc được; `SPREAD` hai trang trên một ảnh; `LOW_RESOLUTION` độ phân giải thấp; `TURNED` quét
    ngược hoặc ngang.
    """

    BLANK = "blank"
    UNREADABLE = "unreadable"
    HANDWRITTEN = "handwritten"
    FORM = "form"
    DRAWING = "drawing"
    SPREAD = "spread"
    LOW_RESOLUTION = "low_resolution"
    TURNED = "turned"
    UNREAD_STAMP = "unread_stamp"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A finding about a whole page, how sure it is (0-1), and the measures that it rests on, by name."""

    kind: PageKind
    confidence: float
    evidence: dict[str, float]


class Symbology(StrEnum):
    """Machine-readable marks on paper: bar codes, and the patch code T that scanners know as a separator sheet."""

    CODE_128 = "code128"
    CODE_39 = "code39"
    QR = "qr"
    PATCH_T = "patch_t"


@dataclass(frozen=True, slots=True)
class Barcode:
    """A bar code with its content ("" for a patch code)."""

    symbology: Symbology
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was read. Boxes are pixels of the upright page of `width` x `height` at `dpi`.

    Attributes:
        rotation_deg: clockwise turn (0, 90, 180, 270) that made the scan upright.
        skew_deg: counter-clockwise skew that was taken out after that turn.
        blank: the page is known to carry no text (`PageState.BLANK`).
        issues: codes of what is wrong with this page; `no_text`: it has ink but no readable print.
        tables: ruled tables, from top to bottom.
        verdicts: what the page is, each with its evidence.
        overlays: text laid over the page later (marks of digital signatures); not part of `lines`.
        barcodes: bar codes, from top to bottom.
        leaves: the two leaves of a spread, left then right; empty for a single page. The lines of the left leaf come first.
    """

    id: str
    number: int
    width: int
    height: int
    dpi: int
    rotation_deg: int
    skew_deg: float
    lines: tuple[Line, ...]
    blank: bool
    issues: tuple[str, ...]
    provenance: Provenance
    tables: tuple[Table, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    overlays: tuple[Line, ...] = ()
    leaves: tuple[Box, ...] = ()
    barcodes: tuple[Barcode, ...] = ()

    @property
    def text(self) -> str:
        """One line of print a line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def confidence(self) -> float:
        """Mean of the lines' confidences weighed by their length, 0-1; 0 without text."""
        letters = sum(len(line.text) for line in self.lines)
        return sum(line.confidence * len(line.text) for line in self.lines) / letters if letters else 0.0

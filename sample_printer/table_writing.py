"""Writes ruled tables of the kinds that annexes of administrative papers hold, mostly of numbers.

In: randomness. Out: a `TableSpec` with invented words and numbers: budgets, plans, staff lists, land parcels, check lists,
and comparisons of years under a head of two levels.
"""

import random
from collections.abc import Callable, Sequence

from sample_printer.ruled_tables import CellSpec, Rules, TableSpec
from sample_printer.writing import person, phrases

_ROMAN = ("I", "II", "III", "IV", "V", "VI")
_MARKS = ("x", "x", "X", "-")
_UNITS = ("người", "ha", "tấn", "triệu đồng", "%", "hộ", "km", "m²")


def write_table(rng: random.Random, *, typed: bool = False) -> tuple[TableSpec, bool]:
    """Write a table; answers it and whether it wants a landscape sheet.

    Args:
        rng: decides every word.
        typed: for a typewriter: fewer columns, plain rules.
    """
    kinds = (_budget, _staff, _plan, _parcels, _checks) if typed else (_budget, _staff, _plan, _parcels, _checks, _years, _years)
    kind = rng.choice(kinds)
    cells, columns, head_rows = kind(rng)
    landscape = kind is _years or rng.random() < (0.6 if typed else 0.3)
    return (
        TableSpec(
            rows=max(cell.row + cell.row_span for cell in cells),
            columns=columns,
            cells=tuple(cells),
            head_rows=head_rows,
            rules=Rules(inner_mm=0.25, outer_mm=0.25) if typed else _rules(rng, head_rows),
            points=10.0 if typed else rng.choice((9.0, 10.0, 11.0, 11.0, 12.0, 12.0)),
            padding_mm=rng.choice((0.5, 0.9, 1.2, 1.8)),
            repeat_head=rng.random() < 0.4,
        ),
        landscape,
    )


def _rules(rng: random.Random, head_rows: int) -> Rules:
    grey = rng.choice((22, 22, 22, 60, 100))
    ink = (grey, grey, grey + 4)
    thin = rng.choice((0.1, 0.15, 0.2, 0.2, 0.3))
    kind = rng.choices(("plain", "thick", "double", "open", "dotted", "level"), (48, 14, 10, 10, 12, 6))[0]
    if kind == "thick":
        return Rules(inner_mm=thin, outer_mm=rng.uniform(0.5, 0.9), ink=ink)
    if kind == "double":
        return Rules(inner_mm=thin, outer_mm=0.2, gap_mm=rng.uniform(0.5, 0.8), ink=ink)
    if kind == "open":
        return Rules(inner_mm=thin, outer_mm=thin, sides=False, ink=ink)
    if kind == "dotted":
        return Rules(inner_mm=max(thin, 0.15), outer_mm=max(thin, 0.15), between="dotted", ink=ink)
    if kind == "level" and head_rows == 1:
        return Rules(inner_mm=thin, outer_mm=thin, sides=False, uprights=False, ink=ink)
    return Rules(inner_mm=thin, outer_mm=thin, ink=ink)


Cells = tuple[list[CellSpec], int, int]


def _head(texts: Sequence[str]) -> list[CellSpec]:
    return [CellSpec(0, column, text, align="centre", bold=True) for column, text in enumerate(texts)]


def _body(row: int, texts: Sequence[str], aligns: Sequence[str], *, bold: bool = False) -> list[CellSpec]:
    return [
        CellSpec(row, column, text, align=align, bold=bold) for column, (text, align) in enumerate(zip(texts, aligns, strict=True))
    ]


def _money(rng: random.Random) -> str:
    amount = rng.choice((rng.randint(1, 999), rng.randint(1_000, 999_999), rng.randint(10**6, 10**9), rng.randint(1, 999) * 10**6))
    return f"{amount:,}".replace(",", ".")


def _share(rng: random.Random) -> str:
    value = rng.choice((rng.randint(0, 100), rng.randint(0, 160), rng.uniform(0, 130)))
    text = f"{value:.{rng.choice((1, 2))}f}".replace(".", ",") if isinstance(value, float) else str(value)
    return text + rng.choice(("", "%"))


def _count(rng: random.Random) -> str:
    return rng.choice((str(rng.randint(0, 9)), str(rng.randint(10, 99)), str(rng.randint(100, 999)), "-", "", "0"))


def _day(rng: random.Random) -> str:
    return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(1955, 2026)}"


def _task(rng: random.Random) -> str:
    topic = rng.choice(phrases()["topic"])
    words = str(rng.choice(topic["sentences"])).split(",")[0]
    for gap in ("{n}", "{big}", "{money}", "{date}", "{month}"):
        while gap in words:
            words = words.replace(gap, str(rng.randint(2, 98)), 1)
    return " ".join(words.replace("{village}", rng.choice(phrases()["villages"])).rstrip(".").split()[: rng.randint(3, 16)])


def _place(rng: random.Random) -> str:
    return str(rng.choice((*phrases()["villages"], *phrases()["communes"], *phrases()["departments"])))


def _budget(rng: random.Random) -> Cells:
    """Estimates: groups in Roman numbers, a total row with merged cells."""
    heads = ["STT", "Nội dung chi", "Mã số", "Dự toán năm", "Đã thực hiện", "Tỷ lệ (%)", "Ghi chú"]
    aligns = ["centre", "left", "centre", "right", "right", rng.choice(("right", "centre")), "left"]
    for column in sorted(rng.sample((2, 5, 6), rng.randint(0, 2)), reverse=True):
        del heads[column], aligns[column]
    makers: dict[str, Callable[[], str]] = {
        "Nội dung chi": lambda: _task(rng),
        "Mã số": lambda: f"{rng.randint(10, 999):03}",
        "Tỷ lệ (%)": lambda: _share(rng),
        "Ghi chú": lambda: rng.choice(("", "", "", "Đạt", "Chuyển nguồn", "QĐ số 45")),
    }
    cells, row = _head(heads), 1
    for group in range(rng.randint(1, 3)):
        title = [_ROMAN[group], _place(rng), *(_money(rng) if align == "right" else "" for align in aligns[2:])]
        cells += _body(row, title, aligns, bold=True)
        row += 1
        for number in range(1, rng.randint(3, 9)):
            cells += _body(row, [str(number), *(makers.get(head, lambda: _money(rng))() for head in heads[1:])], aligns)
            row += 1
    total = [CellSpec(row, 0, rng.choice(("Tổng cộng", "TỔNG CỘNG", "Cộng")), column_span=2, align="centre", bold=True)]
    total += [
        CellSpec(row, column, _money(rng) if aligns[column] == "right" else "", align=aligns[column], bold=True)
        for column in range(2, len(heads))
    ]
    return cells + total, len(heads), 1


def _staff(rng: random.Random) -> Cells:
    """Lists of people with codes and dates."""
    heads = ["TT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Số CCCD", "Hệ số", "Ghi chú"]
    heads = [head for head in heads if head in {"TT", "Họ và tên"} or rng.random() < 0.7]
    makers: dict[str, Callable[[], str]] = {
        "Họ và tên": lambda: person(rng),
        "Ngày sinh": lambda: _day(rng),
        "Chức vụ": lambda: rng.choice(("Trưởng phòng", "Chuyên viên", "Kế toán viên", "Giáo viên", "Phó Giám đốc")),
        "Đơn vị": lambda: _place(rng),
        "Số CCCD": lambda: f"{rng.randrange(10**12):012}",
        "Hệ số": lambda: f"{rng.randint(2, 6)},{rng.randint(0, 99):02}",
        "Ghi chú": lambda: rng.choice(("", "", "", "Nữ", "Đảng viên", "-")),
    }
    aligns = ["left" if head in {"Họ và tên", "Chức vụ", "Đơn vị", "Ghi chú"} else "centre" for head in heads]
    cells = _head(heads)
    for row in range(1, rng.randint(5, 28)):
        number = f"{row:02}" if rng.random() < 0.05 else str(row)
        cells += _body(row, [number, *(makers[head]() for head in heads[1:])], aligns)
    return cells, len(heads), 1


def _plan(rng: random.Random) -> Cells:
    """Work plans: cells of several lines."""
    heads = ["STT", "Nội dung công việc", "Thời gian thực hiện", "Đơn vị chủ trì", "Kết quả"]
    heads = heads[: rng.randint(3, 5)]
    aligns = ["centre", "left", "centre", rng.choice(("left", "centre")), "left"][: len(heads)]
    cells = _head(heads)
    for row in range(1, rng.randint(4, 12)):
        span = f"{_day(rng)}{rng.choice((' - ', '-', ' – '))}{_day(rng)}" if rng.random() < 0.6 else _day(rng)
        texts = [str(row), f"{_task(rng)}, {_task(rng).lower()}", span, _place(rng), _task(rng)]
        cells += _body(row, texts[: len(heads)], aligns)
    return cells, len(heads), 1


def _parcels(rng: random.Random) -> Cells:
    """Land parcels: a dense table of short numbers, with a row of column numbers under the head."""
    heads = ["STT", "Chủ sử dụng đất", "Tờ bản đồ", "Số thửa", "Diện tích (m²)", "Loại đất", "Thu hồi (m²)", "Còn lại (m²)"]
    aligns = ["centre", "left", "centre", "centre", "right", "centre", "right", "right"]
    cells, first = _head(heads), 1
    if rng.random() < 0.6:
        form = rng.choice(("({})", "{}"))
        cells += [CellSpec(1, column, form.format(column + 1), align="centre") for column in range(len(heads))]
        first = 2
    for row in range(first, first + rng.randint(5, 24)):
        area = [f"{rng.randint(5, 4999)},{rng.randint(0, 9)}" for _ in range(3)]
        texts = [str(row - first + 1), person(rng), str(rng.randint(1, 99)), str(rng.randint(1, 999)), area[0],
                 rng.choice(("ONT", "LUC", "CLN", "NTS", "BHK")), area[1], rng.choice((area[2], "-", "0", ""))]  # fmt: skip
        cells += _body(row, texts, aligns)
    return cells, len(heads), first


def _checks(rng: random.Random) -> Cells:
    """Check lists: crosses, dashes and single digits in narrow columns."""
    marks = rng.randint(3, 7)
    heads = ["TT", "Tiêu chí", *rng.sample(("Đạt", "Không", "Có", "Điểm", "Tốt", "Khá", "TB", "Yếu"), marks)]
    aligns = ["centre", "left", *["centre"] * marks]
    cells = _head(heads)
    for row in range(1, rng.randint(5, 18)):
        values = [rng.choice((*_MARKS, "", str(rng.randint(0, 9)))) for _ in range(marks)]
        cells += _body(row, [str(row), _task(rng), *values], aligns)
    return cells, len(heads), 1


def _years(rng: random.Random) -> Cells:
    """Comparisons: a head of two levels, groups of columns, many numbers, a row merged over the whole width."""
    parts = rng.sample(("Kế hoạch", "Thực hiện", "Tỷ lệ (%)", "So sánh", "Ước đạt"), rng.randint(2, 3))
    groups = rng.randint(2, 3)
    cells = [
        CellSpec(0, column, text, row_span=2, align="centre", bold=True)
        for column, text in enumerate(("STT", "Chỉ tiêu", "Đơn vị tính"))
    ]
    year = rng.randint(2012, 2024)
    for group in range(groups):
        column = 3 + group * len(parts)
        cells.append(CellSpec(0, column, f"Năm {year + group}", column_span=len(parts), align="centre", bold=True))
        cells += [CellSpec(1, column + number, part, align="centre", bold=True) for number, part in enumerate(parts)]
    columns = 3 + groups * len(parts)
    row = 2
    for number in range(1, rng.randint(6, 22)):
        if rng.random() < 0.1:
            cells.append(CellSpec(row, 0, f"{rng.choice('ABC')}. {_task(rng)}", column_span=columns, bold=True))
            row += 1
        texts = [str(number), " ".join(_task(rng).split()[:6]), rng.choice(_UNITS)]
        texts += [_share(rng) if "(%)" in part else rng.choice((_money(rng), _count(rng))) for part in parts * groups]
        cells += _body(row, texts, ["centre", "left", "centre", *["right"] * (columns - 3)])
        row += 1
    return cells, columns, 2

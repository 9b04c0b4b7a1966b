"""Catalogue of document types as data: name, abbreviation in the notation, code of the archives.

Sources: NĐ 30/2020 Điều 7 (29 types) and PL III.I (abbreviations); TT 05/2025/TT-BNV (codes 01-32); Luật Ban hành văn bản quy
phạm pháp luật (normative documents, code 32 "khác"); older names from TT 01/2011/TT-BNV and NĐ 09/2010.
"""

from __future__ import annotations

from dataclasses import dataclass

OTHER = "32"
"""Code of what TT 05/2025/TT-BNV does not name."""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """Tên loại văn bản.

    Attributes:
        abbreviations: as printed in the notation; the first is today's (NĐ 30/2020 PL III.I), the others are older.
        code: typeName code of TT 05/2025/TT-BNV.
    """

    name: str
    abbreviations: tuple[str, ...]
    code: str


OFFICIAL_LETTER = DocumentType("Công văn", (), "22")
"""Never printed: its notation names no type (NĐ 30/2020 PL I mục II.3) and its subject stands under the number (ô 5b)."""

DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    DocumentType("Nghị quyết", ("NQ",), "01"),
    DocumentType("Quyết định", ("QĐ",), "02"),
    DocumentType("Chỉ thị", ("CT",), "03"),
    DocumentType("Quy chế", ("QC",), "04"),
    DocumentType("Quy định", ("QyĐ",), "05"),
    DocumentType("Thông cáo", ("TC",), "06"),
    DocumentType("Thông báo", ("TB",), "07"),
    DocumentType("Hướng dẫn", ("HD",), "08"),
    DocumentType("Chương trình", ("CTr", "CTR"), "09"),
    DocumentType("Kế hoạch", ("KH",), "10"),
    DocumentType("Phương án", ("PA",), "11"),
    DocumentType("Đề án", ("ĐA",), "12"),
    DocumentType("Dự án", ("DA",), "13"),
    DocumentType("Báo cáo", ("BC",), "14"),
    DocumentType("Tờ trình", ("TTr", "TTR", "TT"), "15"),
    DocumentType("Giấy ủy quyền", ("GUQ", "UQ"), "16"),
    DocumentType("Phiếu gửi", ("PG",), "17"),
    DocumentType("Phiếu chuyển", ("PC",), "18"),
    DocumentType("Phiếu báo", ("PB",), "19"),
    DocumentType("Biên bản", ("BB",), "20"),
    DocumentType("Hợp đồng", ("HĐ",), "21"),
    OFFICIAL_LETTER,
    DocumentType("Công điện", ("CĐ",), "23"),
    DocumentType("Bản ghi nhớ", ("BGN", "GN"), "24"),
    DocumentType("Bản thỏa thuận", ("BTT", "TTh"), "25"),
    DocumentType("Giấy mời", ("GM",), "26"),
    DocumentType("Giấy giới thiệu", ("GGT",), "27"),
    DocumentType("Giấy nghỉ phép", ("GNP", "NP"), "28"),
    DocumentType("Thư công", (), "29"),
    DocumentType("Bản đồ", (), "30"),
    DocumentType("Bản vẽ", (), "31"),
    DocumentType("Hiến pháp", (), OTHER),
    DocumentType("Bộ luật", (), OTHER),
    DocumentType("Luật", (), OTHER),
    DocumentType("Pháp lệnh", (), OTHER),
    DocumentType("Lệnh", ("L",), OTHER),
    DocumentType("Sắc lệnh", ("SL",), OTHER),
    DocumentType("Nghị định", ("NĐ",), OTHER),
    DocumentType("Thông tư", ("TT",), OTHER),
    DocumentType("Thông tư liên tịch", ("TTLT",), OTHER),
    DocumentType("Thông tư liên bộ", ("TTLB",), OTHER),
    DocumentType("Nghị quyết liên tịch", ("NQLT",), OTHER),
    DocumentType("Thông tri", (), OTHER),
    DocumentType("Tuyên bố", (), OTHER),
    DocumentType("Kết luận", ("KL",), OTHER),
    DocumentType("Quy trình", ("QTr",), OTHER),
    DocumentType("Giấy chứng nhận", ("GCN",), OTHER),
    DocumentType("Giấy xác nhận", ("GXN",), OTHER),
    DocumentType("Giấy đi đường", ("GĐĐ",), OTHER),
    DocumentType("Giấy biên nhận hồ sơ", ("BN",), OTHER),
    DocumentType("Bản cam kết", ("CK",), OTHER),
)

_BY_ABBREVIATION = {short: kind for kind in reversed(DOCUMENT_TYPES) for short in reversed(kind.abbreviations)}


def type_of_abbreviation(abbreviation: str) -> DocumentType | None:
    """The type an abbreviation of a notation stands for; TT is Tờ trình only in old papers, so the caller decides."""
    return _BY_ABBREVIATION.get(abbreviation)


def type_code(name: str) -> str:
    """Code (TT 05/2025/TT-BNV) of a type by its name; "32" for what is not in the catalogue."""
    return next((kind.code for kind in DOCUMENT_TYPES if kind.name.lower() == name.lower()), OTHER)

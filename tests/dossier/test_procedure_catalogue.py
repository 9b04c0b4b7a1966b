"""The procedure catalogue that offices bring along as CSV."""

from pathlib import Path

import pytest

from dossier.catalogues import read_procedures
from dossier.errors import BadCatalogue

GOOD = "Mã TTHC{0}Tên TTHC{0}Lĩnh vực{0}Thành phần hồ sơ\n1.011442{0}Cấp giấy chứng nhận{0}Đất đai{0}Đơn đề nghị|Bản đồ\n"


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_columns_are_known_by_name(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "tthc.csv"
    text = GOOD.format(delimiter).replace("Đơn đề nghị|Bản đồ", '"- Đơn đề nghị\n- Bản đồ"')
    path.write_text(text + f"2.000635.000.00.00.H38{delimiter}Cấp bản sao\n", encoding=encoding)
    procedures = read_procedures(path)
    assert procedures["1.011442"].papers == ("Đơn đề nghị", "Bản đồ")
    assert procedures["1.011442"].field == "Đất đai"
    assert procedures["2.000635.000.00.00.H38"].name == "Cấp bản sao"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tên,lĩnh vực\nCấp giấy,Đất đai\n", 1),
        ("mã,tên\n1.011442,Một\nmười hai,Hai\n", 3),
        ("mã,tên\n1.011442,Một\n1.011442,Hai\n", 3),
        ("", 1),
    ],
)
def test_what_cannot_be_used_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "tthc.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadCatalogue) as caught:
        read_procedures(path)
    assert caught.value.facts["line"] == line


def test_a_file_of_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "tthc.csv"
    path.write_bytes("mã,tên".encode("utf-16"))
    with pytest.raises(BadCatalogue):
        read_procedures(path)

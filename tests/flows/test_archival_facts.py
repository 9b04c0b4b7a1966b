"""`ho-so.yaml`: the regulation's terms in, facts out; what is wrong is named by line and key."""

import pytest

from dossier.errors import BadFacts
from dossier.messages import Messages
from dossier.model import AccessLevel, ArchivalFacts, GivenAccess
from flows.archival_facts import read_access, read_facts

WHOLE = """# hồ sơ mẫu
phông: "UBND xã Hòa Bình"
mục lục số: 01
hộp số: 007
hồ sơ số: 27
tiêu đề: >
  Hồ sơ giao đất
  năm 2025
thời hạn bảo quản: Vĩnh viễn
từ ngày: 2025-09-03
đến ngày: 26/9/2025
số tờ: 6
"""


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, encoding="utf-8"):
        path = tmp_path / "ho-so.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_facts(path)

    return write_and_read


def test_every_key_of_the_form(read):
    assert read(WHOLE) == ArchivalFacts(
        fonds="UBND xã Hòa Bình",
        catalogue="01",
        box="007",
        file_number="27",
        title="Hồ sơ giao đất năm 2025",
        maintenance="Vĩnh viễn",
        start_date="2025-09-03",
        end_date="2025-09-26",
        leaves=6,
    )


def test_keys_without_accents_in_capitals_and_in_other_unicode_forms(read):
    assert read("phong: A\nHOP SO: 4\nho so so: 9\nthoi han bao quan: 20 năm\nso to: 3") == read(
        "PHÔNG: A\nhộp: 4\nhồ sơ: 9\nthời hạn lưu trữ: 20 năm\nsố tờ: '3'"
    )
    import unicodedata

    assert read(unicodedata.normalize("NFD", WHOLE)) == read(WHOLE)
    assert read("phông: Hòa").fonds == "Hòa"


@pytest.mark.parametrize("text", ["", "\n\n", "# chỉ có ghi chú\n", "---\n", "phông:\nhộp số: ~\n"])
def test_an_empty_form_gives_no_facts(read, text):
    assert read(text) == ArchivalFacts()


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(read):
    assert read("phông: A\r\nhộp số: 1\r\n", "utf-8-sig") == ArchivalFacts(fonds="A", box="1")


@pytest.mark.parametrize(
    ("text", "line", "key", "words"),
    [
        ("phông: A\nkho: 3\n", 2, "kho", "không có mục này"),
        ("phông: A\n\nsố tờ: sáu\n", 3, "số tờ", "«sáu» không phải số đếm"),
        ("số tờ: -1", 1, "số tờ", "số đếm"),
        ("số tờ: 1.5", 1, "số tờ", "số đếm"),
        ("phông: A\ntừ ngày: 31/2/1990", 2, "từ ngày", "«31/2/1990» không phải ngày"),
        ("từ ngày: 1990", 1, "từ ngày", "không phải ngày"),
        ("đến ngày: 4/5/1990\ntừ ngày: 5/5/1990\nphông: A", 1, "đến ngày", "trước ngày đầu 1990-05-05"),
        ("thời hạn bảo quản: lâu dài", 1, "thời hạn bảo quản", "«lâu dài» không phải thời hạn"),
        ("phông: A\nhộp số: 1\nphông: B", 3, "phông", "ghi hai lần"),
        ("hộp số: 1\nhop: 2", 2, "hop", "ghi hai lần"),
        ("phông: [A, B]", 1, "phông", "một dòng chữ"),
        ("phông: ''", 1, "phông", "để trống"),
        ("hộp số: 1\nphông:\tA\n\tx: 1", 2, "YAML", "dấu tab"),
        ("phông: A: B", 1, "YAML", "không đúng dạng YAML"),
        ("hộp số: 1\nphông: {A", 2, "YAML", "không đúng dạng YAML"),
        ("phông A", 1, "YAML", "«tên mục: giá trị»"),
        ("- phông: A", 1, "YAML", "«tên mục: giá trị»"),
        ("phông: \x07", 1, "YAML", "không đúng dạng YAML"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_key(read, text, line, key, words):
    with pytest.raises(BadFacts) as caught:
        read(text)
    assert (caught.value.facts["line"], caught.value.facts["key"]) == (line, key)
    sentence = Messages("vi").error(caught.value)
    assert f"dòng {line}, mục «{key}»" in sentence
    assert words in sentence
    assert "facts." not in sentence + Messages("en").error(caught.value)


def test_another_encoding_is_named_with_its_line(read):
    with pytest.raises(BadFacts) as caught:
        read("phông: A\n".encode() + "tiêu đề: Hồ sơ".encode("utf-16-le"))
    assert "UTF-8" in Messages("vi").error(caught.value)
    assert caught.value.facts["line"] == 2


def test_yaml_cannot_make_objects(read):
    assert read("phông: !!python/name:os.getcwd x").fonds == "x"


def test_who_may_see_the_papers_is_read_apart(tmp_path):
    path = tmp_path / "ho-so.yaml"
    path.write_text("phông: A\nnhóm được xem: Văn thư,  địa chính\nchế độ sử dụng: có điều kiện\nmở từ ngày: 1/1/2030\n", "utf-8")
    assert read_facts(path) == ArchivalFacts(fonds="A")
    assert read_access(path) == GivenAccess(("văn thư", "địa chính"), AccessLevel.CONDITIONAL, 20300101)
    path.write_text("nhóm được xem:\n  - Địa chính\n  - văn thư\n", "utf-8")
    assert read_access(path) == GivenAccess(("văn thư", "địa chính"))
    path.write_text("phông: A\n", "utf-8")
    assert read_access(path) == GivenAccess()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("chế độ sử dụng: mở", "không phải chế độ sử dụng"),
        ("nhóm được xem: ','", "không phải danh sách nhóm"),
        ("nhóm được xem: {a: b}", "một dòng chữ"),
        ("phông: [A, B]", "một dòng chữ"),
        ("mở từ ngày: sang năm", "không phải ngày"),
    ],
)
def test_wrong_access_is_named(read, text, words):
    with pytest.raises(BadFacts) as caught:
        read(text)
    assert words in Messages("vi").error(caught.value)

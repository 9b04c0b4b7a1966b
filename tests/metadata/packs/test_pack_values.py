"""What stands beside a label becomes a value in its normal form."""

import pytest

from metadata.packs.model import FieldRule, Kind
from metadata.packs.values import read_value

READ = [
    (Kind.TEXT, " Đất ở tại nông thôn ......", "Đất ở tại nông thôn", True),
    (Kind.TEXT, "Kinh n........", "Kinh", True),
    (Kind.TEXT, "Kinh Nghề nghiệp: làm ruộng", "Kinh", True),
    (Kind.TEXT, "........", None, True),
    (Kind.PERSON, "Ông Nguyễn Văn An, sinh năm 1960", "Nguyễn Văn An", True),
    (Kind.PERSON, "TRẦN THỊ\nBÍCH", "TRẦN THỊ BÍCH", True),
    (Kind.PERSON, "John Michael Carter", "John Michael Carter", True),
    (Kind.ADDRESS, "xã Tân Mỹ, tỉnh An\nThuận Hải", "xã Tân Mỹ, tỉnh An Thuận Hải", True),
    (Kind.ADDRESS, "xã Tân Mỹ, tỉnh Bắc Lũng\nTôi làm đơn này", "xã Tân Mỹ, tỉnh Bắc Lũng", True),
    (Kind.DATE, "ngày 05 tháng 3 năm 2019", "2019-03-05", True),
    (Kind.DATE, "5/3/2019 tại xã", "2019-03-05", True),
    (Kind.DATE, "31/02/2019", "2019-02-31", False),
    (Kind.DATE, "năm 1985", "1985", True),
    (Kind.DATE, "1985", "1985", True),
    (Kind.DATE, "không rõ", None, True),
    (Kind.NUMBER, "1.234,5 m²", "1234.5", True),
    (Kind.MONEY, "nêu tại Điều 1 là 1.849.000.000 đồng", "1849000000 VND", True),
    (Kind.MONEY, "1.849.000.000", "1849000000 VND", True),
    (Kind.IDENTITY, "Căn cước công dân số 001 085 012345", "001085012345", True),
    (Kind.IDENTITY, "99908501234S", "999085012345", False),
    (Kind.TAX_CODE, "0100109106", "0100109106", True),
    (Kind.TAX_CODE, "0100109107", "0100109107", False),
    (Kind.TAX_CODE, "0100109106-001", "0100109106-001", True),
    (Kind.PASSPORT, "B1234567 cấp ngày", "B1234567", True),
    (Kind.PHONE, "+84 912 345 678", "0912345678", True),
    (Kind.CODE, "40A8012345, cấp lại", "40A8012345", True),
    (Kind.CODE, "không có", None, True),
]


@pytest.mark.parametrize(("kind", "text", "value", "valid"), READ, ids=[f"{kind}-{text[:20]}" for kind, text, _, _ in READ])
def test_values(kind, text, value, valid):
    reading = read_value(FieldRule("x", "x", kind=kind), text)
    if value is None:
        assert reading is None
    else:
        assert reading is not None
        assert (reading.value, reading.valid) == (value, valid)
        assert 0 <= reading.start < reading.end <= len(text)


def test_a_choice_is_one_of_the_printed_words():
    rule = FieldRule("sex", "Giới tính", kind=Kind.CHOICE, choices=("Nam", "Nữ"))
    assert read_value(rule, " Nữ   Dân tộc").value == "Nữ"
    assert read_value(rule, "nam").value == "Nam"
    doubtful = FieldRule("grade", "Xếp loại", kind=Kind.CHOICE, choices=("Hoàn thành tốt", "Không hoàn thành"))
    assert not read_value(doubtful, "Hoan thanh tôi").valid
    assert read_value(doubtful, "chưa xếp") is None


def test_a_pattern_reads_folded_text_and_answers_the_print():
    rule = FieldRule("x", "x", pattern=r"so\s+([a-z]{2} \d{4})")
    assert read_value(rule, "Số CH 0123 cấp").value == "CH 0123"
    assert read_value(rule, "Số 12") is None

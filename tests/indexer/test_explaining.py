"""Why a document was found: which part stands where, in which form."""

import pytest

from indexer import parse_query
from indexer.explaining import Form, Place, other_forms, reasons
from indexer.query import TextField

FIELDS = {TextField.AGENCY: "UBND tỉnh Hoà Bình", TextField.SUBJECT: "Về việc giao đất", TextField.DATE: "1985-02-28"}
PAGES = [
    (1, "Uy ban nhân dân tỉnh Hà Tây\ngiao dất cho nông trường Lương Mỹ"),
    (2, "họp ngày 25 tháng 5 năm 1980 với quyêl định 2723/QĐ-UB"),
]


@pytest.mark.parametrize(
    ("text", "asked", "first"),
    [
        ("đất", "đất", Place(TextField.SUBJECT, None, Form.EXACT, "đất")),
        ("dat", "dat", Place(TextField.SUBJECT, None, Form.OTHER_MARKS, "đất")),
        ("UBND", "UBND", Place(TextField.AGENCY, None, Form.EXACT, "UBND")),
        ("Ủy ban nhân dân", "Ủy ban nhân dân", Place(None, 1, Form.OTHER_MARKS, "Uy ban nhân dân")),
        ("Hà Nội", "Hà Nội", Place(None, 1, Form.FORMER_NAME, "Hà Tây")),
        ("quyết", "quyết", Place(None, 2, Form.NEAR, "quyêl")),
        ("trừơng~", "trừơng", Place(None, 1, Form.OTHER_MARKS, "trường")),
        ("25/5/1980", "25/5/1980", Place(None, 2, Form.EXACT, "ngày 25 tháng 5 năm 1980")),
        ("cơ quan:(hoà bình)", "hoà bình", Place(TextField.AGENCY, None, Form.EXACT, "Hoà Bình")),
        ("năm:1985", "1985", Place(TextField.DATE, None, Form.EXACT, "1985-02-28")),
        ("2723/qd", "2723/qd", Place(None, 2, Form.OTHER_MARKS, "2723/QĐ")),
        ('~"nong truong"', "nong truong", Place(None, 1, Form.OTHER_MARKS, "nông trường")),
        ("lươ*", "lươ", Place(None, 1, Form.EXACT, "Lương")),
    ],
)
def test_best_place_of_a_part(text: str, asked: str, first: Place) -> None:
    (reason,) = reasons(parse_query(text), fields=FIELDS, pages=PAGES)
    assert (reason.asked, reason.places[0], reason.form) == (asked, first, first.form)


def test_every_part_has_its_reason_and_what_is_missing_says_so() -> None:
    found = reasons(parse_query("giao đất -mật xe tăng (họp OR bến)"), fields=FIELDS, pages=PAGES, wide=True)
    assert [(reason.asked, reason.form.value) for reason in found] == [
        ("giao", "exact"),
        ("đất", "exact"),
        ("xe", "missing"),
        ("tăng", "missing"),
        ("họp", "exact"),
        ("bến", "missing"),
    ]


def test_other_forms_that_are_looked_for_are_told() -> None:
    told = [(form.asked, form.text, form.kind) for form in other_forms(parse_query('UBND huyện -QĐ ("HĐND" OR tỉnh Hà Tây)'))]
    assert told[0] == ("UBND", "Ủy ban nhân dân", "long_form")
    assert ("Hà Tây", "Hà Nội", "later_name") in told
    assert {asked for asked, _, _ in told} == {"UBND", "Hà Tây"}
    assert other_forms(parse_query("giao đất")) == ()

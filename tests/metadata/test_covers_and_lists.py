"""The cover of a dossier and its list of papers, as the generator prints them and a perfect engine would read them."""

import random
from dataclasses import replace
from datetime import date

import pytest

from dossier.model import Box, CellPlace, Document, Found, Table
from metadata import find_documents, front_matter_of, reconcile
from metadata.parting.cover import cover_of, is_cover
from metadata.parting.listing import listing_of
from metadata.sheets.layout import sheet_of
from sample_printer.dossier_papers import CoverSpec, ListedSpec, print_cover, print_listing

COVER = CoverSpec(
    "ỦY BAN NHÂN DÂN HUYỆN ĐÔNG KHÊ", "Hồ sơ giao đất tái định cư tại khu dân cư Gò Mít, xã Hòa Bình", "UBND huyện Đông Khê",
    "03", "41", "1013", "Vĩnh viễn", date(1992, 3, 4), date(1993, 12, 20), 85,
)  # fmt: skip
EXPECTED = {
    "fonds": "UBND huyện Đông Khê", "catalogue": "03", "box": "41", "file_number": "1013", "title": COVER.title,
    "maintenance": "Vĩnh viễn", "start_date": "1992-03-04", "end_date": "1993-12-20", "leaves": "85",
}  # fmt: skip
ROWS = (
    ListedSpec("15/QĐ-UBND", date(1992, 3, 4), "Quyết định về việc giao đất tái định cư", "UBND huyện Đông Khê", "1"),
    ListedSpec("7/BC-PNV", date(1992, 5, 9), "Báo cáo kết quả giao đất đợt một tại xã Hòa Bình", "Phòng Nội vụ", "4"),
    ListedSpec("", date(1993, 12, 20), "Biên bản bàn giao hồ sơ, tài liệu", "Phòng Nội vụ", "9"),
)


def read(page, printed):
    """A printed page as a perfect engine would read it, tables with their cells."""
    truth = page.truth
    plain = {
        "pages": [
            {
                "number": truth.number, "width": truth.width, "height": truth.height, "dpi": truth.dpi,
                "lines": [line.text for line in truth.lines], "boxes": [line.box for line in truth.lines],
            }
        ]
    }  # fmt: skip
    (made,) = printed(plain)
    tables = tuple(Table(Box(*table.box), table.rows, table.columns, ()) for table in truth.tables)
    placed = tuple(replace(line, cell=_cell(line, truth.tables)) for line in made.lines)
    return replace(made, tables=tables, lines=placed)


def _cell(line, tables):
    x, y = line.box.centre
    for number, table in enumerate(tables):
        for cell in table.cells:
            if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]:
                return CellPlace(number, cell.row, cell.column)
    return None


@pytest.mark.parametrize("setting", range(3))
def test_a_cover_is_known_in_each_setting_with_all_its_fields(setting, printed):
    class Chosen(random.Random):
        def choice(self, seq):
            return seq[setting] if len(seq) == 3 and callable(seq[0]) else super().choice(seq)

    (page,) = print_cover(COVER, rng=Chosen(1))
    sheet = sheet_of(read(page, printed))
    assert is_cover(sheet)
    assert {name: found.value for name, found in cover_of(sheet).items()} == EXPECTED


def test_dates_of_less_precision_and_labels_above_their_values(paper):
    page = paper(
        (0.45, 0.2, "HỒ SƠ"), (0.2, 0.3, "Tập lưu công văn đi"), (0.2, 0.4, "Từ năm 1978 đến tháng 5/1979"),
        (0.2, 0.8, "Mục lục số: 2"), (0.2, 0.85, "Hồ sơ số"), (0.2, 0.865, "114"), (0.6, 0.8, "Thời hạn bảo quản: 70 năm"),
    )  # fmt: skip
    fields = {name: found.value for name, found in cover_of(sheet_of(page)).items()}
    assert fields == {
        "title": "Tập lưu công văn đi", "start_date": "1978", "catalogue": "2", "file_number": "114", "maintenance": "70 năm",
    }  # fmt: skip


def test_pages_that_speak_of_dossiers_are_no_covers(paper):
    department = ((0.4, 0.2, "HỒ SƠ"), (0.2, 0.3, "Phòng: Nội vụ"), (0.2, 0.4, "Gồm: 3 tờ"), (0.2, 0.5, "Từ ngày 4/5/2020"))
    assert not is_cover(sheet_of(paper(*department)))
    text = ((0.15, 0.1, "Hồ sơ số 27 thuộc phông UBND xã, mục lục số 3, thời hạn bảo quản vĩnh viễn"),)
    assert not is_cover(sheet_of(paper(*text)))


def test_a_list_of_papers_is_read_over_its_pages(printed):
    pages = [read(page, printed) for page in print_listing(ROWS * 9, rng=random.Random(4))]
    rows = listing_of(pages)
    assert len(pages) > 1
    assert len(rows) == 27
    for row, want in zip(rows, ROWS * 9, strict=True):
        assert (row.number and row.number.value) == (want.number or None)
        assert row.issued_date is not None
        assert row.issued_date.value == want.day.isoformat()
        assert row.subject is not None
        assert row.subject.value == want.subject
        assert row.organ_name is not None
        assert (row.organ_name.value, row.leaf) == (want.organ, want.leaf)


def found(value):
    return Found(value, "p", Box(0, 0, 1, 1), 0.9, "test")


def document(name, number, notation, day, subject):
    return Document(
        name, ("p",), code_number=found(number), code_notation=found(notation), issued_date=found(day), subject=found(subject)
    )


def test_list_and_papers_are_reconciled(printed):
    rows = listing_of([read(page, printed) for page in print_listing(ROWS, rng=random.Random(4))])
    there = [
        document("d-1", "15", "QĐ-UBND", "1992-03-04", "Về việc giao đất tái định cư"),
        document("d-2", "16", "QĐ-UBND", "1992-03-05", "Về việc thu hồi đất"),
        Document("d-3", ("p",), issued_date=found("1993-12-20"), subject=found("bàn giao hồ sơ, tài liệu")),
    ]
    paired, extra = reconcile(rows, there)
    assert [row.document_id for row in paired] == ["d-1", None, "d-3"]
    assert extra == ("d-2",)
    assert reconcile((), there) == ((), ("d-1", "d-2", "d-3"))


def test_a_misread_number_is_paired_by_its_date(printed):
    rows = listing_of([read(page, printed) for page in print_listing(ROWS[:1], rng=random.Random(4))])
    paired, extra = reconcile(rows, [document("d-1", "15", "QĐ-UBNO", "1992-03-04", "Về việc giao đất")])
    assert (paired[0].document_id, extra) == ("d-1", ())


def test_front_matter_is_papers_of_its_own_and_facts_of_the_dossier(printed, paper):
    cover = replace(read(print_cover(COVER, rng=random.Random(1))[0], printed), id="c-0001")
    listing = replace(read(print_listing(ROWS, rng=random.Random(4))[0], printed), id="l-0001")
    stack = [cover, listing, paper((0.45, 0.1, "BIÊN BẢN"), (0.15, 0.2, "Hôm nay, tại trụ sở cơ quan, chúng tôi gồm có"))]
    documents = find_documents(stack)
    assert [each.type_name and each.type_name.value for each in documents] == ["Bìa hồ sơ", "Mục lục văn bản", "Biên bản"]
    assert documents[0].subject is not None
    assert documents[0].subject.value == COVER.title
    assert documents[0].doubts == ()
    front = front_matter_of(stack)
    assert front.cover["box"].value == "41"
    assert len(front.listing) == 3
    assert front.document_ids == (documents[0].id, documents[1].id)

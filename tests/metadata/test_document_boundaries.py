"""Stacks of pages: each page in exactly one document, annexes and backs with the paper they belong to."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Box, Line, Page, Provenance, Word, page_id
from metadata import find_documents

MADE_BY = Provenance("hand", "1", "none", "", "0", ())
HEAD = (
    (0.18, 0.06, "UBND HUYỆN ĐÔNG KHÊ"),
    (0.50, 0.06, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.20, 0.08, "PHÒNG NỘI VỤ"),
    (0.56, 0.08, "Độc lập - Tự do - Hạnh phúc"),
    (0.20, 0.12, "Số: 7/BC-PNV"),
    (0.54, 0.12, "Đông Khê, ngày 05 tháng 3 năm 2021"),
    (0.45, 0.18, "BÁO CÁO"),
)
BODY = ((0.15, 0.1, "2. Công tác cải cách hành chính tiếp tục được các cơ quan, đơn vị quan tâm chỉ đạo thực hiện"),)
ANNEX = ((0.45, 0.05, "Phụ lục II"), (0.25, 0.08, "(Kèm theo Báo cáo số 7/BC-PNV ngày 05 tháng 3 năm 2021)"))
FORM_IN_ANNEX = ((0.70, 0.03, "Mẫu số 02"), *HEAD[1:4:2], (0.40, 0.15, "ĐƠN ĐỀ NGHỊ"))


def documents_of(paper, *pages):
    return [len(document.page_ids) for document in find_documents([paper(*prints, number=n) for n, prints in enumerate(pages, 1)])]


def test_a_head_begins_a_document(paper):
    assert documents_of(paper, HEAD, BODY, HEAD, HEAD, BODY, BODY) == [2, 1, 3]


def test_annexes_forms_and_blank_backs_stay_with_their_parent(paper):
    assert documents_of(paper, HEAD, (), ANNEX, BODY, FORM_IN_ANNEX, (), HEAD, ()) == [6, 2]


def test_a_stack_may_begin_with_anything(paper):
    assert documents_of(paper, BODY, HEAD) == [1, 1]
    assert documents_of(paper, (), ()) == [2]
    assert find_documents([]) == ()


def test_a_cited_head_in_running_text_begins_nothing(paper):
    cited = (*BODY, (0.15, 0.5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (0.15, 0.52, "Độc lập - Tự do - Hạnh phúc"))
    assert documents_of(paper, HEAD, cited) == [2]


texts = st.one_of(
    st.sampled_from([text for _, _, text in (*HEAD, *ANNEX, *BODY)]),
    st.sampled_from(
        ["Nơi nhận:", "KT. GIÁM ĐỐC", "MẬT", "Lưu: VT", "V/v", "Số:", "ngày tháng năm", "ĐẾN", "|", "-", "Nguyễn Văn An"]
    ),
    st.text(min_size=1, max_size=20),
)
words = st.builds(
    lambda text, x, y, wide, tall, sure: Word(text, Box(x, y, x + wide, y + tall), sure),
    texts, st.integers(0, 1500), st.integers(0, 2200), st.integers(0, 400), st.integers(0, 80), st.floats(0, 1),
)  # fmt: skip
lines = st.lists(words, min_size=1, max_size=5).map(
    lambda some: Line(
        Box(min(w.box.x0 for w in some), min(w.box.y0 for w in some), max(w.box.x1 for w in some), max(w.box.y1 for w in some)),
        tuple(some),
    )
)
stacks = st.lists(st.lists(lines, max_size=8), max_size=5)


@settings(deadline=None)
@given(stacks)
def test_every_page_is_in_exactly_one_document_in_order(stack):
    pages = [
        Page(page_id("ab" * 32, number), number, 1654, 2339, 200, 0, 0.0, tuple(some), not some, (), MADE_BY)
        for number, some in enumerate(stack, 1)
    ]
    documents = find_documents(pages)
    assert [page for document in documents for page in document.page_ids] == [page.id for page in pages]
    assert len({document.id for document in documents}) == len(documents)


@pytest.mark.parametrize("pages", [1, 40])
def test_reading_fields_is_cheap(paper, pages):
    """Far under the engine's seconds a page: the bound is ten times what it takes, so that a busy machine passes too."""
    stack = [paper(*HEAD, *((0.15, 0.2 + i * 0.018, BODY[0][2]) for i in range(40)), number=n) for n in range(1, pages + 1)]
    start = time.process_time()
    find_documents(stack)
    assert time.process_time() - start < 0.1 * pages

"""Number lookup and similar documents on every engine, among what the reader may see."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dossier.model import OPERATOR, Access, AccessLevel, Box, Document, Found, Reader
from indexer import Index, Put
from indexer.numbering import asked_number, find_numbers
from indexer.similar import likeness_of, similar_documents

CLERK = Reader("clerk", frozenset({"office"}), AccessLevel.OPEN, today=20260101)
OPEN, CLOSED = Access(("office",)), Access(("police",))

NUMBERS = {
    "a": ("2723", "QĐ-UBND", "2014-05-02"),
    "b": ("2723", "TB-SNV", "2015-01-01"),
    "c": ("272", "QĐ-UBND", "2014-01-01"),
    "d": ("27231", "QĐ-UBND", "2014-01-01"),
    "e": ("l5", "QĐ-UBND", "1999-01-01"),
    "f": ("15", "2014/QĐ-UBND", "2014-07-01"),
    "g": ("05", "NĐ-CP", "2020-01-01"),
}


@pytest.fixture
def numbered(index: Index, put: Callable[..., Put]) -> Index:
    """Papers with numbers alike, one of them closed."""
    puts = [
        put(name, "nội dung", code_number=number, code_notation=notation, issued_date=day, type_name="Quyết định", access=OPEN)
        for name, (number, notation, day) in NUMBERS.items()
    ]
    index.write([*puts, put("x", "kín", code_number="2723", code_notation="QĐ-CA", access=CLOSED)])
    index.refresh()
    return index


def test_numbers_are_found_whole_in_part_in_any_order_and_misread(numbered: Index) -> None:
    def found(typed: str, reader: Reader = CLERK) -> list[str]:
        return [hit.document_id for hit in find_numbers(numbered, typed, reader=reader)]

    for typed in (
        "2723/QĐ-UBND",
        "2723 qd ubnd",
        "2723/qd.ubnd",
        "QD UBND 2723",
        "Số: 2723/QĐ–UBND",
        "27Z3/QĐ-UBND",
        "2723/0Đ-U8ND",
    ):
        assert found(typed)[0] == "a", typed
        assert "c" not in found(typed), typed
    assert found("2723")[:2] in (["a", "b"], ["b", "a"])
    assert found("2723")[2:] == ["d"]
    assert found("2723/2014")[0] == "a"
    assert set(found("272")) == {"a", "b", "c", "d"}
    assert found("272")[0] == "c"
    assert found("15/QĐ-UBND")[:1] == ["f"]
    assert "e" in found("15/QĐ-UBND")
    assert found("15/2014")[0] == "f"
    assert found("15 năm 1999")[0] == "e"
    assert found("5/ND-CP") == found("05/NĐ-CP") == found("O5 nđ cp") == ["g"]
    assert found("quyết định số 272")[0] == "c"
    assert found("2723/QĐ-CA") != found("2723/QĐ-CA", OPERATOR)
    assert found("2723/QĐ-CA", OPERATOR)[0] == "x"
    assert "x" not in found("2723/QĐ-CA") + found("2723") + found("CA")


def test_anything_may_be_typed_as_a_number(numbered: Index) -> None:
    strange = (
        "",
        "\0",
        "\ud800",
        "/" * 999,
        "1" * 999,
        "số",
        "🙂",
        "qd" * 500,
        ".*",
        "[0-9]",
        "0",
        "00",
        "1 2 3 4 5 6 7 8 9 10",
        "\u0661",
    )
    for typed in strange:
        asked_number(typed)
        find_numbers(numbered, typed, reader=CLERK)


TOPICS = {
    "đất": "thu hồi đất giải phóng mặt bằng bồi thường tái định cư quy hoạch sử dụng đất thửa ruộng ranh giới địa chính",
    "người": "bổ nhiệm cán bộ công chức biên chế tiền lương ngạch bậc luân chuyển nghỉ hưu khen thưởng kỷ luật",
    "học": "trường học giáo viên học sinh khai giảng tuyển sinh chương trình giảng dạy thi tốt nghiệp sách giáo khoa",
}


@pytest.fixture
def papers(index: Index, put: Callable[..., Put]) -> tuple[Index, dict[str, Put]]:
    """Eight papers of each of three topics, sharing all formal words; one of the first topic is closed."""
    puts = {}
    for topic, words in TOPICS.items():
        own = words.split()
        for number in range(8):
            text = "ủy ban nhân dân tỉnh căn cứ luật tổ chức " + " ".join((own[number:] + own[:number])[:14]) + " nơi nhận như trên"
            access = CLOSED if (topic, number) == ("đất", 7) else OPEN
            subject = f"Về việc {' '.join(own[2:5])}"
            puts[f"{topic}{number}"] = put(f"{topic}{number}", text, text, subject=subject, type_name="Quyết định", access=access)
    index.write(list(puts.values()))
    index.refresh()
    return index, puts


def test_papers_on_the_same_matter_come_first_and_closed_ones_never(
    papers: tuple[Index, dict[str, Put]], page: Callable[..., object]
) -> None:
    index, puts = papers
    for name in ("đất0", "người3", "học7"):
        texts = [puts[name].pages[0].text.ex]
        first = page(texts[0])
        subject = Found(f"Về việc {' '.join(TOPICS[name[:-1]].split()[2:5])}", first.id, Box(0, 0, 1, 1), 0.9, "made")  # type: ignore[attr-defined]
        document = Document(id=name, page_ids=(first.id,), subject=subject)  # type: ignore[attr-defined]
        likeness = likeness_of(document, [first])  # type: ignore[list-item]
        hits = [hit.document_id for hit in similar_documents(index, likeness, reader=CLERK, limit=6)]
        assert len(hits) == 6
        assert {hit[:-1] for hit in hits} == {name[:-1]}
        assert name not in hits
        assert "đất7" not in hits
        assert len(similar_documents(index, likeness, reader=OPERATOR, limit=50)) >= 7
        nobody = replace(CLERK, groups=frozenset())
        assert similar_documents(index, likeness, reader=nobody) == ()
        index.write([puts["đất6"], puts["học6"]])  # deletes inside: the engine's own likeness fails here
        index.refresh()


def test_a_paper_without_words_is_like_nothing(papers: tuple[Index, dict[str, Put]]) -> None:
    index, _ = papers
    assert similar_documents(index, likeness_of(Document(id="n", page_ids=()), []), reader=OPERATOR) == ()

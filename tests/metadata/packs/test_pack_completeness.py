"""Which required papers a dossier lacks."""

import pytest

from dossier.catalogues import Procedure
from dossier.model import Box, Found, Record
from metadata.packs import completeness_by_type, completeness_of, leading_pack, paper_name


def record(pack, paper, **fields):
    found = {name.replace("__", "."): Found(value, "p-1", Box(0, 0, 9, 9), 0.9, "test") for name, value in fields.items()}
    return Record(pack, paper, 0.9, found)


@pytest.fixture
def by_id(packs):
    return {pack.id: pack for pack in packs}


def test_papers_that_are_there_and_that_are_missing(by_id):
    found = completeness_of(by_id["dat-dai"], [record("dat-dai", "hop-dong-chuyen-nhuong"), record("dat-dai", "don-bien-dong")])
    assert found is not None
    assert (found.present, found.missing) == (("don-bien-dong",), ("giay-chung-nhan",))


def test_one_of_several_papers_is_enough(by_id, packs):
    notary = by_id["cong-chung"]
    lacking = completeness_of(notary, [record("cong-chung", "phieu-yeu-cau")])
    assert lacking.missing == ("van-ban-cong-chung | dat-dai/hop-dong-chuyen-nhuong",)
    assert "Hợp đồng chuyển nhượng" in paper_name(notary.id, lacking.missing[0], packs)
    whole = completeness_of(notary, [record("cong-chung", "phieu-yeu-cau"), record("dat-dai", "hop-dong-chuyen-nhuong")])
    assert whole.missing == ()


def test_a_receipt_names_what_was_handed_in(by_id, packs):
    receipt = record("mot-cua", "giay-tiep-nhan", component="Tờ khai đăng ký khai sinh (bản chính)", component__2="Giấy chứng sinh")
    records = [receipt, record("ho-tich", "to-khai-khai-sinh")]
    found = completeness_of(by_id["mot-cua"], records, packs=packs)
    assert "Tờ khai đăng ký khai sinh (bản chính)" in found.present
    assert found.missing == ("phieu-kiem-soat", "Giấy chứng sinh")
    named = completeness_of(by_id["mot-cua"], records, packs=packs, names=["Giấy chứng sinh của bệnh viện"])
    assert "Giấy chứng sinh" in named.present


def test_a_procedure_asks_for_its_papers(by_id, packs):
    receipt = record("mot-cua", "giay-tiep-nhan", procedureCode="1.011442")
    papers = ("Tờ khai đăng ký khai sinh", "Giấy chứng sinh")
    catalogue = {"1.011442": Procedure("1.011442", "Đăng ký khai sinh", "Hộ tịch", papers, "")}
    records = [receipt, record("ho-tich", "to-khai-khai-sinh")]
    found = completeness_of(by_id["mot-cua"], records, packs=packs, procedures=catalogue)
    assert "Tờ khai đăng ký khai sinh" in found.present
    assert "Giấy chứng sinh" in found.missing
    other = completeness_of(by_id["mot-cua"], records, packs=packs, procedures={"2.000635": catalogue["1.011442"]})
    assert "Giấy chứng sinh" not in other.missing


def test_a_type_that_asks_for_nothing(by_id):
    assert completeness_of(by_id["hoc-ba-kiem-dinh"], [record("hoc-ba-kiem-dinh", "hoc-ba")]) is None


def test_the_leading_pack_is_that_of_most_papers(packs):
    records = [record("mot-cua", "giay-tiep-nhan"), record("dat-dai", "giay-chung-nhan"), record("dat-dai", "don-bien-dong")]
    assert leading_pack(records, packs).id == "dat-dai"
    assert leading_pack([], packs) is None
    assert completeness_by_type([], packs) == ()

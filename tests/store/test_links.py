"""Who names whom and what is there twice, on every ledger."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import sqlalchemy

from dossier.model import ArchivalFacts, Box, Document, Found, Reference, ReferenceKind
from dossier.settings import StoreSettings
from store import Store, open_store
from store.schema import SCHEMA_VERSION


def found(value: str) -> Found:
    return Found(value, "p", Box(0, 0, 1, 1), 0.9, "test")


def paper(
    name: str, number: str, notation: str, organ: str = "UBND TỈNH", day: str = "2014-10-29", names: Sequence[tuple[str, str]] = ()
) -> Document:
    references = tuple(Reference(found(text), ReferenceKind.CITED, number=text, issued_date=date or None) for text, date in names)
    return Document(
        id=f"d-{name}",
        page_ids=(f"{name}-0001",),
        code_number=found(number),
        code_notation=found(notation),
        organ_name=found(organ),
        issued_date=found(day),
        references=references,
    )


@pytest.fixture
def dossiers(store: Store) -> tuple[str, str]:
    first, second = (store.ledger.register_dossier("/đợt", name, ArchivalFacts()).id for name in "ab")
    return first, second


def test_links_go_both_ways_and_across_dossiers(store: Store, dossiers: tuple[str, str]) -> None:
    first, second = dossiers
    store.catalogue.record(first, [paper("một", "2723", "QĐ-UBND")], [])
    store.catalogue.record(second, [paper("hai", "15", "TB-UBND", names=[("2723/QD-UBND", "2014-10-29"), ("99/KH-UBND", "")])], [])
    assert store.links.named_by("d-hai") == {0: ("d-một",)}
    assert store.links.naming("d-một") == ("d-hai",)
    assert store.links.naming("d-hai") == ()


@pytest.mark.parametrize(
    ("day", "linked"), [("2014-10-29", True), ("2014-10", True), ("2014", True), ("", True), ("2014-10-28", False), ("2015", False)]
)
def test_the_day_decides_as_far_as_it_is_known(store: Store, dossiers: tuple[str, str], day: str, linked: bool) -> None:
    documents = [paper("một", "2723", "QĐ-UBND"), paper("hai", "15", "TB-UBND", names=[("2723/QĐ-UBND", day)])]
    store.catalogue.record(dossiers[0], documents, [])
    assert store.links.naming("d-một") == (("d-hai",) if linked else ())


def test_party_and_state_joints_are_one_number(store: Store, dossiers: tuple[str, str]) -> None:
    store.catalogue.record(dossiers[0], [paper("một", "22", "NQ/TU"), paper("hai", "3", "KH-UBND", names=[("22-NQ/TU", "")])], [])
    assert store.links.naming("d-một") == ("d-hai",)


def test_a_document_does_not_name_itself(store: Store, dossiers: tuple[str, str]) -> None:
    store.catalogue.record(dossiers[0], [paper("một", "15", "QĐ-UBND", names=[("15/QĐ-UBND", "")])], [])
    assert store.links.named_by("d-một") == {}
    assert store.links.naming("d-một") == ()


def test_the_same_number_agency_and_day_is_the_same_paper(store: Store, dossiers: tuple[str, str]) -> None:
    first, second = dossiers
    store.catalogue.record(first, [paper("một", "05", "QĐ-UBND"), paper("ba", "05", "QĐ-UBND", organ="UBND HUYỆN")], [])
    store.catalogue.record(
        second, [paper("hai", "5", "QD-UBND", organ="Ubnd, tỉnh"), paper("bốn", "5", "QĐ-UBND", day="2015-10-29")], []
    )
    assert store.links.same_as("d-một") == ("d-hai",)
    assert store.links.same_as("d-ba") == ()


def test_what_is_stopped_or_gone_is_in_no_link(store: Store, dossiers: tuple[str, str]) -> None:
    first, second = dossiers
    one, two = paper("một", "2723", "QĐ-UBND"), paper("hai", "15", "TB-UBND", names=[("2723/QĐ-UBND", "")])
    store.catalogue.record(first, [one], [])
    store.catalogue.record(second, [two], [])
    store.catalogue.record(first, [], [one])
    assert store.links.named_by("d-hai") == {}
    store.catalogue.record(first, [one], [])
    store.catalogue.record(second, [], [])
    assert store.links.naming("d-một") == ()


def test_a_correction_moves_its_links(store: Store, dossiers: tuple[str, str]) -> None:
    store.catalogue.record(
        dossiers[0], [paper("một", "2723", "QĐ-UBND"), paper("hai", "15", "TB-UBND", names=[("272/QĐ-UBND", "")])], []
    )
    assert store.links.naming("d-một") == ()
    store.catalogue.record(
        dossiers[0], [paper("một", "2723", "QĐ-UBND"), paper("hai", "15", "TB-UBND", names=[("2723/QĐ-UBND", "")])], []
    )
    assert store.links.naming("d-một") == ("d-hai",)


SCANNED = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; xét đề nghị của Trưởng phòng Tài nguyên và Môi trường "
    "tại Tờ trình số 32/TTr-TNMT về việc giao đất tái định cư cho các hộ dân vùng sạt lở ven sông, Ủy ban nhân dân huyện quyết "
    "định giao 1.250 m2 đất cho hộ ông Trần Văn Thành, thường trú tại thôn Bến Cát, để làm nhà ở theo quy hoạch đã được phê duyệt."
)
OTHER = (
    "Kính gửi các phòng ban: đề nghị báo cáo công tác phòng chống thiên tai và tìm kiếm cứu nạn quý hai về Văn phòng trước ngày "
    "quy định để tổng hợp, báo cáo Ủy ban nhân dân tỉnh theo yêu cầu tại Công văn số 15/UBND-KT."
)


def test_a_second_scan_is_known_by_its_text(store: Store, dossiers: tuple[str, str]) -> None:
    first, second = dossiers
    one, two, three = (paper(name, str(number), "QĐ-UBND") for number, name in enumerate(("một", "hai", "ba"), 1))
    store.catalogue.record(first, [one], [], {one.id: SCANNED})
    again = SCANNED.replace("huyện", "huyen").replace("sông", "sòng sọc")
    store.catalogue.record(second, [two, three], [], {two.id: again, three.id: OTHER})
    ((identifier, likeness),) = store.links.rescans(one.id)
    assert identifier == two.id
    assert likeness > 0.6
    assert store.links.rescans(three.id) == ()
    store.catalogue.record(second, [three], [two], {})
    assert store.links.rescans(one.id) == ()


def test_a_ledger_of_before_gets_its_tables_when_it_opens(settings: StoreSettings) -> None:
    with open_store(settings, create=True) as store:
        url = store._database.engine.url
    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        for table in ("citations", "identities", "likeness_bands", "likenesses"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE counters SET value = 1 WHERE name = 'schema'")
    engine.dispose()
    with open_store(settings) as store:
        dossier = store.ledger.register_dossier("/đợt", "a", ArchivalFacts()).id
        store.catalogue.record(dossier, [paper("một", "1", "QĐ-UBND")], [])
        assert store.links.naming("d-một") == ()
        with store._database.read() as connection:
            assert connection.exec_driver_sql("SELECT value FROM counters WHERE name = 'schema'").scalar() == SCHEMA_VERSION

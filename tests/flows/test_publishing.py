"""From the outbox into a real index: acknowledged after the commit, repeated without harm, refilled when somebody emptied it."""

import shutil
import threading
import time

import pytest

from dossier.errors import Unavailable
from dossier.model import OPERATOR
from flows.assembly import assemble
from flows.publishing import consumer_of, publish, rebuild
from indexer import Question, parse_query
from indexer.embedded.rebuilding import EmbeddedRebuild
from store import Catalogue


@pytest.fixture
def filled(desk, scan, tmp_path, decision):
    """Three documents, assembled, not published."""
    subjects = ["giao đất", "thu hồi đất", "bổ nhiệm cán bộ"]
    texts = {}
    for number, subject in enumerate(subjects, start=15):
        scan(tmp_path / "a" / f"{number}.png", subject)
        texts[(f"{number}.png", 1)] = decision(str(number), subject)
    dossier = desk.admit(tmp_path / "a")
    desk.read(dossier, texts)
    assemble(desk.store.ledger.dossier(dossier.id), desk.store)
    return dossier


@pytest.fixture
def index(desk):
    opened = desk.workshop.open_index()
    yield opened
    opened.close()


def found(index, words):
    return sorted(hit.document_id for hit in index.search(Question(query=parse_query(words), reader=OPERATOR)).hits)


def test_what_was_published_is_found_and_acknowledged(desk, filled, index):
    consumer = publish(desk.store, index, desk.workshop.index_place)
    assert consumer == consumer_of(index, desk.workshop.index_place)
    assert len(found(index, "đất")) == 2
    assert len(found(index, "bo nhiem")) == 1
    assert (desk.store.catalogue.waiting(consumer), desk.store.catalogue.indexed(consumer)) == (0, 3)
    assert publish(desk.store, index, desk.workshop.index_place) == consumer
    assert index.stats().documents == 3


def test_a_kill_after_the_commit_and_before_the_acknowledgement_doubles_nothing(desk, filled, index, monkeypatch):
    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    monkeypatch.setattr(Catalogue, "acknowledge", killed)
    with pytest.raises(Killed):
        publish(desk.store, index, desk.workshop.index_place)
    monkeypatch.undo()
    assert index.stats().documents == 3
    assert desk.store.catalogue.waiting(consumer_of(index, desk.workshop.index_place)) == 3
    publish(desk.store, index, desk.workshop.index_place)
    assert (index.stats().documents, index.stats().pages) == (3, 3)
    assert desk.store.catalogue.waiting(consumer_of(index, desk.workshop.index_place)) == 0


def test_nothing_is_acknowledged_when_the_engine_refuses(desk, filled, index, monkeypatch):
    def away(*_):
        raise Unavailable(what="index", detail="away")

    monkeypatch.setattr(type(index), "write", away)
    with pytest.raises(Unavailable):
        publish(desk.store, index, desk.workshop.index_place)
    assert desk.store.catalogue.waiting(consumer_of(index, desk.workshop.index_place)) == 3
    monkeypatch.undo()
    publish(desk.store, index, desk.workshop.index_place)
    assert index.stats().documents == 3


def test_an_index_that_somebody_deleted_is_filled_again(desk, filled, index):
    publish(desk.store, index, desk.workshop.index_place)
    before = found(index, "đất")
    index.close()
    shutil.rmtree(desk.store.folder / "index")
    again = desk.workshop.open_index()
    publish(desk.store, again, desk.workshop.index_place)
    assert again.stats().documents == 3
    assert found(again, "đất") == before
    again.close()


def test_an_older_copy_of_an_index_is_brought_up_to_date(desk, filled, index, scan, tmp_path, decision):
    """A backup put back in place lacks documents that the outbox believes it has."""
    publish(desk.store, index, desk.workshop.index_place)
    index.close()
    shutil.copytree(desk.store.folder / "index", tmp_path / "backup")
    scan(tmp_path / "b" / "18.png", "sau")
    later = desk.admit(tmp_path / "b")
    desk.read(later, {("18.png", 1): decision("18", "đất rừng")})
    desk.run(tmp_path / "b")
    shutil.rmtree(desk.store.folder / "index")
    shutil.copytree(tmp_path / "backup", desk.store.folder / "index")
    restored = desk.workshop.open_index()
    assert len(found(restored, "đất")) == 2
    publish(desk.store, restored, desk.workshop.index_place)
    assert len(found(restored, "đất")) == 3
    restored.close()


def test_a_rebuilt_index_gives_the_same_answers(desk, filled, index):
    publish(desk.store, index, desk.workshop.index_place)
    questions = ["đất", "dat", '"thu hồi đất"', "15/QĐ-UBND", "cán bộ", "không có"]
    before = [found(index, words) for words in questions]
    old = consumer_of(index, desk.workshop.index_place)
    assert rebuild(desk.store, index, desk.workshop.index_place) == 3
    assert consumer_of(index, desk.workshop.index_place) != old
    assert [found(index, words) for words in questions] == before
    assert desk.store.catalogue.waiting(consumer_of(index, desk.workshop.index_place)) == 0
    assert desk.store.catalogue.indexed(consumer_of(index, desk.workshop.index_place)) == 3


def test_corrected_facts_reach_the_index_without_reading_a_page(desk, filled, index, tmp_path):
    publish(desk.store, index, desk.workshop.index_place)
    index.close()  # one writer at a time
    (tmp_path / "a" / "ho-so.yaml").write_text("phông: UBND huyện Mới\n")
    report = desk.run(tmp_path / "a")
    assert report.rows[0].indexed == 3
    from indexer import Filters

    question = Question(query=parse_query("đất"), filters=Filters(fonds=("UBND huyện Mới",)), reader=OPERATOR)
    assert len(index.search(question).hits) == 2


def test_an_absent_index_never_stops_reading(desk, scan, tmp_path, monkeypatch, decision):
    scan(tmp_path / "a" / "1.png", "x")
    dossier = desk.admit(tmp_path / "a")
    desk.read(dossier, {("1.png", 1): decision("15", "giao đất")})
    (desk.store.folder / "index").write_bytes(b"a file where a folder should be")
    report = desk.run(tmp_path / "a")
    assert isinstance(report.index_problem, Unavailable)
    assert desk.store.ledger.dossier(dossier.id).assembled
    (desk.store.folder / "index").unlink()
    again = desk.run(tmp_path / "a")
    assert again.index_problem is None
    assert again.rows[0].indexed == 1


@pytest.fixture
def another(desk, scan, tmp_path, decision):
    """Lets somebody digitise and publish one more dossier, beside whatever goes on."""

    def digitise(number):
        scan(tmp_path / f"more-{number}" / f"{number}.png", str(number))
        dossier = desk.admit(tmp_path / f"more-{number}")
        desk.read(dossier, {(f"{number}.png", 1): decision(str(number), "đất rừng")})
        assemble(desk.store.ledger.dossier(dossier.id), desk.store)
        beside = desk.workshop.open_index()
        try:
            publish(desk.store, beside, desk.workshop.index_place)
        finally:
            beside.close()

    return digitise


def test_what_is_digitised_during_a_rebuild_is_found_at_once_and_after_the_swap(desk, filled, index, another, monkeypatch):
    publish(desk.store, index, desk.workshop.index_place)
    index.close()  # one writer at a time
    seen = []
    real = EmbeddedRebuild.settle

    def settle_late(rebuilding):
        if not seen:
            another(21)
            seen.append(len(found(index, "đất")))  # in the old generation
        real(rebuilding)

    monkeypatch.setattr(EmbeddedRebuild, "settle", settle_late)
    assert rebuild(desk.store, index, desk.workshop.index_place) == 4
    assert seen == [3]
    assert len(found(index, "đất")) == 3
    assert desk.store.catalogue.waiting(consumer_of(index, desk.workshop.index_place)) == 0


def test_a_writer_that_meets_the_swap_brings_its_change_to_the_new_generation(desk, filled, index, another, monkeypatch):
    publish(desk.store, index, desk.workshop.index_place)
    index.close()
    real = Catalogue.forget
    writers = []

    def forget_late(catalogue, consumer):  # the last look at the outbox is over, the pointer has not moved yet
        if not writers:
            writers.append(threading.Thread(target=another, args=(22,)))
            writers[0].start()
            time.sleep(0.3)
        real(catalogue, consumer)

    monkeypatch.setattr(Catalogue, "forget", forget_late)
    assert rebuild(desk.store, index, desk.workshop.index_place) in (3, 4)
    index.close()  # as the command does
    writers[0].join()
    assert len(found(index, "đất")) == 3
    assert desk.store.catalogue.waiting(consumer_of(index, desk.workshop.index_place)) == 0

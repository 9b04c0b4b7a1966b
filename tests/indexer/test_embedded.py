"""What only the embedded engine has to stand: other processes, kills, engine errors, folders of other versions."""

import contextlib
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.errors import Unavailable
from dossier.model import OPERATOR
from dossier.settings import IndexSettings
from indexer import Facet, Filters, Index, Put, Question, better_spelling, open_index, parse_query
from indexer.embedded.seam import engine_errors
from indexer.plan import PrefixOf

Make = Callable[..., Put]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def opened(folder: Path) -> Index:
    return open_index(IndexSettings(), folder)


def ids(index: Index, text: str = "") -> list[str]:
    return sorted(hit.document_id for hit in index.search(Question(parse_query(text), limit=1000, reader=OPERATOR)).hits)


def test_what_was_acknowledged_is_there_after_opening_again(folder: Path, put: Make) -> None:
    index = opened(folder)
    index.write([put("d", "giấy")])
    index.close()
    again = opened(folder)
    assert ids(again, "giay") == ["d"]
    assert again.write([put("d", "bìa", version=0)])[0].kind == "stale"
    again.close()


def test_a_reader_sees_every_commit_and_every_swap(folder: Path, put: Make) -> None:
    writer, reader = opened(folder), opened(folder)
    assert ids(reader) == []
    writer.write([put("d", "giấy")])
    assert ids(reader) == ["d"]
    writer.write([put("e", "giấy")])
    assert ids(reader) == ["d", "e"]
    writer.close()
    with writer.rebuild() as fresh:
        fresh.write([put("f", "giấy")])
        assert ids(reader) == ["d", "e"]
    assert ids(reader) == ["f"]
    assert [path.name for path in folder.glob("v*")] == [reader.stats().generation]


def test_a_second_writer_is_told_to_come_back(folder: Path, put: Make) -> None:
    first, second = opened(folder), opened(folder)
    first.write([put("d", "giấy")])
    with pytest.raises(Unavailable, match="another process"):
        second.write([put("e", "giấy")])
    first.close()
    assert second.write([put("e", "giấy")])[0].kind == "done"
    assert ids(first) == ["d", "e"]
    second.close()


def test_a_write_waits_for_the_moment_of_the_swap_and_goes_to_the_new_generation(folder: Path, put: Make) -> None:
    index, other = opened(folder), opened(folder)
    with index.rebuild() as fresh:
        assert other.write([put("old", "giấy")])[0].kind == "done"
        assert ids(index) == ["old"]
        fresh.settle()
        writer = threading.Thread(target=lambda: other.write([put("late", "giấy")]))
        writer.start()
        fresh.write([put("new", "giấy")])
        time.sleep(0.2)
        assert writer.is_alive()
    writer.join()
    assert ids(index) == ids(other) == ["late", "new"]
    other.close()


def _rebuild_for_ever(folder: Path, put: Make, begun: Path) -> None:
    index = opened(folder)
    with index.rebuild() as fresh:
        fresh.write([put("n", "giấy")])
        begun.with_suffix(".new").write_text(fresh.generation)
        begun.with_suffix(".new").rename(begun)
        for number in range(100_000):
            fresh.write([put(f"n{number:05d}", "giấy")])


def test_a_rebuild_that_was_killed_leaves_the_old_generation_and_is_swept_by_the_next(
    folder: Path, put: Make, tmp_path: Path
) -> None:
    index, begun = opened(folder), tmp_path / "begun"
    index.write([put("old", "giấy")])
    process = multiprocessing.get_context("fork").Process(target=_rebuild_for_ever, args=(folder, put, begun))
    process.start()
    while not begun.exists():
        time.sleep(0.02)
    with pytest.raises(Unavailable, match="being_rebuilt"), index.rebuild():
        pass
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert index.write([put("more", "giấy")])[0].kind == "done"
    assert ids(index) == ["more", "old"]
    assert len(list(folder.glob("v*"))) == 2
    with index.rebuild() as fresh:
        fresh.write([put("whole", "giấy")])
    assert [path.name for path in folder.glob("v*")] == [index.stats().generation]
    assert ids(index) == ["whole"]
    index.close()


def _fill_a_full_disk(folder: Path, put: Make, said: Path) -> None:
    """No file of this process may grow beyond 64 KiB: what a full disk looks like to a program."""
    index = opened(folder)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
    try:
        with index.rebuild() as fresh:
            for number in range(40):
                texts = [" ".join(f"{number}x{page}x{word}" for word in range(300)) for page in range(20)]
                fresh.write([put(f"n{number:05d}", *texts)])
    except Unavailable as error:
        said.write_text(str(error))


def test_a_full_disk_is_a_clear_error_and_the_old_generation_answers(folder: Path, put: Make, tmp_path: Path) -> None:
    index, said = opened(folder), tmp_path / "said"
    index.write([put("old", "giấy")])
    process = multiprocessing.get_context("fork").Process(target=_fill_a_full_disk, args=(folder, put, said))
    process.start()
    process.join()
    assert "File too large" in said.read_text()
    assert ids(index) == ["old"]
    assert [path.name for path in folder.glob("v*")] == [index.stats().generation]
    index.close()


def _write_for_ever(folder: Path, put: Make, acknowledged: Path) -> None:
    index = opened(folder)
    with acknowledged.open("a") as file:
        for number in range(10_000):
            index.write([put(f"d{number:05d}", "giấy", "bìa")])
            print(number, file=file, flush=True)


def test_a_kill_loses_nothing_that_was_acknowledged(folder: Path, put: Make, tmp_path: Path) -> None:
    acknowledged = tmp_path / "acknowledged"
    process = multiprocessing.get_context("fork").Process(target=_write_for_ever, args=(folder, put, acknowledged))
    process.start()
    while not (acknowledged.exists() and acknowledged.read_text().count("\n") >= 5):
        time.sleep(0.02)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    count = acknowledged.read_text().count("\n")
    index = opened(folder)
    found = ids(index, "giấy")
    assert count <= len(found) <= count + 1
    assert index.write([put("after", "giấy")])[0].kind == "done"
    assert index.stats().pages == 2 * len(found) + 1 or index.stats().pages == 2 * len(found) + 3  # pages commit first
    index.close()


def test_a_broken_batch_leaves_the_index_usable(folder: Path, put: Make) -> None:
    index = opened(folder)
    index.write([put("d", "giấy")])
    generation = index._open()  # type: ignore[attr-defined]
    _, pages = generation._writers
    pages.wait_merging_threads()  # uses the writer up: the next add fails as after a crash of a worker thread
    with pytest.raises(Unavailable):
        index.write([put("e", "giấy")])
    assert index.write([put("e", "giấy")])[0].kind == "done"
    assert ids(index) == ["d", "e"]
    index.close()


def test_a_panic_of_the_engine_is_no_crash_of_ours(folder: Path) -> None:
    import tantivy

    schema = tantivy.SchemaBuilder().add_text_field("a").build()
    with pytest.raises(Unavailable, match="engine failed"), engine_errors(folder):
        tantivy.Index(schema).searcher().search(tantivy.Query.all_query(), limit=0)
    with pytest.raises(KeyboardInterrupt), engine_errors(folder):
        raise KeyboardInterrupt


def test_an_index_of_another_version_asks_for_a_rebuild(folder: Path, put: Make) -> None:
    opened(folder).close()
    (folder / "v2-1" / "format.json").write_text('{"schema": "v0"}')
    index = opened(folder)
    assert not index.health().ready
    assert index.health().detail == "problem.other_version"
    with pytest.raises(Unavailable, match="other_version"):
        index.search(Question(reader=OPERATOR))
    with pytest.raises(Unavailable, match="other_version"):
        index.write([put("d", "giấy")])
    with index.rebuild() as fresh:
        fresh.write([put("d", "giấy")])
    assert ids(index) == ["d"]


def test_a_folder_that_cannot_be_used_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable):
        opened(tmp_path / "file")


def test_the_face_imports_no_engine() -> None:
    code = "import sys, indexer; sys.exit('tantivy' in sys.modules or 'elasticsearch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_many_threads_ask_while_one_writes(folder: Path, put: Make) -> None:
    index = opened(folder)
    index.write([put("d0", "giấy", type_name="Báo cáo")])
    counts: list[list[int]] = []

    def ask() -> None:
        counts.append(
            [index.search(Question(parse_query("giấy"), facets=(Facet.TYPE,), reader=OPERATOR)).total.value for _ in range(40)]
        )

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 10):
        index.write([put(f"d{number}", "giấy"), put("d0", "giấy", version=number + 1)])
    for thread in threads:
        thread.join()
    assert len(counts) == 4
    assert all(seen == sorted(seen) and seen[0] >= 1 for seen in counts)  # never a half batch
    assert ids(index, "giấy") == [f"d{number}" for number in range(10)]
    index.close()


def test_no_sign_in_a_beginning_breaks_the_question(tmp_path):
    """Signs that a regular expression would read, those that it refuses to have escaped, and control characters."""
    signs = [chr(code) for code in [*range(0x21, 0x180), 0x1, 0xE, 0x2028, 0x12000, 0x1F600] if not chr(code).isalnum()]
    with contextlib.closing(open_index(IndexSettings(), tmp_path)) as index:
        for sign in signs:
            for beginning in (sign, f"a{sign}b"):
                index.search(Question(filters=Filters(number=(beginning,), branch=(beginning,)), reader=OPERATOR))
                index.suggest(beginning, reader=OPERATOR)
                better_spelling(index, beginning, reader=OPERATOR)
                index.count(PrefixOf("number_key", beginning), reader=OPERATOR)

"""A printed stamp MẬT, TỐI MẬT or TUYỆT MẬT stops its page wherever and however it was pressed; ordinary pages go through.

Pages are printed, stamped (tilt, place, one frame, two or none), worn, read by the real engine and judged by the real rules. The
benchmark `secrecy` does the same with many more.
"""

import random
from dataclasses import replace

import pytest
from PIL import Image

from benchmarks.secrecy import Case, judge_page
from dossier.model import PageKind, PageScan, Secrecy
from dossier.settings import IntakeSettings, OcrSettings
from metadata import secrecy_mark
from ocr import Reader, open_reader, open_scan, read_page
from sample_printer import RECIPES, damage, print_document
from sample_printer.secrecy_stamps import SecrecyStamp, press_stamp
from sample_printer.writing import write_document

SECRET_PAGES, ORDINARY_PAGES = 16, 16


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The reader as it comes."""
    return open_reader(OcrSettings(), IntakeSettings())


@pytest.fixture
def stamped(reader, tmp_path):
    """Prints a letter, presses stamps on it, wears it and reads it: `stamped(stamp, recipe)`."""

    def make(stamp, recipe, *, dpi=150, paragraphs=4):
        rng = random.Random(7)
        spec = replace(write_document(rng, type_name="Công văn", paragraphs=paragraphs), priority=None)
        page = press_stamp(print_document(spec, rng=rng, dpi=dpi)[0], stamp, rng=rng)
        path = tmp_path / "cong-van.png"
        Image.fromarray(damage(page, RECIPES[recipe], rng).image).save(path, dpi=(dpi, dpi))
        scan = open_scan(path, IntakeSettings())
        return read_page(PageScan(scan.path, scan.sha256, scan.format, 1), reader).page

    return make


@pytest.mark.slow
def test_stamped_pages_stop(tmp_path):
    judged = [judge_page(tmp_path, Case(number, secret=True)) for number in range(1000, 1000 + SECRET_PAGES)]
    assert [each.told for each in judged if each.found is None] == []
    assert sum(each.found != each.words for each in judged) <= 2


@pytest.mark.slow
def test_ordinary_pages_do_not_stop(tmp_path):
    judged = [judge_page(tmp_path, Case(number, secret=False)) for number in range(1000, 1000 + ORDINARY_PAGES)]
    assert [(each.told, each.found) for each in judged if each.found is not None] == []


@pytest.mark.parametrize("recipe", ["office", "photocopy", "bilevel"])
def test_a_tilted_stamp_of_two_frames_stops_its_page(stamped, recipe):
    found = secrecy_mark(stamped(SecrecyStamp("TỐI MẬT", place="right", tilt_deg=4), recipe))
    assert found is not None
    assert found.value == Secrecy.SECRET


def test_a_violet_stamp_over_print_is_read_without_it(stamped):
    found = secrecy_mark(stamped(SecrecyStamp("TUYỆT MẬT", place="over print", ink="violet", tilt_deg=-3), "office", dpi=200))
    assert found is not None
    assert found.value == Secrecy.TOP_SECRET


@pytest.mark.parametrize("tilt", [-6.0, 4.0])
def test_a_stamp_over_print_on_a_grey_copy_stops_unread(stamped, tilt):
    page = stamped(SecrecyStamp("TUYỆT MẬT", place="over print", tilt_deg=tilt), "photocopy", dpi=200)
    assert secrecy_mark(page) is not None


def test_a_stamp_of_another_meaning_over_print_does_not_stop(stamped):
    page = stamped(SecrecyStamp("HỎA TỐC", tilt_deg=3), "photocopy", dpi=200)
    assert secrecy_mark(page) is None
    assert not [verdict for verdict in page.verdicts if verdict.kind is PageKind.UNREAD_STAMP]

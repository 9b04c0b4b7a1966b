"""Pages with a transcription: which lines count, which are optional, where the page lies."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.given_pages import drawn_pages, given_pages, real_scans, transcribed_scans


def folder(place: Path) -> Path:
    """One real scan with one transcribed page, one without, one drawn page, one without an image."""
    (place / "real").mkdir()
    (place / "synthetic").mkdir()
    for name in ("a.pdf", "b.jpg", "README.md"):
        (place / "real" / name).write_bytes(b"")
    (place / "real" / "a.p2.gt.txt").write_text("Thời gian ký: 19/02/2025\nQUYẾT ĐỊNH\nHỎA TỐC\n", encoding="utf-8")
    notes = {"_overlay_lines": ["Thời gian ký: 19/02/2025"], "_stamp_lines": ["HỎA TỐC"]}
    (place / "real" / "a.p2.meta.json").write_text(json.dumps(notes), encoding="utf-8")
    drawn = {
        "level": 3,
        "rotation_ccw": 270,
        "optional": ["SỞ Y TẾ"],
        "zones": {"title": ["BÁO CÁO"], "recipients": ["Nơi nhận:"], "signature": ["GIÁM ĐỐC", "Lê Lan"]},
    }
    for name in ("L3_1", "L3_2"):
        (place / "synthetic" / f"{name}.json").write_text(json.dumps(drawn), encoding="utf-8")
    (place / "synthetic" / "L3_1.jpg").write_bytes(b"")
    return place


def test_stamps_and_overlays_of_real_pages_are_optional(tmp_path: Path) -> None:
    page = given_pages(folder(tmp_path))[0]
    assert (page.path.name, page.number, page.set_name, page.turn_deg) == ("a.pdf", 2, "real", 0)
    assert page.lines == ("QUYẾT ĐỊNH",)
    assert page.optional == ("Thời gian ký: 19/02/2025", "HỎA TỐC")


def test_drawn_pages_know_their_turn_and_their_closing_block(tmp_path: Path) -> None:
    _, page = given_pages(folder(tmp_path))
    assert (page.path.name, page.set_name, page.turn_deg) == ("L3_1.jpg", "L3", 270)
    assert page.lines == ("BÁO CÁO", "Nơi nhận:", "GIÁM ĐỐC", "Lê Lan")
    assert (page.signature, page.closing) == (("GIÁM ĐỐC", "Lê Lan"), ("Nơi nhận:", "GIÁM ĐỐC", "Lê Lan"))


def test_scans_without_a_transcription_are_scans_all_the_same(tmp_path: Path) -> None:
    data = folder(tmp_path)
    assert [path.name for path in real_scans(data)] == ["a.pdf", "b.jpg"]
    assert [path.name for path in transcribed_scans(data)] == ["a.pdf"]
    assert [path.name for path in drawn_pages(data)] == ["L3_1.jpg"]

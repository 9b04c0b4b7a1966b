"""The contract of `sohoa` with other programs: names, exit codes, shapes, languages. Always the real command as a child process."""

import json
import shutil
import subprocess
import sys
import unicodedata
from datetime import datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_scans"
LETTER = SAMPLES / "05-hdnd-huyen-dong-khe-2016" / "03-giay-moi.jpg"
TWO_PAGES = SAMPLES / "06-cong-tac-bao-mat-2019" / "02-bao-cao-mat.pdf"
FIELDS = {
    *("organName", "parentOrganName", "codeNumber", "codeNotation", "issuedPlace", "issuedDate", "typeName", "subject"),
    *("signerName", "signerPosition", "signerAuthority", "toPlaces", "secrecy", "priority", "language", "mode", "autograph"),
}


def test_a_batch_ends_with_a_table_and_what_needs_a_person(digitised):
    said = digitised.said
    assert said.returncode == 3
    for heading in ("Kết quả số hóa", "Hồ sơ", "Tệp", "Trang", "Trắng", "Cần người xem lại"):
        assert heading in said.stdout
    assert "04-ban-quet-hong.pdf" in said.stdout
    assert "Trang mang dấu độ mật" in " ".join(said.stdout.split())
    assert "7/7" in said.stderr
    assert "Traceback" not in said.stderr


def test_status_adds_up_in_json_and_in_words(digitised, sohoa):
    said = sohoa("status", "--json", "--store", digitised.store)
    assert said.returncode == 0
    counts = json.loads(said.stdout)
    assert set(counts) == {"dossiers", "files", "pages", "documents", "documents_stopped", "adds_up", "index"}
    assert counts["dossiers"] == 3
    assert counts["files"] == {"counted": 0, "open": 6, "set_aside": 1, "duplicate": 1, "replaced": 0}
    pages = dict(counts["pages"])
    assert pages.pop("expected") == sum(pages.values()) == 8
    assert (pages["stopped"], pages["duplicate"], pages["pending"]) == (3, 1, 0)
    index = counts["index"]
    assert index["indexed"] == index["documents"] == counts["documents"]
    assert (index["engine"], index["waiting"], index["rejected"], index["needs_reindex"]) == ("embedded", 0, 0, False)
    assert (digitised.store / "index" / index["generation"]).is_dir()
    assert index["size_bytes"] > 0
    assert index["made_by"].keys() == {"schema", "analysis", "engine", "pairs"}
    assert datetime.fromisoformat(index["answering_since"]) <= datetime.now().astimezone()
    in_words = sohoa("status", "--store", digitised.store)
    assert "Số liệu khớp" in in_words.stdout


def test_running_again_reads_nothing_and_says_the_same(digitised_copy, sohoa):
    pages = {path: path.stat().st_mtime_ns for path in digitised_copy.store.glob("dossiers/*/pages/*")}
    said = sohoa("digitise", digitised_copy.scans, "--store", digitised_copy.store)
    assert said.returncode == 3
    assert said.stdout == digitised_copy.said.stdout
    assert {path: path.stat().st_mtime_ns for path in digitised_copy.store.glob("dossiers/*/pages/*")} == pages


def test_search_with_and_without_accents(digitised, sohoa):
    with_accents = sohoa("search", "giấy mời", "--json", "--store", digitised.store)
    without = sohoa("search", "giay moi", "--json", "--store", digitised.store)
    assert with_accents.returncode == without.returncode == 0
    answer = json.loads(with_accents.stdout)
    assert set(answer) == {"query", "interpreted", "total", "items"}
    assert answer["query"] == "giấy mời"
    assert answer["total"]["value"] >= 1
    item = answer["items"][0]
    assert {"id", "dossier", "number", "score", "pages", "snippets", "page_count", *FIELDS} <= set(item)
    assert item["id"] in {one["id"] for one in json.loads(without.stdout)["items"]}
    assert "<em>" in "".join(item["snippets"])
    shown = sohoa("search", "giấy mời", "--store", digitised.store)
    assert item["id"] in shown.stdout


def test_filters_and_limit(digitised, sohoa):
    limited = sohoa("search", "ngày", "--json", "--limit", "1", "--store", digitised.store)
    assert len(json.loads(limited.stdout)["items"]) == 1
    none = sohoa("search", "ngày", "--json", "--year", "1890", "--store", digitised.store)
    assert (none.returncode, json.loads(none.stdout)["items"]) == (0, [])
    assert "Không tìm thấy" in sohoa("search", "khôngcótừnày", "--store", digitised.store).stdout


def test_nothing_of_a_secret_paper_is_found(digitised, sohoa):
    truth = json.loads((SAMPLES / "06-cong-tac-bao-mat-2019" / "02-bao-cao-mat.pdf.truth.json").read_text())
    subject = truth["documents"][0]["subject"]
    assert subject
    said = sohoa("search", f'"{subject}"', "--json", "--store", digitised.store)
    assert json.loads(said.stdout)["items"] == []


def test_reindex_without_reading_gives_the_same_answers(digitised_copy, sohoa, tmp_path):
    def answers():
        said = sohoa("search", "cộng hòa", "--json", "--store", digitised_copy.store)
        return [item["id"] for item in json.loads(said.stdout)["items"]]

    before = answers()
    assert before
    shutil.rmtree(digitised_copy.store / "index")
    tools = tmp_path / "bin"  # no Tesseract, no poppler: reindexing must not need them
    tools.mkdir()
    said = sohoa("reindex", "--store", digitised_copy.store, PATH=str(tools))
    assert said.returncode == 0, said.stderr
    assert f"{len(before)}" in said.stdout
    assert answers() == before


def test_read_gives_words_with_boxes(sohoa):
    said = sohoa("read", LETTER, "--format", "json")
    assert said.returncode == 0, said.stderr
    (page,) = json.loads(said.stdout)["pages"]
    assert set(page) >= {"number", "width", "height", "dpi", "rotation_deg", "skew_deg", "engine", "confidence", "lines"}
    for line in page["lines"]:
        assert set(line) >= {"box", "text", "confidence", "words"}
        assert line["text"] == " ".join(word["text"] for word in line["words"])
        x0, y0, x1, y1 = line["box"]
        assert 0 <= x0 <= x1 <= page["width"]
        assert 0 <= y0 <= y1 <= page["height"]


def test_read_gives_text_with_form_feeds_between_pages(sohoa):
    said = sohoa("read", TWO_PAGES)
    assert said.returncode == 0, said.stderr
    pages = said.stdout.split("\f")
    assert len([page for page in pages if page.strip()]) == 2
    assert unicodedata.is_normalized("NFC", said.stdout)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]


def test_describe_gives_every_field_or_null(sohoa):
    said = sohoa("describe", LETTER, "--format", "json")
    assert said.returncode == 0, said.stderr
    (document,) = json.loads(said.stdout)["documents"]
    parts = {"number", "pageAmount", "arrival", "digitalSignatures", "coIssuers", "annexes", "references", "mentions", "units"}
    parts |= {"record", "doubts", "boundary"}
    assert set(document) == {"pages", *FIELDS, *parts, "confidence", "evidence"}
    assert document["pages"] == [1, 1]
    found = {name for name in FIELDS if document[name]}
    assert found == set(document["confidence"]) == set(document["evidence"])
    assert all(0 <= value <= 1 for value in document["confidence"].values())
    assert document["typeName"] == "Giấy mời"
    one = document["evidence"]["typeName"]
    assert one["page"] == 1
    assert len(one["box"]) == 4


@pytest.mark.parametrize(
    ("language", "words", "code", "sentence"),
    [
        ("vi", ["search", '"chưa đóng'], 2, "thiếu dấu ngoặc kép đóng"),
        ("en", ["search", '"chưa đóng'], 2, "quote"),
        ("vi", ["digitise", "/không/có"], 2, ""),
        ("vi", ["digitise"], 2, ""),
        ("vi", ["nấu cơm"], 2, ""),
        ("vi", ["read", "{broken}"], 3, "Tệp hỏng"),
        ("en", ["describe", "{broken}"], 3, "damaged"),
        ("vi", ["digitise", "{empty}"], 2, "Không có tệp quét nào"),
        ("vi", ["search", "x", "--store", "{nothing}"], 2, "Không tìm thấy"),
        ("en", ["status", "--store", "{nothing}"], 2, "no store"),
    ],
)
def test_errors_have_exit_codes_and_sentences(sohoa, digitised, tmp_path, language, words, code, sentence):
    (tmp_path / "rỗng").mkdir()
    places = {
        "broken": SAMPLES / "05-hdnd-huyen-dong-khe-2016" / "04-ban-quet-hong.pdf",
        "empty": tmp_path / "rỗng",
        "nothing": tmp_path / "không có",
    }
    words = [word.format(**places) for word in words]
    if "--store" not in words and words[0] in ("search", "digitise"):
        words += ["--store", str(digitised.store)]
    said = sohoa(*words, "--lang", language)
    assert said.returncode == code, said.stderr
    assert "Traceback" not in said.stderr
    assert sentence.casefold() in " ".join(said.stderr.replace("│", " ").split()).casefold()
    assert said.stdout == ""


def test_the_language_may_stand_anywhere(sohoa, digitised):
    said = {
        sohoa("--lang", "en", "status", "--store", digitised.store).stdout,
        sohoa("status", "--lang=en", "--store", digitised.store).stdout,
        sohoa("status", "--store", digitised.store, "--lang", "en").stdout,
    }
    assert len(said) == 1
    assert "Pages" in said.pop()
    assert sohoa("status", "--lang", "fr", "--store", digitised.store).returncode == 2


def test_a_bad_setting_is_named(sohoa, digitised):
    said = sohoa("status", "--store", digitised.store, FLOWS__JOBS="nhiều")
    assert said.returncode == 2
    assert "SOHOA_FLOWS__JOBS" in said.stderr


def test_an_absent_search_engine_is_a_failure_not_a_usage_error(sohoa, digitised):
    urls = '["http://127.0.0.1:9"]'
    said = sohoa("search", "x", "--index", "elasticsearch", "--store", digitised.store, INDEX__URLS=urls)
    assert said.returncode == 1
    status = sohoa("status", "--json", "--index", "elasticsearch", "--store", digitised.store, INDEX__URLS=urls)
    assert status.returncode == 0
    assert "problem" in json.loads(status.stdout)["index"]


def test_every_command_has_help_in_both_languages(sohoa):
    said = sohoa("--help")
    commands = ("digitise", "read", "describe", "search", "serve", "status", "reindex", "doctor")
    assert said.returncode == 0
    assert all(command in said.stdout for command in commands)
    vietnamese, english = (sohoa("digitise", "--help", "--lang", language).stdout for language in ("vi", "en"))
    assert "Số hóa" in vietnamese
    assert "Digitise" in english
    for option in ("--store", "--index", "--jobs", "--watch"):
        assert option in vietnamese


def test_doctor_says_what_is_there_and_what_is_missing(sohoa, tmp_path):
    said = sohoa("doctor", "--store", tmp_path / "kho")
    assert said.returncode == 0, said.stdout
    assert not (tmp_path / "kho").exists()
    tools = tmp_path / "bin"
    tools.mkdir()
    poor = sohoa("doctor", "--store", tmp_path / "kho", PATH=str(tools))
    assert poor.returncode == 1
    assert "apt-get install" in " ".join(poor.stdout.split())
    stopped = sohoa("digitise", LETTER, "--store", tmp_path / "kho", PATH=str(tools))
    assert stopped.returncode == 1
    assert "apt-get install" in stopped.stderr


def test_the_module_is_the_command(environment):
    command = [sys.executable, "-m", "flows", "--help"]
    said = subprocess.run(command, env=environment({}), cwd=ROOT, capture_output=True, check=False)
    assert said.returncode == 0
    assert b"digitise" in said.stdout

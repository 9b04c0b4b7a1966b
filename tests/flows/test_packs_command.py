"""`sohoa packs`: lists, shows, and tries packs on printed forms with the real reader."""

import shutil

import pytest

from sample_printer.form_samples import write_form_samples


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The forms of one pack, as printed and as a photocopy."""
    folder = tmp_path_factory.mktemp("forms")
    assert len(write_form_samples(folder, seed=11, only="ly-lich-tu-phap")) == 4
    return folder


def test_packs_are_listed_in_either_language(sohoa):
    said = sohoa("packs", "list")
    assert said.returncode == 0, said.stderr
    assert "ho-tich" in said.stdout
    assert "Hồ sơ gói thầu" in said.stdout
    assert "Procurement dossier" in sohoa("--lang", "en", "packs", "list").stdout


def test_a_pack_is_shown_with_its_classes_of_personal_data(sohoa):
    said = sohoa("packs", "show", "--pack", "ly-lich-tu-phap")
    assert said.returncode == 0, said.stderr
    assert "Tình trạng án tích" in said.stdout
    assert "nhạy cảm" in said.stdout
    assert "to-khai-ly-lich" in said.stdout


def test_what_is_missing_is_told(sohoa, tmp_path):
    assert sohoa("packs", "show").returncode == 2
    assert "ho-tich" in sohoa("packs", "show").stderr
    assert "--samples" in sohoa("packs", "test").stderr
    assert "khong-co" in sohoa("packs", "show", "--pack", "khong-co").stderr
    empty = sohoa("packs", "test", "--samples", tmp_path)
    assert (empty.returncode, "Không có tệp mẫu" in empty.stdout) == (1, True)


def test_a_broken_pack_of_the_office_is_told_with_its_line(sohoa, tmp_path):
    (tmp_path / "x.yaml").write_text("id: x\nnmae: y\n", encoding="utf-8")
    said = sohoa("packs", "list", METADATA__PACKS=str(tmp_path))
    assert said.returncode == 2
    assert "x.yaml, dòng 2" in said.stderr


def test_packs_read_printed_forms(sohoa, samples):
    said = sohoa("packs", "test", "--samples", samples, "--limit", "0.85")
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.count("Nhận ra") == 4
    assert "4/4 giấy tờ nhận đúng" in said.stdout


def test_below_the_limit_the_command_fails_and_shows_the_field(sohoa, samples, tmp_path):
    scan = next(samples.rglob("*phieu-ly-lich-clean.pdf"))
    shutil.copy(scan, tmp_path)
    wrong = 'pack: ly-lich-tu-phap\npaper: phieu-ly-lich\nfields:\n  fullName: "NGƯỜI KHÁC"\n'
    (tmp_path / f"{scan.name}.expected.yaml").write_text(wrong, encoding="utf-8")
    said = sohoa("packs", "test", "--samples", tmp_path)
    assert said.returncode == 1
    assert "NGƯỜI KHÁC" in said.stdout
    assert "0/1 trường đúng" in said.stdout


def test_a_sample_file_that_says_nothing_is_told(sohoa, tmp_path):
    (tmp_path / "a.pdf.expected.yaml").write_text("pack: x\n", encoding="utf-8")
    said = sohoa("packs", "test", "--samples", tmp_path)
    assert said.returncode == 2
    assert "a.pdf.expected.yaml" in said.stderr

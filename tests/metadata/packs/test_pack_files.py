"""Packs as files: what is wrong is told with its line, an office's own packs stand beside the product's."""

import re
from pathlib import Path

import pytest

from dossier.errors import BadFacts, NotFound
from dossier.messages import Messages
from metadata.packs import load_packs, own_packs
from metadata.packs.loading import SHIPPED

PACK = """\
id: cap-nuoc
name: {vi: Hồ sơ cấp nước, en: Water supply}
retention: {term: 10 năm, source: Quy định của cơ quan}
access: "01"
papers:
  - id: hop-dong-cap-nuoc
    name: Hợp đồng cấp nước
    type: Hợp đồng
    anchors:
      - {text: HỢP ĐỒNG CẤP NƯỚC, weight: 0.9, at: title}
    fields:
      - {name: customer, label: Khách hàng, after: [Tên khách hàng], kind: person}
"""


def write(folder: Path, text: str, name: str = "cap-nuoc.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_pack_loads(tmp_path):
    (pack,) = own_packs(write(tmp_path, PACK))
    assert (pack.id, pack.name, pack.access, pack.retention.checked) == ("cap-nuoc", "Hồ sơ cấp nước", "01", False)
    assert pack.papers[0].fields[0].after == ("Tên khách hàng",)


BROKEN = {
    "unknown key": (("access:", "acces:"), 4, "acces", "facts.unknown"),
    "missing key": (('access: "01"\n', ""), 1, "access", "pack.missing"),
    "twice": (('access: "01"', 'access: "01"\naccess: "02"'), 5, "access", "facts.twice"),
    "access": (('"01"', '"04"'), 4, "access", "pack.not_one_of"),
    "id": (("id: cap-nuoc", "id: Cấp nước"), 1, "id", "pack.not_an_id"),
    "paper id": (("id: hop-dong-cap-nuoc", "id: hop_dong"), 6, "id", "pack.not_an_id"),
    "name": (("name: customer", "name: Khách"), 12, "name", "pack.not_a_name"),
    "weight": (("weight: 0.9", "weight: nhiều"), 10, "weight", "pack.not_a_number"),
    "weight too great": (("weight: 0.9", "weight: 9"), 10, "weight", "pack.not_a_number"),
    "place": (("at: title", "at: top"), 10, "at", "pack.not_one_of"),
    "kind": (("kind: person", "kind: people"), 12, "kind", "pack.not_one_of"),
    "labels": (("after: [Tên khách hàng]", "after: []"), 12, "after", "pack.not_a_list"),
    "empty label": (("after: [Tên khách hàng]", 'after: [""]'), 12, "after", "pack.not_texts"),
    "pattern": (("kind: person", "pattern: '('"), 12, "pattern", "pack.not_a_pattern"),
    "pattern wanted": (("kind: person", "where: text"), 12, "where", "pack.text_needs_pattern"),
    "section": (("kind: person", "in: buyer"), 12, "in", "pack.not_one_of"),
    "table": (("retention: {term: 10 năm, source: Quy định của cơ quan}", "retention: 10 năm"), 3, "term", "pack.not_a_table"),
    "list": (
        ("anchors:\n      - {text: HỢP ĐỒNG CẤP NƯỚC, weight: 0.9, at: title}", "anchors: không"),
        9,
        "anchors",
        "pack.not_a_list",
    ),
    "required": (('access: "01"', 'access: "01"\nrequired:\n  - papers: [don]'), 6, "required", "pack.no_such_paper"),
    "checklist": (('access: "01"', 'access: "01"\nchecklist: item'), 5, "checklist", "pack.no_such_field"),
    "no YAML": (("papers:", "papers: {"), 7, "YAML", "facts.yaml"),
}


@pytest.mark.parametrize(("change", "line", "key", "problem"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_wrong_is_told_with_its_line(change, line, key, problem, tmp_path):
    broken = PACK.replace(*change, 1)
    assert broken != PACK
    with pytest.raises(BadFacts) as error:
        own_packs(write(tmp_path, broken))
    facts = error.value.facts
    assert (facts["file"], facts["key"], facts["problem"]) == ("cap-nuoc.yaml", key, problem)
    assert abs(int(facts["line"]) - line) <= (1 if key == "YAML" else 0)
    for language in ("vi", "en"):
        sentence = Messages(language).error(error.value)
        assert problem not in sentence
        assert "cap-nuoc.yaml" in sentence


def test_all_problems_have_sentences():
    source = "".join(path.read_text(encoding="utf-8") for path in SHIPPED.parent.glob("*.py"))
    asked = set(re.findall(r'"(pack\.[a-z_]+)"', source))
    assert len(asked) > 12
    assert asked <= Messages("vi").keys()


def test_an_empty_file_and_two_packs_of_one_id(tmp_path):
    with pytest.raises(BadFacts) as empty:
        own_packs(write(tmp_path, "# nothing\n"))
    assert empty.value.facts["problem"] == "pack.empty"
    write(write(tmp_path, PACK), PACK, "other.yaml")
    with pytest.raises(BadFacts) as twice:
        own_packs(tmp_path)
    assert (twice.value.facts["file"], twice.value.facts["problem"]) == ("other.yaml", "pack.same_id")


def test_not_utf8(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"id: x\nname: \xe1\xfa\n")
    with pytest.raises(BadFacts) as error:
        own_packs(tmp_path)
    assert (error.value.facts["line"], error.value.facts["problem"]) == (2, "facts.not_utf8")


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(NotFound):
        load_packs(tmp_path / "none")


def test_an_office_adds_and_replaces_packs(tmp_path):
    write(tmp_path, PACK)
    write(tmp_path, PACK.replace("id: cap-nuoc", "id: ho-tich"), "ho-tich.yaml")
    packs = {pack.id: pack for pack in load_packs(tmp_path)}
    shipped = {pack.id: pack for pack in load_packs()}
    assert packs.keys() == shipped.keys() | {"cap-nuoc"}
    assert packs["ho-tich"].name == "Hồ sơ cấp nước"
    assert packs["dat-dai"] is shipped["dat-dai"]


def test_a_changed_file_is_read_again(tmp_path):
    import os

    write(tmp_path, PACK)
    assert own_packs(tmp_path)[0].access == "01"
    write(tmp_path, PACK.replace('"01"', '"02"'))
    os.utime(tmp_path / "cap-nuoc.yaml", (2, 2))
    assert own_packs(tmp_path)[0].access == "02"


def test_every_shipped_pack_says_what_it_is(packs):
    assert len(packs) >= 20
    for pack in packs:
        assert pack.name != pack.name_en
        assert pack.papers
        for paper in pack.papers:
            assert any(anchor.weight > 0 for anchor in paper.anchors), paper.id
            assert sum(anchor.weight for anchor in paper.anchors if anchor.weight > 0) >= 0.6, f"{paper.id} can never be recognised"

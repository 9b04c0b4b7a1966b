"""OAI-PMH 2.0: verbs and errors against the protocol's own schema, harvests in parts while documents change, what is deleted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from dossier.model import Access, AccessLevel, ArchivalFacts, BaseAccess, Box, Document, Found
from dossier.settings import ApiSettings, Settings, SharingSettings, StoreSettings
from search_api.oai.arguments import VERBS
from store import Store, open_store

SCHEMAS = Path(__file__).parent / "schemas"
NAMES = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "d": "http://www.openarchives.org/OAI/2.0/oai_dc/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SCHEMA = etree.XMLSchema(etree.parse(str(SCHEMAS / "harvest.xsd"), etree.XMLParser(no_network=True)))


@dataclass
class Harvester:
    """A client of the protocol that holds every answer against the schema."""

    site: httpx.Client
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, *, post: bool = False, **arguments: str) -> etree._Element:
        """One answer; `from_` stands for the argument `from`."""
        sent = {name.rstrip("_"): value for name, value in arguments.items()}
        if post:
            answer = self.site.post("/oai", data=sent, headers=self.headers)
        else:
            answer = self.site.get("/oai", params=sent, headers=self.headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/xml; charset=utf-8"
        root = etree.fromstring(answer.content)
        SCHEMA.assertValid(root)
        return root

    def error(self, **arguments: str) -> str:
        """The code of the one error of an answer."""
        (code,) = self.ask(**arguments).xpath("o:error/@code", namespaces=NAMES)
        return str(code)

    def parts(self, verb: str = "ListIdentifiers", **arguments: str) -> Iterator[etree._Element]:
        """The answers of a list, one after the other."""
        part = self.ask(verb=verb, metadataPrefix="oai_dc", **arguments)
        yield part
        while token := part.findtext(".//o:resumptionToken", namespaces=NAMES):
            part = self.ask(verb=verb, resumptionToken=token)
            yield part

    def harvest(self, **arguments: str) -> dict[str, str]:
        """Identifier of a document -> its status."""
        found: dict[str, str] = {}
        for part in self.parts(**arguments):
            for header in part.iterfind(".//o:header", NAMES):
                identifier = str(header.findtext("o:identifier", namespaces=NAMES)).removeprefix("oai:sohoa:")
                assert identifier not in found
                found[identifier] = header.get("status", "live")
        return found


@pytest.fixture
def harvester(site) -> Harvester:
    return Harvester(site)


def paper(number: int, subject: str = "Về việc giao đất") -> Document:
    """A document with a subject."""
    page_id = f"{number:032x}-0001"
    return Document(id=f"d-{page_id}", page_ids=(page_id,), subject=Found(subject, page_id, Box(0, 0, 1, 1), 0.9, "test"))


def put(store: Store, dossier_id: str, documents: list[Document], stopped: tuple[Document, ...] = (), **access: object) -> None:
    """Make these the documents of a dossier, as an assembly does."""
    for document in documents:
        store.shelf.save_document(dossier_id, document)
    store.catalogue.record(dossier_id, documents, stopped)
    held = BaseAccess(Access(("phòng đọc",), **access))
    store.access.note(dossier_id, {document.id: held for document in documents})


@contextmanager
def archive_of(folder: Path, count: int) -> Iterator[tuple[Settings, Store, str]]:
    """A store with documents of one fonds."""
    chosen = Settings(store=StoreSettings(folder=folder))
    with open_store(chosen.store, create=True) as store:
        dossier = store.ledger.register_dossier("đợt 1", "hồ sơ", ArchivalFacts(fonds="UBND xã Đại Lộc", file_number="7"))
        put(store, dossier.id, [paper(number) for number in range(count)])
        yield chosen, store, dossier.id


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[tuple[Settings, Store, str]]:
    """A store with 230 documents, three answers of a list."""
    with archive_of(tmp_path / "kho", 230) as made:
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Settings, Store, str]]:
    """A store with 8 documents."""
    with archive_of(tmp_path / "kho", 8) as made:
        yield made


def test_who_the_archive_is(harvester):
    root = harvester.ask(verb="Identify")
    said = {element.tag.partition("}")[2]: element.text for element in root.find("o:Identify", NAMES)}
    assert said["repositoryName"] == SharingSettings().repository_name
    assert (said["deletedRecord"], said["granularity"]) == ("persistent", "YYYY-MM-DDThh:mm:ssZ")
    assert said["baseURL"] == root.findtext("o:request", namespaces=NAMES) == f"{str(harvester.site.base_url).rstrip('/')}/oai"


def test_a_record_says_what_the_paper_says(harvester, archive):
    document = archive.documents["decision"]
    root = harvester.ask(verb="GetRecord", identifier=f"oai:sohoa:{document.id}", metadataPrefix="oai_dc")
    core: dict[str, list[str]] = {}
    for element in root.find(".//d:dc", NAMES):
        core.setdefault(element.tag.partition("}")[2], []).append(element.text)
    assert core["title"] == ["Về việc phê duyệt kế hoạch sử dụng đất năm 2021"]
    assert core["creator"] == ["ỦY BAN NHÂN DÂN HUYỆN HÒA VANG", "PHÒNG TÀI NGUYÊN"]
    assert core["date"] == ["2021-03-12"]
    assert core["type"] == ["Quyết định", "Text"]
    assert core["identifier"][0] == "15/QĐ-UBND"
    assert core["source"] == ["UBND huyện Hòa Vang, 12, Hồ sơ giao đất năm 2021"]
    for address in (core["identifier"][1], core["relation"][0]):
        assert httpx.get(address, trust_env=False).status_code == 200


def test_formats_and_sets(harvester, archive):
    formats = harvester.ask(verb="ListMetadataFormats")
    assert formats.xpath("//o:metadataPrefix/text()", namespaces=NAMES) == ["oai_dc"]
    one = f"oai:sohoa:{archive.documents['decision'].id}"
    assert harvester.ask(verb="ListMetadataFormats", identifier=one).find("o:ListMetadataFormats", NAMES) is not None
    sets = harvester.ask(verb="ListSets")
    assert sets.xpath("//o:setName/text()", namespaces=NAMES) == ["UBND huyện Hòa Vang"]
    (spec,) = sets.xpath("//o:setSpec/text()", namespaces=NAMES)
    assert spec.startswith("ubnd-huyen-hoa-vang.")
    assert set(harvester.harvest(set=spec)) == {archive.documents[name].id for name in ("decision", "proposal")}


def test_what_was_stopped_for_secrecy_was_never_there(harvester, archive):
    secret = archive.documents["secret"].id
    assert secret not in harvester.harvest()
    assert harvester.error(verb="GetRecord", identifier=f"oai:sohoa:{secret}", metadataPrefix="oai_dc") == "idDoesNotExist"


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("badVerb", {}),
        ("badVerb", {"verb": "Nothing"}),
        ("badVerb", {"verb": ""}),
        ("badArgument", {"verb": "Identify", "colour": "red"}),
        ("badArgument", {"verb": "ListRecords"}),
        ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2021-02-30"}),
        (
            "badArgument",
            {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2021-02-03", "until": "2021-02-03T00:00:00Z"},
        ),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2021-02-04", "until": "2021-02-03"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "a b"}),
        ("badArgument", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}),
        ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc21"}),
        ("cannotDisseminateFormat", {"verb": "GetRecord", "metadataPrefix": "mods", "identifier": "oai:sohoa:x"}),
        ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:sohoa:x"}),
        ("idDoesNotExist", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "hdl:1"}),
        ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:sohoa:x"}),
        ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-01-01"}),
        ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2999-01-01"}),
        ("noRecordsMatch", {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "nothing"}),
        ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "x"}),
        ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "W10"}),
        ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "W10"}),
    ],
)
def test_errors_of_the_protocol(harvester, code, arguments):
    assert harvester.error(**arguments) == code


def test_an_argument_that_came_twice_is_refused(harvester):
    answer = harvester.site.get("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=a&set=b")
    assert b'code="badArgument"' in answer.content
    assert b'code="badVerb"' in harvester.site.get("/oai?verb=Identify&verb=Identify").content


def test_a_form_asks_the_same(harvester):
    for arguments in ({"verb": "Identify"}, {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}):
        asked, sent = harvester.ask(**arguments), harvester.ask(post=True, **arguments)
        for root in (asked, sent):
            root.remove(root.find("o:responseDate", NAMES))
        assert etree.tostring(asked) == etree.tostring(sent)
    assert b'code="badVerb"' in harvester.site.post("/oai", content=b"{}", headers={"Content-Type": "application/json"}).content
    long = b"verb=Identify&set=" + b"a" * 100_000
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert b'code="badVerb"' in harvester.site.post("/oai", content=long, headers=form).content


ARGUMENTS = ("identifier", "metadataPrefix", "from_", "until", "set", "resumptionToken")
ANY = st.text(st.characters(codec="utf-8"), max_size=20)


LIKELY = st.sampled_from(["oai_dc", "2020-01-01", "oai:sohoa:\x01"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({"verb": st.sampled_from([*VERBS, "x"])}, optional=dict.fromkeys(ARGUMENTS, ANY | LIKELY)))
def test_every_answer_obeys_the_schema(harvester, arguments):
    harvester.ask(**arguments)


def test_a_long_list_comes_in_parts(filled, serve):
    chosen, _, _ = filled
    with serve(chosen) as site:
        parts = list(Harvester(site).parts("ListRecords"))
    assert [len(part.findall(".//o:record", NAMES)) for part in parts] == [100, 100, 30]
    tokens = [part.find(".//o:resumptionToken", NAMES) for part in parts]
    assert [token.get("cursor") for token in tokens] == ["0", "100", "200"]
    assert tokens[-1].text is None


def test_nothing_is_lost_when_documents_change_during_a_harvest(filled, serve):
    chosen, store, dossier_id = filled
    with serve(chosen) as site:
        harvester = Harvester(site)
        parts = harvester.parts()
        first = next(parts)
        began = first.findtext("o:responseDate", namespaces=NAMES)
        changed = [paper(number) for number in range(230) if number not in (5, 150)]
        changed[140] = replace(changed[140], subject=replace(changed[140].subject, value="Về việc khác"))
        put(store, dossier_id, [*changed, paper(999)])
        found = {
            header.findtext("o:identifier", namespaces=NAMES): header.get("status", "live")
            for part in (first, *parts)
            for header in part.iterfind(".//o:header", NAMES)
        }
        found |= {f"oai:sohoa:{one}": status for one, status in harvester.harvest(from_=began).items()}
    live = {identifier for identifier, status in found.items() if status == "live"}
    assert live == {f"oai:sohoa:{document.id}" for document in (*changed, paper(999))}
    assert {identifier for identifier, status in found.items() if status == "deleted"} == {
        f"oai:sohoa:{paper(number).id}" for number in (5, 150)
    }


def test_only_what_changed_in_a_time(small, serve):
    chosen, store, dossier_id = small
    time.sleep(1.1)
    documents = [paper(number) for number in range(8)]
    put(store, dossier_id, [*documents[:-1], paper(7, "Về việc sửa đổi")])
    with serve(chosen) as site:
        harvester = Harvester(site)
        record = harvester.ask(verb="GetRecord", identifier=f"oai:sohoa:{paper(7).id}", metadataPrefix="oai_dc")
        at = record.findtext(".//o:datestamp", namespaces=NAMES)
        assert list(harvester.harvest(from_=at)) == [paper(7).id]
        assert list(harvester.harvest(from_=at, until=at)) == [paper(7).id]
        assert len(harvester.harvest(from_=at[:10], until=at[:10])) == 8
        earlier = harvester.ask(verb="GetRecord", identifier=f"oai:sohoa:{paper(0).id}", metadataPrefix="oai_dc")
        assert paper(7).id not in harvester.harvest(until=earlier.findtext(".//o:datestamp", namespaces=NAMES))


def test_a_document_that_is_gone_stays_as_deleted(small, serve):
    chosen, store, dossier_id = small
    put(store, dossier_id, [paper(number) for number in range(1, 8)])
    with serve(chosen) as site:
        harvester = Harvester(site)
        assert harvester.harvest()[paper(0).id] == "deleted"
        root = harvester.ask(verb="GetRecord", identifier=f"oai:sohoa:{paper(0).id}", metadataPrefix="oai_dc")
        assert root.find(".//o:header", NAMES).get("status") == "deleted"
        assert root.find(".//o:metadata", NAMES) is None


def test_each_harvester_hears_only_of_what_is_or_was_open_to_him(small, serve):
    chosen, store, _ = small
    hidden = store.ledger.register_dossier("đợt 2", "kín", ArchivalFacts(fonds="Phông kín"))
    put(store, hidden.id, [paper(500), paper(501)], level=AccessLevel.CONDITIONAL)
    store.access.set_document(paper(3).id, Access(("nội bộ",)), by="thủ kho")
    put(store, hidden.id, [paper(500)], level=AccessLevel.CONDITIONAL)
    _, key = store.api_keys.add("thư viện tỉnh", ["read"], groups=["phòng đọc"], clearance=AccessLevel.OPEN)
    with serve(chosen.model_copy(update={"api": ApiSettings(access="accounts")})) as site:
        assert site.get("/oai", params={"verb": "Identify"}).status_code == 401
        harvester = Harvester(site, {"Authorization": f"Bearer {key}"})
        found = harvester.harvest()
        assert len(found) == 8
        assert {one for one, status in found.items() if status == "deleted"} == {paper(3).id}
        assert harvester.ask(verb="ListSets").xpath("//o:setName/text()", namespaces=NAMES) == ["UBND xã Đại Lộc"]
        for number in (500, 501):
            wanted = f"oai:sohoa:{paper(number).id}"
            assert harvester.error(verb="GetRecord", identifier=wanted, metadataPrefix="oai_dc") == "idDoesNotExist"

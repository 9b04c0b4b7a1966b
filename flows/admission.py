"""Taking a dossier in: every file is counted and hashed before anything else happens to it.

In: a `ScanFolder` and the store. Out: files and pages in the ledger, originals on the shelf; bad files set aside with their reason.
"""

from __future__ import annotations

from pathlib import Path

from dossier.errors import BadFacts, BadScan, Damaged
from dossier.model import ArchivalFacts, GivenAccess
from dossier.settings import IntakeSettings
from flows.archival_facts import read_access, read_facts
from flows.folders import FACTS_FILE, ScanFolder
from ocr import digest, open_scan
from store import DossierRecord, FileRecord, FileState, Reason, Store


def admit(folder: ScanFolder, store: Store, limits: IntakeSettings) -> DossierRecord:
    """Count and open the files of a dossier; files that are known and open are left alone.

    A `ho-so.yaml` that cannot be used sets the whole dossier aside: filed under wrong facts it would be lost.

    Raises:
        MissingTool: when a program that opens scans is missing.
    """
    facts, access, problem = _facts(folder)
    record = store.ledger.register_dossier(folder.batch, folder.name, facts)
    if access is not None:
        store.access.set_facts(record.id, access)
    counted = []
    for path in folder.files:
        counted.append((path, _count(path, record, folder, store)))
    for path, file in counted:
        if problem is not None:
            store.ledger.set_file_aside(file.id, problem)
        elif not file.sha256:
            continue
        elif file.state in (FileState.COUNTED, FileState.SET_ASIDE) or file.page_count is None:
            _open(path, file, store, limits)
    return store.ledger.dossier(record.id)


def _count(path: Path, record: DossierRecord, folder: ScanFolder, store: Store) -> FileRecord:
    """Count a file under its digest; one that cannot be read at all (no permission, broken disk) is counted and set aside."""
    name = folder.name_of(path)
    try:
        return store.ledger.count_file(record.id, name, digest(path), path.stat().st_size)
    except OSError as error:
        file = store.ledger.count_file(record.id, name, "", 0)
        return store.ledger.set_file_aside(file.id, Reason(Damaged.code, {"detail": str(error.strerror)}))


def _facts(folder: ScanFolder) -> tuple[ArchivalFacts, GivenAccess | None, Reason | None]:
    """What `ho-so.yaml` says; one that cannot be used changes nothing about who may see the papers."""
    path = folder.folder / FACTS_FILE
    if not path.is_file():
        return ArchivalFacts(), GivenAccess(), None
    try:
        return read_facts(path), read_access(path), None
    except BadFacts as error:
        return ArchivalFacts(), None, Reason(error.code, error.facts)


def _open(path: Path, file: FileRecord, store: Store, limits: IntakeSettings) -> None:
    try:
        if not store.ledger.is_read_elsewhere(file):
            store.shelf.keep_original(file.dossier_id, path, file.sha256)
        store.ledger.open_file(file.id, open_scan(path, limits, sha256=file.sha256))
    except BadScan as error:
        store.ledger.set_file_aside(file.id, Reason(error.code, error.facts))

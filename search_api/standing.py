"""What the archive holds at the moment of asking, for `/metrics`: pages by state, the index, what waits for it.

In: open rooms. Out: families of numbers. What cannot be asked now is left out, and `sohoa_up` says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from dossier.errors import DossierError
from indexer import consumer_name, place_of_index
from search_api.rooms import Rooms


class Standing(Collector):
    """Asked anew with every reading of `/metrics`."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: a registry that is set up must not open the archive."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All families."""
        up = GaugeMetricFamily("sohoa_up", "Whether a part of the program answers.", labels=["part"])
        for part, families in (("store", self._store), ("index", self._index)):
            try:
                found = list(families())
            except DossierError:
                up.add_metric([part], 0)
                continue
            up.add_metric([part], 1)
            yield from found
        yield up

    def _store(self) -> Iterator[GaugeMetricFamily]:
        store = self.rooms.store()
        counts = store.counts()
        pages = GaugeMetricFamily("sohoa_pages", "Pages in the ledger.", labels=["state"])
        for page_state, number in counts.pages.items():
            pages.add_metric([page_state.value], number)
        files = GaugeMetricFamily("sohoa_files", "Files in the ledger.", labels=["state"])
        for file_state, number in counts.files.items():
            files.add_metric([file_state.value], number)
        yield pages
        yield files
        yield GaugeMetricFamily("sohoa_pages_expected", "Pages that files say they have.", value=counts.pages_expected)
        yield GaugeMetricFamily("sohoa_documents", "Documents that may be shown.", value=counts.documents)
        yield GaugeMetricFamily("sohoa_dossiers", "Dossiers.", value=counts.dossiers)
        yield GaugeMetricFamily("sohoa_ledger_adds_up", "1 when every page is accounted for.", value=int(counts.adds_up))
        jobs = GaugeMetricFamily("sohoa_jobs_open", "Exports not done yet, webhooks behind.", labels=["kind"])
        for kind, number in store.open_jobs().items():
            jobs.add_metric([kind], number)
        yield jobs

    def _index(self) -> Iterator[GaugeMetricFamily]:
        store, settings = self.rooms.store(), self.rooms.settings.index
        stats = self.rooms.index().stats()
        consumer = consumer_name(stats.engine, place_of_index(settings, store.folder), stats.generation)
        yield GaugeMetricFamily("sohoa_index_documents", "Documents that can be found.", value=stats.documents)
        yield GaugeMetricFamily("sohoa_index_pages", "Pages that can be found.", value=stats.pages)
        yield GaugeMetricFamily("sohoa_outbox_waiting", "Changes the index lacks.", value=store.catalogue.waiting(consumer))
        yield GaugeMetricFamily("sohoa_index_rejected", "Changes the index refused.", value=store.catalogue.rejected(consumer))

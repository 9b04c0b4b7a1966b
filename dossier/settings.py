"""All settings, in sections, each with default, unit, bounds and a sentence; read from the environment by the doors only.

In: environment variables `SOHOA_<SECTION>__<NAME>`. Out: a frozen `Settings`; functions get their section as an argument.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from dossier.errors import BadSettings


class Section(BaseModel):
    """A frozen group of settings that refuses unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class StoreSettings(Section):
    """Where finished work rests."""

    folder: Path = Field(Path("kho"), description="Folder of the store: originals, pages, ledger, embedded index.")
    ledger_url: str | None = Field(None, description="SQLAlchemy URL of the ledger; default SQLite inside the store folder.")


class IntakeSettings(Section):
    """What is taken in and what is refused."""

    max_bytes: int = Field(2_000_000_000, ge=1, description="Largest file, in bytes.")
    max_pages: int = Field(5_000, ge=1, description="Most pages in one file.")
    max_pixels: int = Field(120_000_000, ge=1, description="Largest page, in pixels (A3 at 600 dpi is 70 million).")
    ignore: tuple[str, ...] = Field(
        ("ho-so.yaml", "*.truth.json", "Thumbs.db", "desktop.ini", ".*", "~$*"),
        description="File names (patterns) that lie beside scans and are no scans.",
    )
    stable_s: float = Field(5.0, gt=0, description="With --watch: seconds without growth after which a file is complete.")
    poll_s: float = Field(2.0, gt=0, description="With --watch: seconds between two looks at the folder.")


class OcrSettings(Section):
    """How pages are read."""

    engine: Literal["fused", "tesseract", "trueocr"] = Field(
        "fused", description="Reader of pages: networks with Tesseract for doubtful lines, or one of the two alone."
    )
    text_layers: bool = Field(
        True, description="Keep the text that a PDF page holds where it is proved good; false = always read the image."
    )
    language: str = Field("vie", pattern=r"^[a-z_+]+$", description="Language data of Tesseract.")
    timeout_s: float = Field(120.0, gt=0, description="Seconds after which a page is given up and its engine killed.")
    min_dpi: int = Field(150, ge=72, description="Pages of lower resolution are rendered at this one.")
    max_dpi: int = Field(300, ge=100, description="Pages of higher resolution are rendered at this one.")
    view_dpi: int = Field(120, ge=50, description="Resolution of the page image kept for viewing.")


class MetadataSettings(Section):
    """How papers are understood."""

    packs: Path | None = Field(None, description="Folder of the office's own data packs (docs/packs.md).")
    procedures: Path | None = Field(None, description="Catalogue of procedures as CSV: code, name, field, papers (docs/packs.md).")


class AccessSettings(Section):
    """Who may see papers of which nothing else is said."""

    groups: tuple[str, ...] = Field(
        ("cơ quan",), description="Groups that see a paper when neither its dossier nor a person names any."
    )
    level: Literal["open", "conditional"] = Field("open", description="Level of a paper whose kind says none.")


class IndexSettings(Section):
    """Where searches are answered."""

    engine: Literal["embedded", "elasticsearch"] = Field("embedded", description="Search engine.")
    folder: Path | None = Field(None, description="Folder of the embedded index; default `index` inside the store folder.")
    urls: tuple[str, ...] = Field(("http://127.0.0.1:9200",), description="Elasticsearch hosts (JSON list).")
    username: str | None = Field(None, description="User name for Elasticsearch.")
    password: SecretStr | None = Field(None, description="Password for Elasticsearch.")
    api_key: SecretStr | None = Field(None, description="API key for Elasticsearch, instead of name and password.")
    ca_certificate: Path | None = Field(None, description="CA certificate that signed Elasticsearch's certificate.")
    prefix: str = Field("sohoa", pattern=r"^[a-z][a-z0-9-]*$", description="Prefix of index names and aliases.")
    shards: int = Field(1, ge=1, description="Primary shards of a new index.")
    replicas: int = Field(0, ge=0, description="Replicas of a new index.")
    timeout_s: float = Field(30.0, gt=0, description="Seconds to wait for one answer of Elasticsearch.")
    slow_s: float = Field(0.5, ge=0, description="Questions that take longer, in seconds, go to the log of slow ones.")
    slow_words: bool = Field(False, description="Write the words of slow questions too; they may name people.")


class ApiSettings(Section):
    """How the search API listens."""

    host: str = Field("127.0.0.1", description="Address to listen on; loopback unless told otherwise.")
    port: int = Field(8080, ge=1, le=65535, description="Port to listen on.")
    language: Literal["vi", "en"] = Field("vi", description="Language of pages and errors when the browser does not say.")
    access: Literal["open", "accounts"] = Field(
        "open", description="open: whoever reaches the server sees everything; accounts: people sign in and programs have keys."
    )
    open_to_network: bool = Field(False, description="Let an open server listen on more than this machine's own address.")
    session_hours: int = Field(12, ge=1, le=168, description="Hours after which a person signs in again.")
    requests_per_minute: int = Field(600, ge=0, description="Most requests a minute of one person or key; 0 = no limit.")
    sign_ins_per_minute: int = Field(10, ge=1, description="Most attempts to sign in, or wrong keys, a minute from one address.")


class SharingSettings(Section):
    """What other systems are told of this archive."""

    public_url: str | None = Field(
        None, pattern=r"^https?://\S+$", description="Address under which others reach this server, when a proxy stands before it."
    )
    viewer_origins: tuple[str, ...] = Field(
        (), description='Origins whose IIIF viewers may read what an open server shows (JSON list; ["*"] = every origin).'
    )
    repository_name: str = Field("Kho lưu trữ số hóa", min_length=1, description="Name of the archive for OAI-PMH harvesters.")
    admin_email: str = Field(
        "quan-tri@localhost.localdomain", pattern=r"^\S+@(\S+\.)+\S+$", description="Address of its administrator, for harvesters."
    )


class SystemsSettings(Section):
    """What other systems may order and be told."""

    signing_key: SecretStr | None = Field(
        None, min_length=32, description="Key that signs cursors, the same on all servers; default one made in the store folder."
    )
    cursor_valid_s: int = Field(86_400, ge=1, description="Seconds for which the place in a result can be gone on from.")
    export_days: int = Field(7, ge=1, le=365, description="Days after which the file of an export is deleted.")
    exports_at_once: int = Field(5, ge=1, description="Exports of one person or key that may wait or run.")
    webhook_first_retry_s: float = Field(
        5.0, gt=0, description="Seconds after which a receiver that did not take an event is tried again; each wait is longer."
    )
    webhook_give_up_s: int = Field(86_400, ge=1, description="Seconds after which a receiver that takes nothing is given up.")
    webhook_hosts: tuple[str, ...] = Field(
        (),
        description='Hosts that may be told of events (JSON list): "mot-cua.tinh.gov.vn", "10.1.2.3:8000", "*.tinh.gov.vn".',
    )


class FlowSettings(Section):
    """How work is run."""

    jobs: int = Field(0, ge=0, description="Worker processes; 0 = one a core.")
    chunk_pages: int = Field(16, ge=1, description="Pages in one task.")
    engine: Literal["auto", "inline", "prefect"] = Field("auto", description="Run in process or on Prefect; auto decides by size.")
    prefect_from_pages: int = Field(300, ge=1, description="With auto: batches of at least this many pages run on Prefect.")


class Settings(BaseSettings):
    """All sections. Raises `BadSettings` through `load_settings` when a value cannot be used."""

    model_config = SettingsConfigDict(env_prefix="SOHOA_", env_nested_delimiter="__", frozen=True, extra="ignore")

    store: StoreSettings = StoreSettings()
    intake: IntakeSettings = IntakeSettings()
    ocr: OcrSettings = OcrSettings()
    metadata: MetadataSettings = MetadataSettings()
    access: AccessSettings = AccessSettings()
    index: IndexSettings = IndexSettings()
    api: ApiSettings = ApiSettings()
    sharing: SharingSettings = SharingSettings()
    systems: SystemsSettings = SystemsSettings()
    flows: FlowSettings = FlowSettings()


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        BadSettings: naming the first setting that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "SOHOA_" + "__".join(str(part).upper() for part in first["loc"])
        raise BadSettings(setting=name, problem=first["msg"]) from error
    except SettingsError as error:  # a list or section that is no JSON: pydantic does not say which variable
        raise BadSettings(setting=", ".join(_not_json()), problem=f'JSON: {error.__cause__}; ["a", "b"]') from error


def _not_json() -> list[str]:
    """Variables whose value should be JSON and is not."""
    found = []
    for name, value in sorted(os.environ.items()):
        section, _, field = name.upper().removeprefix("SOHOA_").partition("__")
        kind = Settings.model_fields.get(section.lower())
        if not name.upper().startswith("SOHOA_") or kind is None or not isinstance(kind.default, Section):
            continue
        default = getattr(kind.default, field.lower(), None) if field else kind.default
        if isinstance(default, tuple | Section):
            try:
                json.loads(value)
            except ValueError:
                found.append(name)
    return found


def prefect_api_url() -> str | None:
    """URL of a Prefect server that the operator named (`PREFECT_API_URL`), or None."""
    return os.environ.get("PREFECT_API_URL") or None


def set_environment_defaults(values: Mapping[str, str]) -> None:
    """Set environment variables that the operator did not set, for libraries that read nothing else (Prefect)."""
    for name, value in values.items():
        os.environ.setdefault(name, value)


def environment_with(settings: Settings) -> dict[str, str]:
    """The environment of a child process that shall work with these settings."""
    chosen = {
        "SOHOA_STORE__FOLDER": str(settings.store.folder.resolve()),
        "SOHOA_INDEX__ENGINE": settings.index.engine,
    }
    return {**os.environ, **chosen}

"""The tree of errors, sorted by what happens next, not by where they arose.

    DossierError
    ├── BadScan          set aside with its reason, never retried
    │   ├── EmptyFile, WrongExtension, UnsupportedFormat, Encrypted, Damaged, NoPages
    │   ├── TooLarge     over a limit of the settings (bytes, pages, pixels)
    │   └── Unreadable   the engine gave up on a page (time-out, crash)
    ├── BadFacts         a `ho-so.yaml` that cannot be used; names line and key
    ├── BadCatalogue     a catalogue of the office that cannot be used; names the line
    ├── BadQuery         the caller's fault; names the position
    │   └── BadAddress   a part of an address that cannot be understood (IIIF)
    ├── BadSettings      a setting that cannot be used
    ├── NotFound         the thing asked for is not there
    ├── NotAdmitted      nobody knows who asks: sign in, or send a key
    ├── NotAllowed       who asks is known and may not do this
    ├── TooMany          asked too often: wait
    ├── Unavailable      heals by itself: retry (search engine down, ledger busy)
    └── MissingTool      stop and say what to install
        └── ChangedModel a model file is not the one that was tested

Every error carries its facts as a mapping; the sentence people read is made from the message catalogue
(`dossier.messages`) with the key `error.<code>` and those facts. Types carry no HTTP status and no exit code: the doors map them.
"""

from __future__ import annotations

from typing import ClassVar

Fact = str | int | float


class DossierError(Exception):
    """Root of all errors of this program; `code` names the message, `facts` fill it."""

    code: ClassVar[str] = "unknown"

    def __init__(self, **facts: Fact) -> None:
        self.facts: dict[str, Fact] = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}({details})"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from worker processes to their parent; the default reduction drops keyword arguments.
        return (_rebuild, (type(self), self.facts))


def _rebuild(kind: type[DossierError], facts: dict[str, Fact]) -> DossierError:
    return kind(**facts)


class BadScan(DossierError):
    """A file or page that cannot be read as it is; it is set aside with this reason and the batch goes on."""

    code = "bad_scan"


class EmptyFile(BadScan):
    """The file has no bytes."""

    code = "empty_file"


class WrongExtension(BadScan):
    """The content is not what the file name says. Facts: `extension`, `content`."""

    code = "wrong_extension"


class UnsupportedFormat(BadScan):
    """Not a format of scans that this program takes. Facts: `extension`."""

    code = "unsupported_format"


class Encrypted(BadScan):
    """A PDF that needs a password to open."""

    code = "encrypted"


class Damaged(BadScan):
    """The file is truncated or its structure is broken. Facts: `detail`."""

    code = "damaged"


class NoPages(BadScan):
    """A well-formed file without a single page."""

    code = "no_pages"


class TooLarge(BadScan):
    """Over a limit of the settings. Facts: `what` (bytes, pages, pixels), `value`, `limit`, `setting`."""

    code = "too_large"


class Unreadable(BadScan):
    """The engine gave up on a page. Facts: `engine`, `detail`."""

    code = "unreadable"


class TimedOut(Unreadable):
    """The engine did not finish a page in time and was killed. Facts: `engine`, `timeout_s`."""

    code = "timed_out"


class BadFacts(DossierError):
    """A `ho-so.yaml` that cannot be used. Facts: `file`, `line`, `key`, `problem`."""

    code = "bad_facts"


class BadCatalogue(DossierError):
    """A catalogue file of the office that cannot be used. Facts: `path`, `line` (0: the whole file), `detail`."""

    code = "bad_catalogue"


class BadQuery(DossierError):
    """A query or filter that cannot be understood. Facts: `position` (0-based), `problem`."""

    code = "bad_query"


class BadAddress(BadQuery):
    """A part of an address that cannot be understood. Facts: `parameter` (the part), `problem`, what the problem needs."""

    code = "bad_address"


class BadSettings(DossierError):
    """A setting that cannot be used. Facts: `setting`, `problem`."""

    code = "bad_settings"


class NotFound(DossierError):
    """The thing asked for is not there. Facts: `what`, `id`."""

    code = "not_found"


class NotAdmitted(DossierError):
    """Nobody knows who asks, or the key or session has ended."""

    code = "not_admitted"


class NotAllowed(DossierError):
    """Who asks may not do this. Facts: `right` (a scope, or `origin` or `host`)."""

    code = "not_allowed"


class TooMany(DossierError):
    """Asked too often. Facts: `seconds` to wait."""

    code = "too_many"


class Unavailable(DossierError):
    """Something outside is not there for now; trying again later can heal it. Facts: `what`, `detail`."""

    code = "unavailable"


class MissingTool(DossierError):
    """A program or data file that has to be installed. Facts: `tool`, `install`."""

    code = "missing_tool"


class ChangedModel(MissingTool):
    """A model file is damaged or of another version than the one that was tested. Facts: `tool` (its path), `install`."""

    code = "changed_model"

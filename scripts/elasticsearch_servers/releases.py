"""The two server releases the tests run against, and where each keeps its files.

In: the home folder and a port offset; out: `Release` constants and one `Instance` per release, made of paths and ports.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

CLUSTER_NAME = "sohoa-test"


@dataclass(frozen=True, slots=True)
class Release:
    """A server release.

    Attributes:
        version: The version, also the name of its folder.
        http_port: The loopback port of its REST interface.
        transport_port: The loopback port nodes would talk to each other on.
        minimum_java: The oldest Java it runs on.
        official: True for the official distribution with its own launcher, False for the core from its published jars.
    """

    version: str
    http_port: int
    transport_port: int
    minimum_java: int
    official: bool


VERSION_8 = Release("8.19.21", 9250, 9350, minimum_java=17, official=True)
VERSION_9 = Release("9.5.3", 9253, 9353, minimum_java=21, official=False)
RELEASES = (VERSION_8, VERSION_9)


@dataclass(frozen=True, slots=True)
class Instance:
    """A release installed in a home folder and bound to its ports."""

    release: Release
    home: Path
    port_offset: int = 0

    @property
    def http_port(self) -> int:
        """Return the port of the REST interface."""
        return self.release.http_port + self.port_offset

    @property
    def transport_port(self) -> int:
        """Return the port of the transport interface."""
        return self.release.transport_port + self.port_offset

    @property
    def url(self) -> str:
        """Return the address the client is given."""
        return f"http://127.0.0.1:{self.http_port}"

    @property
    def folder(self) -> Path:
        """Return the folder that holds everything of this instance."""
        return self.home / self.release.version

    @property
    def server(self) -> Path:
        """Return the folder of the unpacked server, which never changes after the fetch."""
        return self.folder / "server"

    @property
    def config(self) -> Path:
        """Return the configuration folder; the server writes its keystore there."""
        return self.folder / "config"

    @property
    def data(self) -> Path:
        """Return the folder of the indices."""
        return self.folder / "data"

    @property
    def logs(self) -> Path:
        """Return the folder of the logs."""
        return self.folder / "logs"

    @property
    def console(self) -> Path:
        """Return the file that catches what the server prints."""
        return self.logs / "console.log"

    @property
    def temporary(self) -> Path:
        """Return the folder the server uses instead of the machine's shared temporary folder."""
        return self.folder / "tmp"

    @property
    def snapshots(self) -> Path:
        """Return the folder in which a file system snapshot repository may be registered."""
        return self.folder / "snapshots"

    @property
    def writable(self) -> tuple[Path, ...]:
        """Return the folders that must belong to the account the server runs as."""
        return (self.config, self.data, self.logs, self.temporary, self.snapshots)

    @property
    def marker(self) -> str:
        """Return the Java property by which this instance's process is recognised for certain."""
        return f"-Dsohoa.elasticsearch={self.folder}"


def instances_in(home: Path, versions: str = "all", *, port_offset: int = 0) -> list[Instance]:
    """Return the instances of a home folder for one version or for `all`."""
    return [Instance(release, home, port_offset) for release in RELEASES if versions in ("all", release.version)]

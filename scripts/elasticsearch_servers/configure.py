"""Writes a server's configuration and says how it is started.

In: an `Instance`, the Java and the account; out: the configuration folder, the command line and its environment.
"""

from __future__ import annotations

import json
import os
import shutil

from scripts.elasticsearch_servers.account import Account, hand_over
from scripts.elasticsearch_servers.install import native_folder
from scripts.elasticsearch_servers.java import Java
from scripts.elasticsearch_servers.releases import CLUSTER_NAME, Instance

HEAP = ("-Xms512m", "-Xmx512m")
_OWN_SETTINGS = "elasticsearch.yml"


def settings(instance: Instance) -> dict[str, str | int | bool | list[str]]:
    """Return the server's settings; an unknown one would stop it, so each release gets only what it knows."""
    chosen: dict[str, str | int | bool | list[str]] = {
        "cluster.name": CLUSTER_NAME,
        "node.name": f"test-{instance.release.version}",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": instance.http_port,
        "transport.port": instance.transport_port,
        "path.data": str(instance.data),
        "path.logs": str(instance.logs),
        "path.repo": [str(instance.snapshots)],
        # A nearly full disk must not turn a test's index read-only.
        "cluster.routing.allocation.disk.threshold_enabled": False,
        # Memory mapping needs a kernel limit that only root may raise.
        "node.store.allow_mmap": False,
    }
    if instance.release.official:
        chosen["xpack.security.enabled"] = False
    return chosen


def prepare(instance: Instance, account: Account) -> None:
    """Write the configuration and hand every folder the server writes to over to its account."""
    instance.folder.chmod(0o755)
    instance.config.mkdir(exist_ok=True)
    if instance.release.official:
        for name in ("jvm.options", "log4j2.properties"):
            shutil.copyfile(instance.server / "config" / name, instance.config / name)
        (instance.config / "jvm.options.d").mkdir(exist_ok=True)
    # JSON is YAML, and its quoting is beyond doubt.
    lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings(instance).items()]
    (instance.config / _OWN_SETTINGS).write_text("".join(lines), encoding="utf-8")
    for folder in instance.writable:
        hand_over(folder, account)


def command(instance: Instance, java: Java) -> list[str]:
    """Return the command that starts the server.

    The official launcher returns once its server is up (`-d`); the core's process is the server itself.
    """
    if instance.release.official:
        return [str(instance.server / "bin" / "elasticsearch"), "-d", "-p", str(instance.temporary / "pid")]
    native = native_folder(instance.server)
    return [
        str(java.home / "bin" / "java"),
        *HEAP,
        instance.marker,
        f"-Djava.io.tmpdir={instance.temporary}",
        "-Des.nativelibs.path=" + str(native),
        "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
        f"--module-path={instance.server / 'core'}",
        "--add-modules=ALL-MODULE-PATH,jdk.incubator.vector,jdk.net,jdk.management",
        "--enable-native-access=ALL-UNNAMED,org.elasticsearch.nativeaccess,org.apache.lucene.core",
        "-cp",
        str(instance.server / "classes"),
        "ServerCore",
        str(instance.server),
        str(instance.config),
    ]


def environment(instance: Instance, java: Java) -> dict[str, str]:
    """Return the whole environment of the server: nothing of the caller's reaches it but the search path."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(instance.temporary),
        "LANG": "C.UTF-8",
        "ES_JAVA_HOME": str(java.home),
        "ES_PATH_CONF": str(instance.config),
        "ES_TMPDIR": str(instance.temporary),
        "ES_JAVA_OPTS": " ".join((*HEAP, instance.marker)),
        # The launcher is a second, short-lived Java; it needs little.
        "CLI_JAVA_OPTS": "-Xmx64m",
    }

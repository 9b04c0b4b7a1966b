"""Lays a fetched server out in its folder: the official distribution, or the core built from its published jars.

In: an `Instance` whose folder may be empty; out: its `server` folder, complete or absent, never half.
"""

from __future__ import annotations

import platform
import shutil
import subprocess
import zipfile
from pathlib import Path

from scripts.elasticsearch_servers import maven
from scripts.elasticsearch_servers.java import Java
from scripts.elasticsearch_servers.problems import MissingPrerequisite, ServerProblem
from scripts.elasticsearch_servers.releases import VERSION_8, VERSION_9, Instance

_LAUNCHER = Path(__file__).with_name("ServerCore.java")
_CORE_JAVA = VERSION_9.minimum_java
_NETWORK_JARS = ("netty-", "transport-netty4-", "elasticsearch-ssl-config-")
_PLATFORMS = {"x86_64": "linux-x64", "amd64": "linux-x64", "aarch64": "linux-aarch64", "arm64": "linux-aarch64"}


def is_installed(instance: Instance) -> bool:
    """Tell whether the server folder is there; it only ever appears complete."""
    return instance.server.is_dir()


def install_official(instance: Instance) -> None:
    """Fetch and unpack the official distribution."""
    archive = _official_archive(instance.home)
    partial = _start_afresh(instance)
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            unpack_entry(opened, entry, partial)
    partial.rename(instance.server)


def install_core(instance: Instance, java: Java) -> None:
    """Fetch the jars of the server core, sort them into module path and network module, and compile the launcher."""
    version = instance.release.version
    jars = instance.home / "downloads" / f"jars-{version}"
    maven.copy_with_dependencies(
        [("org.elasticsearch", "elasticsearch", version), ("org.elasticsearch.plugin", "transport-netty4", version)], jars
    )
    archive = _official_archive(instance.home)
    partial = _start_afresh(instance)
    core, network = partial / "core", partial / "modules" / "transport-netty4"
    for folder in (core, network, partial / "classes", native_folder(partial)):
        folder.mkdir(parents=True)
    for jar in sorted(jars.glob("*.jar")):
        shutil.copy(jar, network if jar.name.startswith(_NETWORK_JARS) else core)
    (network / "plugin-descriptor.properties").write_text(plugin_descriptor(instance), encoding="utf-8")
    _copy_compression_library(archive, native_folder(partial))
    _compile_launcher(java, core, partial / "classes")
    partial.rename(instance.server)


def native_folder(server: Path) -> Path:
    """Return where the core looks for its compression library.

    Raises:
        MissingPrerequisite: Elasticsearch publishes no such library for this machine.
    """
    machine = platform.machine().lower()
    if platform.system() != "Linux" or machine not in _PLATFORMS:
        raise MissingPrerequisite(f"the test servers run on Linux x86_64 and aarch64, not on {platform.platform()}.")
    return server / "lib" / "platform" / _PLATFORMS[machine]


def plugin_descriptor(instance: Instance) -> str:
    """Return the descriptor that lets the core load its network module."""
    version = instance.release.version
    facts = {
        "description": "network",
        "version": version,
        "name": "transport-netty4",
        "java.version": str(instance.release.minimum_java),
        "elasticsearch.version": version,
        "classname": "org.elasticsearch.transport.netty4.Netty4Plugin",
        "modulename": "org.elasticsearch.transport.netty4",
    }
    return "".join(f"{key}={value}\n" for key, value in facts.items())


def _official_archive(home: Path) -> Path:
    """Return the official distribution's archive, fetched at most once; the core takes one library from it."""
    folder = home / "downloads"
    archive = folder / f"elasticsearch-{VERSION_8.version}.zip"
    if not archive.is_file():
        coordinates = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION_8.version}:zip"
        maven.copy_artifact(coordinates, folder)
    if not zipfile.is_zipfile(archive):
        archive.unlink(missing_ok=True)
        raise ServerProblem(f"Maven left no readable {archive.name}: run the command again.")
    return archive


def _start_afresh(instance: Instance) -> Path:
    """Return an empty folder to build in, beside the place it will be moved to."""
    partial = instance.folder / "server.partial"
    if partial.exists():
        shutil.rmtree(partial)
    partial.mkdir(parents=True)
    partial.chmod(0o755)
    instance.folder.chmod(0o755)
    return partial


def unpack_entry(opened: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    """Write one entry without the archive's top folder; programs stay executable, everything readable."""
    relative = Path(*Path(entry.filename).parts[1:])
    target = folder / relative
    if not target.resolve().is_relative_to(folder.resolve()):
        raise ServerProblem(f"the archive names a file outside its folder: {entry.filename}")
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(entry) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)
    target.chmod(0o755 if (entry.external_attr >> 16) & 0o111 else 0o644)


def _copy_compression_library(archive: Path, folder: Path) -> None:
    wanted = f"lib/platform/{folder.name}/libzstd.so"
    with zipfile.ZipFile(archive) as opened:
        name = next(name for name in opened.namelist() if name.endswith(wanted))
        (folder / "libzstd.so").write_bytes(opened.read(name))


def _compile_launcher(java: Java, core: Path, classes: Path) -> None:
    command = [str(java.home / "bin" / "javac"), "-d", str(classes), "--module-path", str(core)]
    command += ["--add-modules", "ALL-MODULE-PATH", "--release", str(_CORE_JAVA), str(_LAUNCHER)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise ServerProblem(f"javac could not compile {_LAUNCHER.name}:\n{done.stdout}{done.stderr}".rstrip())

"""The test servers' own decisions: which Java, which account, which home, which settings. Starts no server."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from scripts.elasticsearch_servers import account, configure, health, install, java, maven, process
from scripts.elasticsearch_servers.__main__ import main
from scripts.elasticsearch_servers.problems import MissingPrerequisite, ServerProblem
from scripts.elasticsearch_servers.releases import VERSION_8, VERSION_9, Instance, Release, instances_in


def install_java(folder: Path, version: str, *, compiler: bool = True) -> Path:
    """Lay out a folder as a Java installation does."""
    (folder / "bin").mkdir(parents=True)
    for name in ("java", "javac") if compiler else ("java",):
        (folder / "bin" / name).touch(mode=0o755)
    (folder / "release").write_text(f'IMPLEMENTOR="X"\nJAVA_VERSION="{version}"\nJAVA_VERSION_DATE="2025-01-01"\n')
    return folder


@pytest.mark.parametrize(("version", "major"), [("17.0.15", 17), ("25", 25), ("1.8.0_402", 8), ("21-ea", 21)])
def test_the_release_file_tells_the_major_version(tmp_path, version, major):
    assert java.read_installation(install_java(tmp_path / "jdk", version)).major == major


def test_a_folder_without_release_file_or_program_is_no_installation(tmp_path):
    (tmp_path / "empty").mkdir()
    damaged = install_java(tmp_path / "damaged", "17")
    (damaged / "bin" / "java").unlink()
    assert java.read_installation(tmp_path / "empty") is None
    assert java.read_installation(damaged) is None


def test_installations_are_listed_once_oldest_first_with_the_wish_in_front(tmp_path):
    folder = tmp_path / "jvm"
    newest, oldest = install_java(folder / "a-25", "25.0.3"), install_java(folder / "b-17", "17.0.15")
    (folder / "link").symlink_to(oldest)
    wish = install_java(tmp_path / "wish", "21.0.2")
    found = java.find_installations({"JAVA_HOME": str(wish), "PATH": ""}, folder)
    assert [item.home for item in found] == [wish, oldest, newest]


def test_each_server_gets_the_oldest_java_that_fits(tmp_path):
    old = java.Java(tmp_path / "17", 17, has_compiler=True)
    bare = java.Java(tmp_path / "21", 21, has_compiler=False)
    new = java.Java(tmp_path / "25", 25, has_compiler=True)
    assert java.choose([old, bare, new], VERSION_8.minimum_java, compiler=False) == old
    assert java.choose([old, bare, new], VERSION_9.minimum_java, compiler=True) == new
    assert java.choose([old, new], 17, compiler=False, reachable=lambda home: home != old.home) == new


def test_no_fitting_java_names_what_was_found_and_the_package(tmp_path):
    old = java.Java(tmp_path / "17", 17, has_compiler=True)
    with pytest.raises(MissingPrerequisite, match=r"JDK .* 21 or newer.*17 in .*openjdk-21-jdk-headless"):
        java.choose([old], 21, compiler=True)
    with pytest.raises(MissingPrerequisite, match=r"found: none.*openjdk-17-jdk-headless"):
        java.choose([], 17, compiler=False)


def test_missing_maven_ends_with_exit_code_4_and_says_what_to_install(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    with tempfile.TemporaryDirectory() as reachable:
        Path(reachable).chmod(0o755)
        code = main(["fetch", "--version", "8.19.21", "--home", f"{reachable}/home"])
    assert code == 4
    assert "install the package maven" in capsys.readouterr().err


def test_an_account_passes_a_folder_by_the_bits_that_concern_it(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o710)
    status = folder.stat()
    owner = account.Account("owner", status.st_uid, 99_999, lent=False)
    colleague = account.Account("colleague", 99_999, status.st_gid, lent=False)
    stranger = account.Account("stranger", 99_999, 99_999, lent=True)
    assert [account.may_pass(status, who) for who in (owner, colleague, stranger)] == [True, True, False]
    assert not account.can_reach(folder / "not" / "there", stranger)


def test_an_unreachable_repository_moves_the_home_and_says_so(tmp_path):
    repository = tmp_path / "closed" / "repository"
    repository.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    stranger = account.Account("stranger", 99_999, 99_999, lent=True)
    home, remark = account.choose_home(None, repository, stranger)
    assert home.name.startswith("sohoa-elasticsearch-")
    assert not home.is_relative_to(repository)
    assert remark is not None
    assert str(home) in remark
    with pytest.raises(ServerProblem, match="passable"):
        account.choose_home(repository / "wish", repository, stranger)


def test_a_reachable_repository_keeps_its_own_home(tmp_path):
    me = account.Account("me", os.geteuid(), os.getegid(), lent=False)
    assert account.choose_home(None, tmp_path, me) == (tmp_path / ".elasticsearch", None)
    assert account.choose_home(tmp_path / "wish", tmp_path, me) == (tmp_path / "wish", None)


def test_the_home_is_passable_whatever_the_umask(tmp_path):
    before = os.umask(0o077)
    try:
        account.make_home(tmp_path / "home")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o755


def test_ports_never_meet(tmp_path):
    ports = [port for one in instances_in(tmp_path) for port in (one.http_port, one.transport_port)]
    assert ports == [9250, 9350, 9253, 9353]
    shifted = instances_in(tmp_path, "9.5.3", port_offset=1000)
    assert [one.url for one in shifted] == ["http://127.0.0.1:10253"]


def test_only_the_official_server_is_told_about_security(tmp_path):
    official, core = instances_in(tmp_path)
    assert configure.settings(official)["xpack.security.enabled"] is False
    assert not any(name.startswith("xpack.") for name in configure.settings(core))
    assert configure.settings(core)["network.host"] == "127.0.0.1"


def test_every_server_process_carries_its_marker(tmp_path):
    official, core = instances_in(tmp_path)
    chosen = java.Java(tmp_path / "jdk", 25, has_compiler=True)
    assert core.marker in configure.command(core, chosen)
    assert official.marker in configure.environment(official, chosen)["ES_JAVA_OPTS"].split()
    assert official.marker != core.marker


def test_a_process_is_found_by_its_marker_and_ended_even_when_it_refuses(tmp_path):
    instance = Instance(VERSION_9, tmp_path)
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", script, instance.marker]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "up\n"
        assert process.find(instance) == [child.pid]
        assert process.memory_mb(child.pid) > 0
        assert process.find(Instance(VERSION_8, tmp_path)) == []
        assert process.end(instance, patience_s=0.3)
        assert child.wait(timeout=5) == -9
    assert process.find(instance) == []
    assert not process.end(instance)


def test_a_taken_port_is_refused_by_its_number(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        taken = Instance(Release("0", port, port, minimum_java=17, official=True), tmp_path)
        with pytest.raises(ServerProblem, match=str(port)):
            health.refuse_taken_ports(taken)


def test_nothing_running_prints_no_variable_and_ends_with_3(capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # bound but not listening: nothing answers there
        offset = free.getsockname()[1] - VERSION_8.http_port
        code = main(["env", "--version", "8.19.21", "--port-offset", str(offset)])
    assert code == 3
    assert capsys.readouterr().out == ""


def test_unpacking_keeps_programs_executable_and_refuses_to_leave_its_folder(tmp_path):
    archive = tmp_path / "server.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        for name, mode in (("top/bin/run", 0o700), ("top/config/file", 0o600), ("top/../../outside", 0o600)):
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            writing.writestr(entry, "content")
    target = tmp_path / "target"
    with zipfile.ZipFile(archive) as opened:
        program, plain, escape = opened.infolist()
        install.unpack_entry(opened, program, target)
        install.unpack_entry(opened, plain, target)
        with pytest.raises(ServerProblem, match="outside"):
            install.unpack_entry(opened, escape, target)
    assert stat.S_IMODE((target / "bin" / "run").stat().st_mode) == 0o755
    assert stat.S_IMODE((target / "config" / "file").stat().st_mode) == 0o644
    assert not (tmp_path / "outside").exists()


def test_the_maven_project_names_artifacts_and_no_repository():
    text = maven.project_text([("org.elasticsearch", "elasticsearch", "9.5.3")])
    assert "<artifactId>elasticsearch</artifactId><version>9.5.3</version>" in text
    assert "<repositor" not in text

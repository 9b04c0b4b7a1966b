"""Asks a server on loopback how it is, with nothing but the standard library.

In: an `Instance`; out: whether it answers, and whether it is the cluster we expect. `GET /` is never asked: the core
from the published jars has no such address.
"""

from __future__ import annotations

import http.client
import json
import socket
import urllib.error
import urllib.request
from typing import Any

from scripts.elasticsearch_servers.problems import ServerProblem
from scripts.elasticsearch_servers.releases import CLUSTER_NAME, Instance

# A proxy set for the machine must not be asked for a loopback address.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answers(instance: Instance, *, wait_s: int = 1) -> bool:
    """Tell whether the server is ready for work: cluster health yellow or green.

    Raises:
        ServerProblem: Something else answers on the port.
    """
    health = _get(instance, f"/_cluster/health?wait_for_status=yellow&timeout={wait_s}s", timeout_s=wait_s + 5)
    if health is None or health.get("status") not in ("yellow", "green"):
        return False
    nodes = _get(instance, "/_nodes/_local?filter_path=nodes.*.version", timeout_s=5)
    if nodes is None:
        return False
    versions = {node.get("version") for node in nodes.get("nodes", {}).values()}
    if health.get("cluster_name") != CLUSTER_NAME or versions != {instance.release.version}:
        raise ServerProblem(
            f"port {instance.http_port} belongs to another Elasticsearch ({health.get('cluster_name')}, "
            f"{', '.join(sorted(map(str, versions)))}): stop it or shift ours with --port-offset."
        )
    return True


def refuse_taken_ports(instance: Instance) -> None:
    """Check that both ports are free.

    Raises:
        ServerProblem: Another program listens on one of them.
    """
    for port in (instance.http_port, instance.transport_port):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise ServerProblem(
                    f"another program listens on port {port}, which Elasticsearch {instance.release.version} needs: "
                    "stop it or shift ours with --port-offset."
                )


def _get(instance: Instance, path: str, *, timeout_s: float) -> dict[str, Any] | None:
    """Return a JSON answer, or None as long as there is none to be had."""
    try:
        with _OPENER.open(instance.url + path, timeout=timeout_s) as response:
            answer = json.load(response)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None

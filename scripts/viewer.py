"""The stock IIIF viewer of the tests: `python -m scripts.viewer` fetches Mirador from the npm registry that npm is set up for.

In: nothing. Out: its one script in a cache folder outside the repository, once its package was found to be the one that was
tested. Nothing of the package is run here, and nothing of it is installed with the program.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "mirador", "4.0.0"
INTEGRITY = "uWsE9e2oqSc/lUu+vVwDGhTsycuhGsfZ2KfX6CLfXiT3wgGy6qT9+q5M3V9Zz72hkdIgsJugKesaowmRtYmvrA=="
"""SHA-512 of the package, as the registry and lock files write it."""

SCRIPT = Path.home() / ".cache" / "sohoa" / f"{PACKAGE}-{VERSION}.js"
_INSIDE = "package/dist/mirador.min.js"
_INSTALL = "npm is missing. Install it with: sudo apt-get install npm"


def main() -> int:
    """Fetch the viewer unless it is there; answers the exit code."""
    if not SCRIPT.exists():
        if shutil.which("npm") is None:
            print(_INSTALL, file=sys.stderr)
            return 1
        problem = fetch()
        if problem:
            print(problem, file=sys.stderr)
            return 1
    print(SCRIPT)
    return 0


def fetch() -> str:
    """Download, check and unpack; answers what went wrong, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--ignore-scripts", "--pack-destination", folder]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        package = Path(folder) / f"{PACKAGE}-{VERSION}.tgz"
        if done.returncode or not package.exists():
            return f"npm could not fetch {PACKAGE} {VERSION}:\n{done.stderr[-800:]}"
        return unpack(package, SCRIPT)


def unpack(package: Path, target: Path) -> str:
    """Take the script out of a package when it is the one that was tested; answers what is wrong, or nothing."""
    digest = base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode()
    if digest != INTEGRITY:
        return f"{package.name} is not the package that was tested: sha512-{digest}, expected sha512-{INTEGRITY}. Nothing was kept."
    with tarfile.open(package) as content:
        script = content.extractfile(_INSIDE)
        if script is None:
            return f"{package.name} does not hold {_INSIDE}"
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(".part")
        unfinished.write_bytes(script.read())
    unfinished.replace(target)
    return ""


if __name__ == "__main__":
    raise SystemExit(main())

"""Kills a batch with SIGKILL at random moments, runs it again, and proves that nothing was lost, doubled or read twice.

    python -m scripts.kill_test [FOLDER] [--rounds 20] [--seed N] [--index embedded|elasticsearch]

In: a batch folder (default `sample_scans`). One run that nobody kills is the reference. Then runs are killed, each at a moment
of one stage (start-up, reading, assembling, indexing); after every kill the store is examined, and after the last stage the batch
is run to its end and compared with the reference. Out: a table; exit code 1 on any difference.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scripts.killing import Observed, compare, examine, finish, kill_tree, observe, start

STAGES = ("start-up", "reading", "reading", "assembling", "indexing")
_POLL_S = 0.004
_START_S = 3.0
_LONGEST_S = 900.0


@dataclass(slots=True)
class Trial:
    """One store that is killed again and again until its batch is finished."""

    folder: Path
    scans: Path
    index: str
    random: random.Random
    before: Observed | None = None
    problems: list[str] = field(default_factory=list)

    def kill_once(self, stage: str) -> str | None:
        """Start the batch, kill it in a stage, examine what is left; answers a row, or None when the run was over before."""
        moment = self._moment(stage)
        process = start(self.scans, self.folder, self.index)
        begun = time.monotonic()
        while process.poll() is None and not moment(time.monotonic() - begun):
            time.sleep(_POLL_S)
        over = process.poll() is not None
        elapsed = time.monotonic() - begun
        count = kill_tree(process)
        found = examine(self.folder, self.before)
        self.problems += found
        self.before = observe(self.folder)
        hit = f"{count} processes at {elapsed:.2f} s"
        return None if over else "".join([f"{hit:<26} {self.before}", *(f"; {problem}" for problem in found)])

    def _moment(self, stage: str) -> Callable[[float], bool]:
        if stage == "start-up":
            return self._after(0.0, _START_S)
        if stage == "reading":
            return self._when("dossiers/*/pages/*.json.gz", self.random.randint(1, 5), 1.0)
        if stage == "assembling":
            return self._when("dossiers/*/documents/*.json", self.random.randint(1, 4), 0.03)
        if self.before is not None and self.before.all_assembled:  # nothing is left but to index
            return self._after(_START_S / 3, _START_S)
        pause = _Pause(self.random.uniform(0.0, 0.15))
        return lambda _: pause.over((seen := observe(self.folder)).complete and seen.all_assembled)

    def _after(self, earliest_s: float, latest_s: float) -> Callable[[float], bool]:
        moment = self.random.uniform(earliest_s, latest_s)
        return lambda elapsed: elapsed >= moment

    def _when(self, pattern: str, more: int, longest_pause_s: float) -> Callable[[float], bool]:
        """A little after so many more files of a kind have come."""
        wanted = len(list(self.folder.glob(pattern))) + more
        pause = _Pause(self.random.uniform(0.0, longest_pause_s))
        return lambda _: pause.over(len(list(self.folder.glob(pattern))) >= wanted)


class _Pause:
    """True a while after a condition became true."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._since: float | None = None

    def over(self, condition: bool) -> bool:
        """Whether the condition has held and the pause is over."""
        if self._since is None and condition:
            self._since = time.monotonic()
        return self._since is not None and time.monotonic() - self._since >= self._seconds


def main() -> int:
    """Run the test; answers the exit code."""
    arguments = _arguments()
    chance = random.Random(arguments.seed)
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="sohoa-kill-test-") as folder:
        work = Path(folder)
        reference = finish(arguments.scans, work / "reference", arguments.index, _LONGEST_S)
        print(f"{arguments.scans}: {reference.summary()}; seed {arguments.seed}\n")
        print(f"{'round':>5}  {'stage':<11} {'killed':<26} left behind")
        trial = Trial(work / "store", arguments.scans, arguments.index, chance)
        kills = 0
        while kills < arguments.rounds:
            stage = STAGES[kills % len(STAGES)]
            row = trial.kill_once(stage)
            if row is not None:
                kills += 1
                print(f"{kills:>5}  {stage:<11} {row}", flush=True)
            if row is None or stage == STAGES[-1] or kills == arguments.rounds:
                problems += trial.problems + _complete(trial, reference)
                shutil.rmtree(trial.folder)
                trial = Trial(work / "store", arguments.scans, arguments.index, chance)
    different = dict.fromkeys(problems)
    print("\n" + ("\n".join(different) or "nothing lost, nothing doubled, no page read twice, every document as without kills"))
    return 1 if problems else 0


def _complete(trial: Trial, reference: Observed) -> list[str]:
    after = finish(trial.scans, trial.folder, trial.index, _LONGEST_S)
    problems = examine(trial.folder, trial.before) + compare(after, reference)
    print(f"{'':>5}  {'to the end':<11} {after.summary()}" + "".join(f"; {problem}" for problem in problems), flush=True)
    return problems


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("scans", nargs="?", type=Path, default=Path("sample_scans"))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--index", choices=("embedded", "elasticsearch"), default="embedded")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.setdefault("SOHOA_FLOWS__ENGINE", "inline")
    sys.exit(main())

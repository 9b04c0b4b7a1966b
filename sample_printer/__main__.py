"""Print the sample scans: `python -m sample_printer --seed 2026 --out sample_scans`; with `--forms`, filled-in forms instead.

In: command line. Out: dossier folders, and a line for each. Exit 1 with the reason when a font is missing.
"""

import argparse
import sys
from pathlib import Path

from sample_printer.batch import write_dossier
from sample_printer.dossier_files import BadPlan, load_plans
from sample_printer.fonts import FontMissing
from sample_printer.form_samples import write_form_samples


def main(arguments: list[str] | None = None) -> int:
    """Print all planned dossiers, or those named with `--only`; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m sample_printer", description="Print sample dossiers with their truth.")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, default=Path("sample_scans"))
    parser.add_argument("--only", default="", help="print only dossiers whose folder begins with this, or forms of this pack")
    parser.add_argument("--forms", action="store_true", help="print filled-in forms to try data packs on, into --out")
    options = parser.parse_args(arguments)
    try:
        if options.forms:
            forms = write_form_samples(options.out, seed=options.seed, only=options.only)
            print(f"{options.out}: {len(forms)} files")
            return 0
        for plan in load_plans():
            if plan.folder.startswith(options.only):
                scans = write_dossier(plan, options.out, seed=options.seed)
                size = sum(path.stat().st_size for path in scans) / 1e6
                print(f"{plan.folder}: {len(scans)} files, {size:.1f} MB")
    except (FontMissing, BadPlan) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Builds `ocr/language/vietnamese.bin` from the corpus.

    SOHOA_DATA=... python -m scripts.build_language [--out FILE]

In: `$SOHOA_DATA/corpus` (texts, names, places, agencies) and `language_builder/phrases.toml`. Out: the model file; the same corpus
gives the same bytes. Takes about a minute.
"""

from __future__ import annotations

import argparse
import os
import sys
from itertools import chain
from pathlib import Path

from language_builder.counting import count
from language_builder.packing import pack
from language_builder.texts import listed, paragraphs
from ocr.language.model_file import FILE


def main() -> int:
    """Count, pack, write; say how large it became."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FILE)
    out: Path = parser.parse_args().out
    if "SOHOA_DATA" not in os.environ:
        print("SOHOA_DATA is not set: it names the folder that holds corpus/", file=sys.stderr)
        return 2
    corpus = Path(os.environ["SOHOA_DATA"]) / "corpus"
    counts = count(chain(((text, 1) for text in paragraphs(corpus, held_out=False)), listed(corpus)))
    packed = pack(counts)
    out.write_bytes(packed)
    print(f"{out}: {len(packed) / 1e6:.2f} MB, {len(counts.words)} words")
    print(f"seen: {len(counts.pairs[0])} pairs, {len(counts.triples[0])} triples")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What tutorials show: Pillow opens an image, pytesseract reads it. `python pytesseract_script.py FILE…`.

In: image files. Out: their text. A program of its own, so that nothing of ours is in its memory.
"""

from __future__ import annotations

import sys

import pytesseract
from PIL import Image

if __name__ == "__main__":
    for name in sys.argv[1:]:
        with Image.open(name) as image:
            print(pytesseract.image_to_string(image, lang="vie"))

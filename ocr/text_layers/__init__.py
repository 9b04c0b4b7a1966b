"""Text that a PDF page holds already: taken over where it is proved good, refused otherwise; marks of digital signatures apart.

In: a page of a PDF file, then its upright image. Out: lines with boxes of the upright page and what is known of them.
"""

from ocr.text_layers.layer import ENGINE, KeptLayer, PageLayer, judge_layer, layer_version, open_layer
from ocr.text_layers.placing import Uprighting
from ocr.text_layers.signature_marks import part_marks

__all__ = ["ENGINE", "KeptLayer", "PageLayer", "Uprighting", "judge_layer", "layer_version", "open_layer", "part_marks"]

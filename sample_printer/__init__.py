"""The project's own generator of scans: for samples, tests and training; never installed with the product.

In: document specifications and a seed. Out: page images like those of a scanner, and the truth about them.
"""

from sample_printer.damage import RECIPES, DamageRecipe, damage
from sample_printer.further_truth import further_truth
from sample_printer.layout import blank_page, print_document
from sample_printer.spec import Annex, Arrival, CopyBlock, DigitalMark, DocumentSpec, Head, Signature, Style
from sample_printer.truth import PageTruth, PrintedLine, PrintedPage, document_truth, file_truth

__all__ = [
    "RECIPES",
    "Annex",
    "Arrival",
    "CopyBlock",
    "DamageRecipe",
    "DigitalMark",
    "DocumentSpec",
    "Head",
    "PageTruth",
    "PrintedLine",
    "PrintedPage",
    "Signature",
    "Style",
    "blank_page",
    "damage",
    "document_truth",
    "file_truth",
    "further_truth",
    "print_document",
]

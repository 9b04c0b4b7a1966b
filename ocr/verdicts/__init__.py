"""What a page is beside its text, each finding with the measures it rests on."""

from ocr.verdicts.judging import Sighting, judge_page
from ocr.verdicts.spreads import Gutter, find_gutter, leaves_of, left_leaf_first

__all__ = ["Gutter", "Sighting", "find_gutter", "judge_page", "leaves_of", "left_leaf_first"]

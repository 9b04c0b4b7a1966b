"""The language model as the readers use it. In: `Alternatives` of a line. Out: its words with calibrated confidence."""

from __future__ import annotations

import unicodedata
from functools import cache

from ocr.engines.networks.alternatives import Alternatives, ReadWord
from ocr.language.confidence import Calibration, open_calibration
from ocr.language.evidence import FoundWord, found_words
from ocr.language.model_file import open_model_file
from ocr.language.near_words import NearWords
from ocr.language.ngrams import Ngrams
from ocr.language.readings import reopened, segments
from ocr.language.scoring import Scoring
from ocr.language.search import Chosen, best_path, plausible
from ocr.language.weights import WEIGHTS, Weights
from ocr.language.words import Kind

UNEXPECTED = -10.0
"""Log probability under which a word is looked at again, with doubt in every letter."""


class Language:
    """Chooses words with picture and language together; one a process is enough."""

    name = "vietnamese-1"

    def __init__(self, scoring: Scoring, near_words: NearWords, calibration: Calibration) -> None:
        self._scoring, self._near_words, self._calibration = scoring, near_words, calibration

    def decode(self, alternatives: Alternatives) -> tuple[ReadWord, ...]:
        """The words of a line from left to right."""
        return tuple(self._read_word(word) for word in self.find_words(alternatives))

    def find_words(self, alternatives: Alternatives) -> list[FoundWord]:
        """The words of a line with the evidence for each, from which `decode` makes confidences."""
        scoring, near = self._scoring, self._near_words
        found = [plausible(near.added(segment, alternatives), scoring) for segment in segments(alternatives)]
        if not found:
            return []
        chosen = best_path(found, scoring)
        unexpected = [place for place, each in enumerate(chosen) if self._is_unexpected(each)]
        if unexpected:
            for place in unexpected:
                again = near.added_to_known(reopened(alternatives, found[place]), alternatives)
                found[place] = plausible(again, scoring)
            chosen = best_path(found, scoring)
        return found_words(alternatives, found, chosen, scoring)

    def _is_unexpected(self, chosen: Chosen) -> bool:
        """Whether the language would have bet on other words."""
        before = chosen.before
        for token in self._scoring.tokens(chosen.reading.text):
            if token.kind is Kind.WORD and self._scoring.language(token, before) < UNEXPECTED * len(token.numbers):
                return True
            before = self._scoring.worth(token, before)[1]
        return False

    def _read_word(self, word: FoundWord) -> ReadWord:
        score = (word.picture + min(word.evidence.language, 0.0)) / len(word.text)
        confidence = self._calibration.confidence(word.evidence)
        return ReadWord(unicodedata.normalize("NFC", word.text), word.first_step, word.last_step, confidence, score)


@cache
def open_language() -> Language:
    """Open the model that ships with the package; a second call answers the same object.

    Raises:
        MissingTool: the model's files are absent, or damaged (`ChangedModel`).
    """
    return make_language(WEIGHTS)


def make_language(weights: Weights) -> Language:
    """The model with other weights than its own, to try them."""
    file = open_model_file()
    scoring = Scoring(file, Ngrams(file), weights)
    return Language(scoring, NearWords(file.words, scoring), open_calibration())

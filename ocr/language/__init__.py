"""Vietnamese in the decoder: from what the recogniser saw in a line to the words that stand there.

In: `Alternatives` of a line. Out: words with their steps and a calibrated confidence; also how likely a text is.
"""

from ocr.language.language import Language, open_language

__all__ = ["Language", "open_language"]

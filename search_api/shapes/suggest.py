"""Shapes of what is offered while somebody types and of what may have been meant."""

from __future__ import annotations

from pydantic import BaseModel, Field


class SuggestionShape(BaseModel):
    """One thing that may be meant."""

    kind: str = Field(description="word, phrase, number, agency, signer, dossier or subject.", examples=["phrase"])
    text: str = Field(description="Put it in place of the typed text from `start` on.", examples=["quyết định"])
    count: int = Field(description="Documents the asker may see that hold it; phrases and names are counted in headings only.")
    start: int = Field(description="Where in the typed text the completed words begin, in characters from 0.")


class SuggestionsShape(BaseModel):
    """What the typed text may become, best first; what has the very marks typed goes before the rest."""

    prefix: str = Field(description="What was typed.")
    items: list[SuggestionShape]


class ReadingShape(BaseModel):
    """One way to read a syllable typed without marks."""

    text: str = Field(examples=["mã"])
    count: int = Field(description="Documents the asker may see that hold it.")


class SpellingShape(BaseModel):
    """What a question may have been meant to be."""

    query: str = Field(description="What was asked.")
    did_you_mean: str | None = Field(
        description="The question with its marks, decoded keystrokes and corrected letters; null when it is good as it is or "
        "nothing better finds anything the asker may see.",
        examples=["quyết định"],
    )
    readings: list[ReadingShape] = Field(description="For a single syllable: its marked forms, most frequent first.")

"""What must hold for every text: offsets, one form for every way of writing, nothing changed twice."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.text import fold, has_marks, normalise, number_key, sort_key, stream, tokenise
from dossier.text.letters import _SECOND_TO_FIRST

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵdđ"
LETTERS = VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvxBCGHKLMNPQRSTVX"
syllables = st.text(alphabet=LETTERS + "0123456789", min_size=1, max_size=8)
ODDITIES = ["/", "-", "-\n", ", ", " ", "\n", "\u00ad", "\u00a0", "ƣ", "Ð"]
ODDITIES += ["\u0131", "\u0130", "\u0430", "\u039f", "\ufb01", "\uff11", "m²", "05"]
papers = st.lists(st.one_of(syllables, st.sampled_from(ODDITIES))).map("".join)
texts = st.one_of(papers, st.text(max_size=80))


@given(texts)
def test_normalise_and_fold_change_nothing_the_second_time(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_tokens_cover_the_text_they_stand_for(text: str) -> None:
    end_before = 0
    for token in tokenise(text):
        assert end_before <= token.start < token.end <= len(text)
        end_before = token.end
        piece = text[token.start : token.end]
        again = tokenise(re.sub(r"[-\u2010\u00ad]\s*\n\s*", "", piece))
        assert [(other.ex, other.fo) for other in again] == [(token.ex, token.fo)]


@given(papers)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {index for token in tokenise(text) for index in range(token.start, token.end)}
    assert all(index in covered for index, letter in enumerate(text) if letter.isalnum())


@given(texts)
def test_streams_are_stable_and_stand_position_by_position(text: str) -> None:
    made = stream(text)
    assert len(made.ex.split()) == len(made.fo.split()) == len(tokenise(text))
    assert stream(made.ex).ex == made.ex
    assert stream(made.ex).fo == made.fo
    assert stream(made.fo).fo == made.fo


@given(papers)
def test_decomposed_text_gives_the_same_tokens(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert stream(composed) == stream(decomposed)
    assert fold(composed) == fold(decomposed)
    assert sort_key(composed[:50]) == sort_key(unicodedata.normalize("NFD", composed[:50]))
    assert number_key(composed) == number_key(decomposed)


@given(st.sampled_from(sorted(_SECOND_TO_FIRST)), st.sampled_from(["h", "th", "kh", "l", "", "ng"]), st.booleans())
def test_both_styles_of_tone_placement_are_one_token(ending: str, onset: str, upper: bool) -> None:
    second, first = onset + ending, onset + _SECOND_TO_FIRST[ending]
    if upper:
        second = second.upper()
    assert tokenise(second)[0].ex == tokenise(first)[0].ex


@given(st.lists(syllables, min_size=1, max_size=5))
def test_upper_and_lower_case_are_one_token(words: list[str]) -> None:
    text = " ".join(words)
    assert stream(text.upper()).ex == stream(text.lower()).ex


@given(texts)
def test_folded_text_has_no_marks(text: str) -> None:
    assert not has_marks(fold(text))


@settings(max_examples=30)
@given(st.lists(papers, min_size=2, max_size=6))
def test_sort_keys_are_plain_and_short(titles: list[str]) -> None:
    for key in map(sort_key, titles):
        assert key.isascii()
        assert len(key) <= 610

"""Builds the language model that ships with `ocr`, and fits the confidence map; never installed with the product.

In: a corpus of Vietnamese law texts with lists of names, places and agencies; printed pages of `sample_printer`. Out: the file
`ocr/language/vietnamese.bin` and the table `ocr/language/confidence.toml`.
"""

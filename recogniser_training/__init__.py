"""Trains the line recogniser on printed pages; not installed with the product. See README.md here."""

"""HTTP and web pages over the store and the index: a question comes in, an answer with its evidence goes out; never runs OCR."""

"""Image in, image out: one file an operation, the order is written once in `ocr.reading`."""

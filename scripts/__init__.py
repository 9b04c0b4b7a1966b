"""Programs for developers and continuous integration; nothing here is installed with the product."""

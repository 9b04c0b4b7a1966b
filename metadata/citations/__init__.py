"""Documents that a text names, with number, date, agency and title."""

"""The head of a document (NĐ 30/2020 PL I, ô 1-5, 10): agency, number, place and date, type, subject, urgency."""

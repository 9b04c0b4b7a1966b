"""The end of a document (NĐ 30/2020 PL I, ô 7 and 9b): who signs, for whom, with whom, and who receives it."""

"""Results of a search as a file, however many they are: ordered, made in the background, fetched."""

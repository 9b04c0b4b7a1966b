"""Reading with small networks: find lines, cut them out, read them, put them in reading order."""

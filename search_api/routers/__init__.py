"""The paths of the server: `search`, `records` and `health` answer programs, `pages` answers people."""

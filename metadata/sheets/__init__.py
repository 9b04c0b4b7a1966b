"""A page laid out as lines with their places, and the fixed wording that is looked for in it."""

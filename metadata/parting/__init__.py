"""Where papers begin in a stack: separator sheets, evidence of first pages, covers and lists of papers, annexes."""

"""What is pressed, signed or written onto a printed paper: arrival stamps, marks of secrecy, copy marks, signatures, notes."""

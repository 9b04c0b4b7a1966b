"""When, in what order, how often again: intake, batches, Prefect, the command line. A door."""

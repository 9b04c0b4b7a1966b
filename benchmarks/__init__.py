"""What measures speed and accuracy, ours and others'; never installed with the product. In: sample scans. Out: `RESULTS.md`."""

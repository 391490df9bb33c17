"""Who decides: exports for people."""

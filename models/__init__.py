"""The shapes everything speaks, and the store."""

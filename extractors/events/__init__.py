"""One event, many articles: pure functions over what the store holds. What is read of a text here are its words."""

# Of those under one key, so many (with the least ids) are compared with all others: ids are hashes, so they are a fair
# sample. A key that a thousand reports share makes 24,000 pairs and not half a million. Whoever is missed is found by a
# finer key.
PIVOTS = 24

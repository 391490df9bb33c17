"""One event, many articles: pure functions over what the store holds. What is read of a text here are its words."""

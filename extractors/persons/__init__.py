"""Who is who over articles: pure functions over what the store holds. Nothing here reads a text."""

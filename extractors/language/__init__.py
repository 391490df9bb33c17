"""What several fields need: tokens, sentences, word classes, rules over them, numbers."""

"""What is read: page, language, the field folders, incidents."""

"""What finds documents in the other language: a lexicon of both."""

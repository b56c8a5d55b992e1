"""Words that mean the same, learned from sentences in both languages that do."""

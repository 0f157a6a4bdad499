"""Form and meaning: a text in another form must get the same verdicts."""

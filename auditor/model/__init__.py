"""The nouns: frozen values without input or output, which every stage shares."""

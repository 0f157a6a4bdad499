"""Rules: read from YAML with their places, applied to relations, explained and documented."""

"""The version of the program, which reports name."""

# Written here and in pyproject.toml (a test compares them): asking importlib.metadata costs 20 ms at every start.
VERSION = "0.1.0"

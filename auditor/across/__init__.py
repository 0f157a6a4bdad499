"""Statements held against each other across sentences and documents, by what they are statements about."""

"""The gate inside Great Expectations: expectations for relations, and the committed context that runs them.

Great Expectations is imported by `relations`, `cells` and `checkpoint` only, and those only when they are used.
"""

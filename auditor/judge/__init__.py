"""Exact judging: intervals, the arithmetic of ``holds``, and the verdict of one rule on one relation."""

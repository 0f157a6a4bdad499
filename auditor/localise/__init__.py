"""Which figures are the likeliest to be wrong: the smallest sets that explain all breaches that hang together."""

"""What words mean, as data: one folder a language, compiled by `vocabulary`."""

"""What people decided, and what was known before: waivers, baselines, and the findings of two runs compared."""

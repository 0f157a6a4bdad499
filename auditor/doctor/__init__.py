"""The rule set examines itself: what its files say, and which mistakes it would find."""

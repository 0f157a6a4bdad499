"""What the commands share, and the groups of commands; with ``cli`` the only place that prints or exits."""

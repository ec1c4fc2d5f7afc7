"""How long a client waits for anything, in seconds."""

DEADLINE = 30

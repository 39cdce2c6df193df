"""Which blocks share a generation, how they are asked for, and what waits for what."""

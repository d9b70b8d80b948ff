"""What pages show of running campaigns: how each stands, and its counts so far."""

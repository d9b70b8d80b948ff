"""What do the commands about partnerships do? One file a subject; each takes typed words and returns its exit code."""

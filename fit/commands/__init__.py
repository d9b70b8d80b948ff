"""What do the commands about partnerships do? One file a subject; a command takes the typed words, gives its exit code."""

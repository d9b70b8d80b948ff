"""Keep a store: back it up into one file (backup), bring it back (restore), take a creator out of it (erase)."""

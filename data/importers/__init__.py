"""Files into the store: recognise, read, check every cell, write what is right, report the rest."""

"""Keep a store: back it up into one file (backup), bring it back (restore), take a creator out of it (erase)."""

from data.keeping.archive import BackupRefused, Manifest, read_backup
from data.keeping.backup import back_up
from data.keeping.known_backups import known_backups
from data.keeping.restore import finish, restore, was_cut_off

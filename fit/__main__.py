"""Run the command line: `python -m fit COMMAND`, for cron jobs, notebooks and checks."""

import sys

from fit.cli import limit, main

if __name__ == "__main__":
    limit()
    sys.exit(main())

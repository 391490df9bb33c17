"""`python -m dateline.flows.cli`."""

import sys

from dateline.flows.cli import main

if __name__ == "__main__":
    sys.exit(main())

"""``python -m promptlang`` is the command ``promptlang``."""

import sys

from promptlang.cli import main

if __name__ == "__main__":
    sys.exit(main())

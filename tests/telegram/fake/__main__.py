import contextlib
import sys

from tests.telegram.fake.cli import main

with contextlib.suppress(KeyboardInterrupt):
    sys.exit(main())

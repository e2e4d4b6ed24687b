"""Run the check of the prose; see `prose.check`."""

import sys

from prose.check import main

sys.exit(main())

"""Run the prose check; see `prose.check`."""

import sys

from prose.check import main

sys.exit(main())

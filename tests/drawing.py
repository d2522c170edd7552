"""What draws the charts in tests: it remembers, as the commands do."""

import project

DRAW = project.drawer()

"""Whether the fork server is still what it was when it started: every program is a copy of it."""

import sys

from memory import sizes

# Growth beyond this, in bytes or as a share of what it had, is more than a server's own work takes.
GROWTH_BYTES, GROWTH_SHARE = 32 << 20, 0.25


class Wear:
    """Remembers the server at its start."""

    def __init__(self) -> None:
        self._modules = len(sys.modules)
        self._bytes = sizes().resident

    def shows(self) -> bool:
        """It has grown, or holds other modules."""
        return len(sys.modules) != self._modules or sizes().resident > self._bytes * (1 + GROWTH_SHARE) + GROWTH_BYTES

"""What a program and all that it has started use, read from the /proc of their room."""

import os

PAGE = os.sysconf("SC_PAGE_SIZE")
TICK = 1 / os.sysconf("SC_CLK_TCK")
# PID 1 is the room's own.
KEEPER = "1"


class Census:
    """Samples a room, through a descriptor of its /proc. CPU seconds are a lower bound, kept also for processes that are gone."""

    def __init__(self, proc: int) -> None:
        self.tasks = 0
        self.peak_bytes = 0
        self.cpu_seconds = 0.0
        self._proc = proc
        self._own: "dict[str, float]" = {}
        self._seen = 0.0

    def take(self, memory_limit: int) -> int:
        """Sample once; returns the bytes in use, shared pages counted in part once `memory_limit` is passed."""
        tasks, resident, total = 0, 0, 0.0
        pids = [name for name in os.listdir(self._proc) if name.isdigit() and name != KEEPER]
        for pid in pids:
            fields = self._read(f"{pid}/stat").rpartition(b")")[2].split()
            if not fields:
                continue
            own = (int(fields[11]) + int(fields[12])) * TICK
            total += own + (int(fields[13]) + int(fields[14])) * TICK
            # A waited child's time is in its parent's; one that nobody waits for is only seen here.
            self._seen += max(0.0, own - self._own.get(pid, 0.0))
            self._own[pid] = own
            tasks += max(1, int(fields[17]))
            resident += int(fields[21]) * PAGE
        self.tasks = max(self.tasks, tasks)
        self.cpu_seconds = max(self.cpu_seconds, total, self._seen)
        if resident > memory_limit:
            resident = min(resident, sum(map(self._proportional, pids)))
        self.peak_bytes = max(self.peak_bytes, resident)
        return resident

    def _proportional(self, pid: str) -> int:
        """Bytes of a process, its shared pages divided among those that share them."""
        for line in self._read(f"{pid}/smaps_rollup").splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
        return 0

    def _read(self, path: str) -> bytes:
        """A process may be gone before it is read."""
        try:
            with open(path, "rb", 0, opener=self._open) as file:
                return file.read()
        except OSError:
            return b""

    def _open(self, path: str, flags: int) -> int:
        return os.open(path, flags, dir_fd=self._proc)

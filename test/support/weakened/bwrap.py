#!/usr/bin/env python3
"""
Stands in for bubblewrap where a test wants a runner that is weak on purpose: changes what bubblewrap is asked for, and has
it start this folder's runner in place of the real one. How weak comes by the environment, which only a test can set. A wall
of bubblewrap's stays round all of it.

Usage: bwrap.py ARGUMENTS, with BWRAP, WEAKNESS and FOLDER (what attacks aim at) in the environment
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
POWERS = ("CAP_SYS_ADMIN", "CAP_SYS_CHROOT", "CAP_MKNOD", "CAP_SYS_PTRACE")
ROOT = ("capable", "chroot-jail", "devices")
SEES_FOLDER = ("host-folder", "half-dropped-user", *ROOT)
# Without an inner wall the host's /proc would show.
SEES_PROC = ("no-inner-wall", "unkilled", "half-dropped-user", *ROOT)


def main() -> None:
    """Replace this process by bubblewrap."""
    weakness, folder = os.environ["WEAKNESS"], os.environ["FOLDER"]
    end = sys.argv.index("--")
    runner = sys.argv.index("/runner/main.py")
    interpreter, user = sys.argv[end + 1 : runner], sys.argv[runner + 1 :]
    walls = weaken(sys.argv[1:end], weakness, folder)
    command = [*interpreter, "/weakened/start.py", weakness, folder, *(["-"] if weakness in ROOT else user)]
    os.execv(os.environ["BWRAP"], ["bwrap", *walls, "--", *command])


def weaken(walls: list, weakness: str, folder: str) -> list:
    """Bubblewrap's options, with what the weakness takes away or adds."""
    more = ["--ro-bind", HERE, "/weakened"]
    if weakness == "host-environment":
        walls = [word for word in walls if word != "--clearenv"]
    if weakness == "host-network":
        walls = [word for word in walls if word != "--unshare-net"]
        more += ["--share-net"] if "--unshare-all" in walls else []
    if weakness in ROOT:
        more += [word for power in POWERS for word in ("--cap-add", power)]
    if weakness in SEES_PROC:
        at = walls.index("/proc") - 1
        walls = [*walls[:at], "--proc", "/proc", *walls[at + 3 :]]
    if weakness in SEES_FOLDER:
        # Folders on the way, which would be closed to others.
        for end in range(1, folder.count("/")):
            more += ["--dir", "/".join(folder.split("/")[: end + 1])]
        more += ["--dev-bind" if weakness == "devices" else "--bind", folder, folder]
    lock = walls.index("--remount-ro")
    return [*walls[:lock], *more, *walls[lock:]]


if __name__ == "__main__":
    main()

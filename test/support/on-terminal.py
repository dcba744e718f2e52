"""Runs a command on a terminal of its own, which it closes when it is told to end (SIGTERM). Exits as a shell would report it.

What the command says goes to standard output. Once the terminal has gone the command is told of it again and again: a shell
tells its commands as well as the kernel does.
"""

import os
import pty
import select
import signal
import sys
import time

told, tell = os.pipe()
signal.signal(signal.SIGTERM, lambda *_: os.write(tell, b"."))
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])

while told not in (ready := select.select([terminal, told], [], [])[0]):
    try:
        os.write(1, os.read(terminal, 65_536))
    except OSError:  # The command has closed it.
        break
os.close(terminal)
while (ended := os.waitpid(pid, os.WNOHANG if told in ready else 0))[0] == 0:
    os.kill(pid, signal.SIGHUP)
    time.sleep(0.05)
code = os.waitstatus_to_exitcode(ended[1])
sys.exit(code if code >= 0 else 128 - code)

import { homedir } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { packagePath } from '../../infra/package-path.js';
import type { Bench } from './sandbox-bench.js';

/** Each must raise OSError in the candidate (or find nothing); a pass of the test means that it was refused. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['connect to the network', 'socket.create_connection(("192.0.2.1", 80), 2)'],
  ['resolve a name', 'socket.getaddrinfo("example.com", 80)'],
  ['open a socket of the host kind', 'socket.socket(40, socket.SOCK_STREAM)'],
  ['read /etc/shadow', 'open("/etc/shadow")'],
  ['list the project', `os.listdir(${JSON.stringify(packagePath('domain'))})`],
  // An interpreter may lie below it.
  [
    'read the home of who runs it',
    `set(os.listdir(${JSON.stringify(homedir())})) - set(sys.prefix.split("/")) or open("/none")`,
  ],
  ['write to the root', 'open("/x", "w")'],
  ['write beside libraries', 'open(os.path.join(os.path.dirname(os.__file__), "x.py"), "w")'],
  ['write to /etc', 'open("/etc/x", "w")'],
  ['write to /dev', 'open("/dev/x", "w")'],
  ['write to the runner', 'open("/runner/x", "w")'],
  ['write a kernel setting', 'open("/proc/sys/kernel/core_pattern", "w")'],
  ['change its hostname', 'socket.sethostname("x")'],
  [
    'signal PID 1',
    'os.kill(1, 9) or os.kill(1, 0) or sys.exit(9) if len(os.listdir("/proc/1")) == 0 else os.kill(99999, 9)',
  ],
  ['look into PID 1', '[name for name in INSIDE if opens("/proc/1/" + name)] or open("/none")'],
  ['mount', 'call("mount", b"none", b"/tmp", b"tmpfs", 0, None)'],
  ['unmount /proc', 'call("umount2", b"/proc", 2)'],
  ['make a user namespace', 'call("unshare", 0x10000000)'],
  ['enter another namespace', 'call("setns", os.open("/proc/1/ns/mnt", 0), 0)'],
  ['chroot', 'os.chroot("/tmp")'],
  ['trace a process', 'call("ptrace", 16, 1, 0, 0)'],
  ['become root', 'os.setuid(0)'],
  ['make a device', 'os.mknod("/tmp/sda", 0o60666, os.makedev(8, 0))'],
  ['use the kernel keyring', 'call("syscall", 250, 0, -3, 0)'],
  ['hold memory outside of any process', 'os.memfd_create("x")'],
  [
    'fill more than its temporary folder',
    'open("/tmp/a", "wb").write(b"x" * (20 << 20)) and open("/tmp/b", "wb").write(b"x" * (20 << 20))',
  ],
  ['raise its own limits', 'resource.setrlimit(resource.RLIMIT_NPROC, (9999, 9999))'],
];

const HELPERS = `import ctypes, os, resource, socket, sys
def call(name, *args):
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*args) == -1: raise OSError(ctypes.get_errno(), name)
INSIDE = ("mem", "maps", "smaps", "environ", "auxv", "stack", "syscall", "fd/0", "map_files", "root/tmp", "cwd", "exe", "ns/mnt")
def opens(path):
    try:
        os.close(os.open(path, os.O_RDONLY))
        return True
    except OSError:
        return False
`;

/** What a program must not be able to do. */
export function confinementTests({ run }: Bench): void {
  describe('confinement', () => {
    test.each(REFUSED)('a program cannot %s', async (_, expression) => {
      const program = `${HELPERS}def f():\n    try:\n        return repr(${expression})\n    except (OSError, ValueError) as error:\n        return None\n`;
      const report = await run(program, 'got = f()\nassert got is None, got');
      expect(report).toMatchObject({ endOfRun: 'ok', exception: null });
    });

    test('a program sees only its own processes, an ordinary user and no capability', async () => {
      const program = `import os
def f():
    status = dict(line.split(":", 1) for line in open("/proc/self/status").read().splitlines())
    return {
        "pids": sorted(int(n) for n in os.listdir("/proc") if n.isdigit()),
        "caps": {status[c].strip() for c in ("CapPrm", "CapEff", "CapInh", "CapBnd", "CapAmb")},
        "locked": (status["NoNewPrivs"].strip(), status["Seccomp"].strip()),
        "ids": (os.getuid(), os.geteuid(), os.getgid()),
        "fds": [fd for fd in os.listdir("/proc/self/fd") if int(fd) > 2],
        "env": sorted(os.environ),
    }
`;
      // Of descriptors its one channel to the outside, and that of the listing itself.
      const report = await run(
        program,
        `got = f()
assert len(got["pids"]) == 2 and got["pids"][0] == 1, got
assert got["caps"] == {"0" * 16} and got["locked"] == ("1", "2"), got
assert got["ids"] == (1000, 1000, 1000) and len(got["fds"]) == 2, got
assert not any("AICODEREVAL" in name for name in got["env"]), got`,
      );
      expect(report.exception).toBeNull();
    });

    test('without an environment it sees the standard library alone, and what every interpreter has', async () => {
      const [places, builtins] = [
        'import sys\ndef f():\n    return [p for p in sys.path if "-packages" in p]\n',
        'def f():\n    return [each for each in (exit, quit, help, copyright, credits, license) if not callable(each)]\n',
      ];
      for (const program of [places, builtins])
        expect((await run(program, 'got = f()\nassert got == [], got')).exception).toBeNull();
    });

    test('it has a temporary folder and shared memory of its own, empty at the start', async () => {
      const program = `import os, tempfile, multiprocessing
def f(x):
    assert os.listdir(".") == [] and os.listdir("/dev/shm") == []
    for path in ("left", "/tmp/left", "/dev/shm/left", os.path.join(tempfile.gettempdir(), "x")):
        open(path, "w").write("x")
    return multiprocessing.Value("i", x).value + 1
`;
      for (let i = 0; i < 4; i += 1) expect((await run(program, 'assert f(1) == 2')).exception).toBeNull();
    });

    test('no other folder can be written to', async () => {
      const program = `import os
def f():
    own = ("/tmp", "/dev/shm", "/proc")
    found = []
    for folder, names, _ in os.walk("/"):
        names[:] = [name for name in names if os.path.join(folder, name) not in own]
        if os.access(folder, os.W_OK): found.append(folder)
    return found
`;
      expect((await run(program, 'got = f()\nassert got == [], got')).exception).toBeNull();
    });

    test('it can talk to itself over the loopback', async () => {
      const program = `import socket
def f(x):
    server = socket.create_server(("localhost", 0))
    client = socket.create_connection(server.getsockname())
    server.accept()[0].sendall(b"hello")
    return client.recv(5)
`;
      expect((await run(program, 'assert f(1) == b"hello"')).exception).toBeNull();
    });

    test('it finds no trace of the network of the program before it', async () => {
      const used = `import socket
def f(x):
    server = socket.create_server(("localhost", 0))
    client = socket.create_connection(server.getsockname())
    client.close()
    server.accept()[0].close()
    return len(open("/proc/net/tcp").readlines())
`;
      const first = await run(used, 'assert f(1) > 1');
      expect(first.exception).toBeNull();
      // At least as many as there are slots: one of them is where the first has run.
      const looks = 'def f(x):\n    return len(open("/proc/net/tcp").readlines())\n';
      const after = await Promise.all(Array.from({ length: 4 }, () => run(looks, 'assert f(1) == 1, f(1)')));
      expect(after.map(({ exception }) => exception)).toEqual(Array(4).fill(null));
    });

    test('subprocesses work and are behind the same wall', async () => {
      const program =
        'import subprocess\ndef f(x):\n    return subprocess.run(["sh", "-c", "cat /etc/shadow; unshare -r true; echo done"], capture_output=True, text=True).stdout\n';
      expect((await run(program, 'assert f(1) == "done\\n"')).exception).toBeNull();
    });
  });
}

import { expect, test } from '@jest/globals';
import type { Bench } from './sandbox-bench.js';

const LOOKUP = 'import socket\ntry:\n    socket.getaddrinfo("example.com", 80)\nexcept OSError:\n    pass\n';
const CHILD = `import os\nif os.fork() == 0:\n    ${LOOKUP.replaceAll('\n', '\n    ')}\n    os._exit(0)\nos.wait()`;
const program = (body: string): string => `def f():\n    ${body.trim().replaceAll('\n', '\n    ')}\n    return 1\n`;

/** Whether a run asks for a network, told by what it does and not by what it says. */
export function networkTests({ run }: Bench): void {
  test.each([
    ['looks a name up', LOOKUP, true],
    ['connects', 'import socket\nsocket.socket().connect_ex(("192.0.2.1", 80))', true],
    ['looks a name up in a process of its own', CHILD, true],
    ['says that it would', 'print("gaierror: Temporary failure in name resolution")', false],
    ['talks to a process of its own', 'import socket\na, b = socket.socketpair()\na.send(b"x")', false],
    ['runs an event loop', 'import asyncio\nasyncio.run(asyncio.sleep(0))', false],
  ])('a program that %s: is it told to ask for a network', async (_, body, expected) => {
    const report = await run(program(body), 'assert f() == 1');
    expect(report).toMatchObject({ endOfRun: 'ok', network: expected });
  });

  test('a test that looks a name up asks for a network, and the program after it does not', async () => {
    const asking = await run(program('pass'), `assert f() == 1\n${LOOKUP}`);
    expect(asking).toMatchObject({ endOfRun: 'ok', network: true });
    expect(await run(program('pass'), 'assert f() == 1')).toMatchObject({ network: false });
  });
}

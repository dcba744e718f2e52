import { expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();

// The reader has ended long before Node has started; how the command ended is told elsewhere.
test.each(['suites', 'suites --json', 'models', 'suites --help'])(
  '%s has nothing to add where nobody reads it',
  async (line) => {
    const via = ['sh', '-c', '{ "$@"; echo "code $?" >&2; } | true', 'sh'];
    const { stderr } = await runCli([...line.split(' '), '--home', await newHome()], { via });
    expect(stderr).toBe('code 0\n');
  },
);

test('what went wrong is told by the exit code also where nobody reads the words', async () => {
  const via = ['sh', '-c', '{ { "$@"; echo "code $?" >&3; } 2>&1 | true; } 3>&2', 'sh'];
  const { stderr } = await runCli(['report', 'nothing', '--home', await newHome()], { via });
  expect(stderr).toBe('code 2\n');
});

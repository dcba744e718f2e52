import { expect, test } from '@jest/globals';
import { runCli } from '../support/cli.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();

/** What `--help` says, without its line breaks. */
async function help(...command: readonly string[]): Promise<string> {
  const { code, stdout } = await runCli([...command, '--help']);
  expect(code).toBe(0);
  return stdout.replaceAll(/\s+/g, ' ');
}

test('--help tells what a command can’t do without, the choices, and what holds unless given', async () => {
  const said = await help('export');
  expect(said).toMatch(/--format <name> what to write \(required; choices: jsonl, csv, [a-z, ]+\)/);
  expect(said).toContain('which rows (choices: cells, attempts; default: cells)');
  expect(said).toContain('want them named --model');
  expect(await help('grade')).toContain('--suite <id> the suite that the programs answer (required)');
});

test.each([
  [['grade'], "'--suite <id>' not specified", 'grade'],
  [['report', 'x', '--htlm'], "unknown option '--htlm'", 'report'],
  [['environments', 'build'], "missing required argument 'name'", 'environments build'],
])('what is missing or wrong points to the help of the command: %j', async (args, what, command) => {
  const { code, stderr, stdout } = await runCli(args);
  expect(stderr).toContain(what);
  expect(stderr).toContain(`(aicodereval ${command} --help lists its options)`);
  expect([code, stdout]).toEqual([2, '']);
});

test('an unknown command points to the commands', async () => {
  expect((await runCli(['statsu'])).stderr).toContain('(aicodereval --help lists the commands)');
});

test.each([
  ['2h', 'There is no sweep "nothing"'],
  ['90', 'There is no sweep "nothing"'],
  ['soon', '"soon" is not a number above zero.'],
  ['0h', '"0h" is not a number above zero.'],
])('resume --wall %s', async (time, what) => {
  const { code, stderr } = await runCli(['resume', 'nothing', '--wall', time, '--home', await newHome()]);
  expect(stderr).toContain(what);
  expect(code).toBe(2);
});

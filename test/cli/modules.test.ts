import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { addCommands, MODULES } from '../../cli/commands/modules.js';

const namesOf = (program: Command): string[] => program.commands.map((command) => command.name());

test.each(MODULES)('a module has the commands that it is known for: $names', async ({ names, load }) => {
  const program = new Command();
  (await load())(program);
  expect(namesOf(program)).toEqual(names);
});

test.each([[undefined], ['--help'], ['no-such-command']])('all are there for %s', async (name) => {
  const program = new Command();
  await addCommands(program, name);
  expect(namesOf(program)).toEqual(MODULES.flatMap(({ names }) => names));
});

test('a command has its own module alone', async () => {
  const program = new Command();
  await addCommands(program, 'grade');
  expect(namesOf(program)).toEqual(['grade']);
});

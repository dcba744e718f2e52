import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Ended, runCli } from '../support/cli.js';
import { type BuiltLine, draftAnswer, linesOf, recordLine, soundDraft } from '../support/drafts.js';
import { REPLIES, startFaultServer } from '../support/fault-server.js';
import { homesWithTools } from '../support/home-with-tools.js';

const newHome = homesWithTools();

test.each([
  ['nothing to draft from', [], 'nothing to draft tasks from'],
  ['a records file that is not there', ['--records', '/nonexistent.jsonl'], 'cannot be read'],
  ['an environment that there is not', ['--library', 'x', '--environment', 'moon'], 'no environment "moon"'],
  ['a number that is none', ['--library', 'x', '--rounds', '0'], '--rounds must be a whole number of 1 or more'],
  [
    'tasks to compare with that are none',
    ['--library', 'x', '--against', '/nonexistent.jsonl'],
    'No tasks can be read',
  ],
])('%s is told', async (_, args, words) => {
  const home = await newHome();
  const model = join(dirname(home), 'none.jsonl');
  writeFileSync(model, '');
  const ended = await runCli(['build-dataset', '--home', home, '--model', `replay:${model}`, ...args]);
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
});

test('a line of a records file that has a field too many is told with file, line and field', async () => {
  const home = await newHome();
  const records = join(dirname(home), 'records.jsonl');
  writeFileSync(records, `${recordLine('a')}${JSON.stringify({ name: 'tools.b', docs: 'x' })}\n`);
  const ended = await runCli(['build-dataset', '--home', home, '--model', `replay:${records}`, '--records', records]);
  expect(ended.code).toBe(2);
});

/** A build over recorded answers in the environment `base`, without corrections. */
function buildOnce(home: string, name: string, answers: string, ...args: readonly string[]): Promise<Ended> {
  const fixed = ['--model', `replay:${answers}`, '--environment', 'base', '--rounds', '1'];
  return runCli(['build-dataset', '--home', home, '--json', '--name', name, ...args, ...fixed]);
}

test('documentation that a record lacks is read in the sandbox; a name that nothing has is told', async () => {
  const home = await newHome();
  const folder = dirname(home);
  const [records, answers] = ['records.jsonl', 'answers.jsonl'].map((name) => join(folder, name)) as [string, string];
  const build = (name: string, ...names: readonly string[]): Promise<Ended> => {
    writeFileSync(records, names.map((each) => `${JSON.stringify({ name: each })}\n`).join(''));
    return buildOnce(home, name, answers, '--records', records, '--tasks', '1');
  };
  const draft = {
    ...soundDraft('median', 7),
    imports: 'import statistics',
    body: [
      'median = statistics.median(values)',
      ...soundDraft('median', 7)
        .body.slice(1)
        .map((line) => line.replaceAll('median[-1]', 'max(values)').replaceAll('median[0]', 'min(values)')),
    ],
  };
  // What the prompt shows of the docstring is what is matched: a record without it would find no answer.
  writeFileSync(
    answers,
    `${JSON.stringify({ match: 'Return the median (middle value) of numeric data', completion: draftAnswer(draft) })}\n`,
  );
  const found = await build('found', 'statistics.median');
  expect(found).toMatchObject({ code: 0 });
  const { files } = JSON.parse(found.stdout) as { files: { provenance: string } };
  expect(linesOf<BuiltLine>(files.provenance)[0]?.steps[0]).toMatchObject({
    name: 'statistics.median',
    source: expect.stringMatching(/^records.jsonl, line 1; base /),
  });

  const inTheWay = ['--records', records, '--tasks', '1', '--out', folder];
  expect(await buildOnce(home, 'found', answers, ...inTheWay)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining(`Cannot write ${folder}: a folder is there.`),
  });

  const lost = await build('lost', 'statistics.median', 'statistics.nothing');
  expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining('is called statistics.nothing') });
}, 120_000);

test('what a library offers is read from the index of the environment; one that it lacks is told', async () => {
  const home = await newHome();
  const answers = join(dirname(home), 'answers.jsonl');
  writeFileSync(answers, `${JSON.stringify({ match: 'Library: python', completion: 'No.' })}\n`);
  const build = (name: string, library: string): Promise<Ended> =>
    buildOnce(home, name, answers, '--library', library, '--limit', '2');
  const built = await build('standard', 'python');
  expect(built.code).toBe(1);
  const { files, why } = JSON.parse(built.stdout) as { files: { provenance: string }; why: object };
  expect(why).toEqual({ 'no-code': 2 });
  for (const { steps } of linesOf<BuiltLine>(files.provenance)) {
    expect(steps[0]).toMatchObject({
      library: 'python',
      version: expect.stringMatching(/^3\./),
      source: expect.stringMatching(/^base \w+, index \w{12}$/),
    });
  }
  const unknown = await build('unknown', 'NumPy');
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('has no NumPy; it has python') });
}, 120_000);

test('what a record says of an API goes before what its library says', async () => {
  const home = await newHome();
  const folder = dirname(home);
  const [records, answers] = [join(folder, 'records.jsonl'), join(folder, 'answers.jsonl')];
  const own = { name: 'statistics.median', documentation: 'The middle, in words of my own.', domain: 'tabular' };
  writeFileSync(records, `${JSON.stringify(own)}\n`);
  writeFileSync(answers, `${JSON.stringify({ match: own.documentation, completion: 'No.' })}\n`);
  const built = await buildOnce(home, 'own', answers, '--records', records, '--library', 'python', '--limit', '1');
  expect(JSON.parse(built.stdout)).toMatchObject({ why: { 'no-code': 1 } });
}, 120_000);

test('a model that thinks, or refuses to be told how to draw, is asked as in a sweep, with the key that is named', async () => {
  const home = await newHome();
  const records = join(dirname(home), 'records.jsonl');
  writeFileSync(records, recordLine('a'));
  const server = await startFaultServer({ reply: () => REPLIES.prose });
  const build = (name: string, ...args: readonly string[]): Promise<Ended> => {
    const model = ['--model', 'openai:m', '--base-url', server.baseUrl, '--api-key-env', 'MY_API_KEY', ...args];
    const fixed = ['--environment', 'base', '--rounds', '1', '--records', records, '--name', name];
    return runCli(['build-dataset', '--home', home, ...fixed, ...model], { env: { MY_API_KEY: 'sk-0123456789' } });
  };
  try {
    expect((await build('thinking', '--reasoning-effort', 'low')).code).toBe(1);
    expect((await build('terse', '--leave-out', 'temperature', 'top_p')).code).toBe(1);
    expect(server.received.map(({ body }) => body['reasoning_effort'])).toEqual(['low', undefined]);
    for (const { headers, body } of server.received) {
      expect(headers.authorization).toBe('Bearer sk-0123456789');
      expect(body).not.toHaveProperty('temperature');
      expect(body).not.toHaveProperty('top_p');
    }
    const refused = await build('wrong', '--leave-out', 'everything');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('leave_out') });
  } finally {
    await server.close();
  }
}, 120_000);

test('records that were tried again push out those behind them: no more tasks than were wanted, and the build ends', async () => {
  const home = await newHome();
  const folder = dirname(home);
  const [records, answers] = [join(folder, 'records.jsonl'), join(folder, 'answers.jsonl')];
  const names = ['a', 'b', 'c', 'd', 'e'];
  const answered = (wanted: readonly string[]): void =>
    writeFileSync(
      answers,
      names
        .filter((name) => wanted.includes(name))
        .map((name) => {
          const completion = draftAnswer(soundDraft(name, 2 + names.indexOf(name)));
          return `${JSON.stringify({ match: `\`tools.${name}\``, completion })}\n`;
        })
        .join(''),
    );
  writeFileSync(records, names.map(recordLine).join(''));
  const build = async (): Promise<Ended> => buildOnce(home, 'again', answers, '--records', records, '--tasks', '3');
  answered(['b', 'c', 'e']);
  const first = await build();
  expect(JSON.parse(first.stdout)).toMatchObject({ accepted: 3, why: { unjudged: 2 } });
  answered(names);
  const second = await build();
  expect(JSON.parse(second.stdout)).toMatchObject({ accepted: 3, why: {} });
  const { files } = JSON.parse(second.stdout) as { files: { tasks: string } };
  expect(linesOf<{ task_id: string }>(files.tasks).map(({ task_id }) => task_id)).toEqual(['a', 'b', 'c']);
  expect((await build()).stderr).toContain('nothing is asked, nothing is run');
}, 180_000);

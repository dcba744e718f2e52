import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compareSweeps } from '../cli/compare.js';
import { reportSweep } from '../cli/report.js';
import { slug } from '../domain/cell-id.js';
import { packagePath } from '../infra/package-path.js';
import { readReplayFile } from '../infra/parse/replay-file.js';
import { parseSweepFile } from '../infra/parse/sweep-file.js';
import { runCli } from '../test/support/cli.js';
import { newHome } from '../test/support/new-home.js';

/** Where to look, for a recording that is somebody else's. */
export interface StrategiesOptions {
  /** Folder of `<suite>.<model>.jsonl.gz`; the model's id with "-" for the signs that a file name can't hold. */
  readonly recorded: string;
  /** File of the sweep that was recorded. */
  readonly sweep: string;
}

export const RECORDED = {
  recorded: packagePath('bench/recorded'),
  sweep: packagePath('examples/compare-strategies-local.yaml'),
};

/** The file that a suite's answers by a model are kept in. */
function recordingName(suite: string, modelId: string): string {
  return `${suite}.${slug(modelId).replaceAll(':', '-')}.jsonl.gz`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/**
 * Runs the strategies of a sweep over answers that were recorded, for each of its suites and models through the whole of `run`,
 * and prints their table and paired comparison. False if there is no recording, or if one does not come to its end.
 */
export async function benchStrategies({ recorded, sweep }: StrategiesOptions): Promise<boolean> {
  const text = await readFile(sweep, 'utf8');
  const { models } = parseSweepFile(text, sweep);
  const names = existsSync(recorded) ? await readdir(recorded) : [];
  const found = names.flatMap((name) => {
    const model = models.findIndex(({ id }) => recordingName(name.slice(0, name.indexOf('.')), id) === name);
    return model < 0 ? [] : [{ name, suite: name.slice(0, name.indexOf('.')), model }];
  });
  if (found.length === 0) {
    say(`There are no answers of ${sweep} in ${recorded}.`);
    say(`Make them: aicodereval run ${sweep}, and for each suite and model of it`);
    say(
      '  aicodereval export NAME --format replay --complete --suite SUITE --model MODEL --out bench/recorded/SUITE.MODEL.jsonl.gz',
    );
    return false;
  }
  let isGood = true;
  for (const { name, suite, model } of found)
    isGood = (await replay(text, { suite, model, file: join(recorded, name) })) && isGood;
  return isGood;
}

/**
 * What a recording has answers to: all of a suite, or the part that a sweep had got through when it was exported. None where
 * its lines do not name their task, as older ones don't.
 */
async function recordedTasks(file: string): Promise<string[]> {
  const tasks = new Set((await readReplayFile(file)).map(({ taskId }) => taskId));
  return [...tasks].filter((task) => task !== null);
}

async function replay(
  text: string,
  { suite, model, file }: { suite: string; model: number; file: string },
): Promise<boolean> {
  const folder = await newHome();
  const home = join(folder, 'home');
  const value = parse(text) as { models: Record<string, unknown>[]; suites: Record<string, unknown>[] };
  const spec = value.models[model] ?? {};
  const label = spec['label'] ?? spec['id'];
  const whole = value.suites.find(({ id }) => id === suite) ?? { id: suite };
  const tasks = await recordedTasks(file);
  const one = { ...value, name: 'replayed', suites: [{ ...whole, ...(tasks.length === 0 ? {} : { tasks }) }] };
  const sweep = join(folder, 'replayed.yaml');
  await writeFile(
    sweep,
    JSON.stringify({ ...one, models: [{ ...spec, label, id: `replay:${file}`, concurrency: 8 }] }),
  );
  const began = Date.now();
  const { code, stderr } = await runCli(['run', sweep, '--home', home], { limitMs: 0 });
  if (code !== 0) {
    say(`${file}: exit code ${code}, home ${home}\n${stderr}`);
    return false;
  }
  say(
    `${suite}, ${tasks.length === 0 ? 'all' : tasks.length} tasks, answers of ${String(label)}: replayed in ${((Date.now() - began) / 1_000).toFixed(0)} s\n`,
  );
  say((await reportSweep('replayed', home)).text);
  const { strategies } = parseSweepFile(await readFile(sweep, 'utf8'), sweep);
  if (strategies.length > 1) {
    const options = { sweeps: ['replayed'], home, by: 'strategy', baseline: null, flips: 10 } as const;
    say(`\n${(await compareSweeps(options)).text}`);
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return true;
}

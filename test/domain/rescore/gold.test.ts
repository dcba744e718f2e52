import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readRuns, readTasks, type LoggedRun } from '../../../cli/rescore.js';
import type { HandLabel } from '../../../domain/rescore/label.js';
import { rescore } from '../../../domain/rescore/rescore.js';
import { judgeStrictly, type RecordedTask } from '../../../domain/rescore/strict.js';
import { readJsonLines } from '../../../infra/datasets/jsonl.js';
import { goldLabelSchema } from '../../../infra/parse/recorded.js';
import { agreement } from '../../../report/agreement.js';
import { sharedData } from '../../support/shared-data.js';

const DATA = sharedData('aicodereval');

(DATA === null ? describe.skip : describe)('241 recorded runs with labels made by hand', () => {
  let runs: LoggedRun[] = [];
  let labels: HandLabel[] = [];
  let tasks = new Map<string, RecordedTask>();

  beforeAll(async () => {
    const folder = DATA ?? '';
    runs = await readRuns(join(folder, 'runs-v3-codellama-7b.jsonl.gz'));
    labels = (await readJsonLines(join(folder, 'gold-v3-codellama-7b.jsonl'), goldLabelSchema)).map(
      ({ value }) => value,
    );
    tasks = await readTasks(join(folder, 'tasks-v3-valid.jsonl.gz'));
  });

  test('authors-v3 gives the published 44 of 241', () => {
    const passed = rescore('authors-v3', runs, new Map()).filter(({ verdict }) => verdict === 'pass');
    expect([passed.length, runs.length]).toEqual([44, 241]);
  });

  test('strict agrees with the labels, from the logs alone and with the tasks', () => {
    for (const known of [new Map<string, RecordedTask>(), tasks]) {
      const { runs: total, pass, fault } = agreement(rescore('strict', runs, known), labels);
      expect(total).toBe(241);
      expect(pass / total).toBeGreaterThanOrEqual(0.97);
      expect(fault / total).toBeGreaterThanOrEqual(0.95);
    }
  });

  test('strict agrees with what a reader saw of the references’ own runs', () => {
    const complete = new Map(labels.map(({ taskId, isReferenceComplete }) => [taskId, isReferenceComplete]));
    const references = [...tasks.values()].flatMap(({ reference }) => reference ?? []);
    const rows = rescore('strict', references, new Map());
    const agreed = rows.filter(({ taskId, verdict }) => (verdict === 'pass') === complete.get(taskId));
    expect(rows).toHaveLength(241);
    expect(agreed.length / rows.length).toBeGreaterThanOrEqual(0.97);
  });

  /** Changes that say nothing of a run: other names of files and folders, more noise, other ids. */
  const CHANGES: readonly (readonly [string, (run: LoggedRun) => LoggedRun])[] = [
    ['another task and model', (run) => ({ ...run, taskId: 'x', model: 'y' })],
    [
      'another interpreter',
      (run) => ({ ...run, stderr: run.stderr.replaceAll('/root/autodl-tmp/conda-envs/py38', '/opt/venv') }),
    ],
    [
      'another name of the program',
      (run) => ({ ...run, stderr: run.stderr.replaceAll(`./${run.taskId}_`, '/work/dir/prog_') }),
    ],
    [
      'warnings, bars and logged tracebacks before it',
      (run) => ({
        ...run,
        stderr: `/lib/a.py:1: FutureWarning: Error, failed\n  warn()\nmodel.bin: 100%|███| 1.0G/1.0G [00:01<00:00, 1.2GB/s]\nTraceback (most recent call last):\n  File "/lib/telemetry.py", line 3, in send\n    post()\nrequests.exceptions.ProxyError: Max retries exceeded\n\n${run.stderr}`,
      }),
    ],
    [
      'what an interpreter writes while it ends',
      (run) => ({
        ...run,
        stderr: `${run.stderr}\nException ignored in: <function Pool.__del__ at 0x7f>\nTraceback (most recent call last):\n  File "/lib/pool.py", line 3, in __del__\n    close()\nConnectionResetError: [Errno 104] Connection reset by peer\n/lib/tracker.py:216: UserWarning: leaked\n  warnings.warn(\n`,
      }),
    ],
    ['lines that end with a carriage return', (run) => ({ ...run, stdout: run.stdout.replaceAll('\n', '\r\n') })],
    ['blank lines at the end', (run) => ({ ...run, stdout: `${run.stdout}\n\n`, stderr: `${run.stderr}\n\n` })],
    [
      'another word for success',
      (run) => ({
        ...run,
        program: run.program?.replaceAll('All Tests Passed', 'Everything went well') ?? null,
        stdout: run.stdout.replaceAll('All Tests Passed', 'Everything went well'),
      }),
    ],
  ];

  test('what says nothing of a run changes no verdict and no fault', () => {
    const all = (run: LoggedRun): LoggedRun => CHANGES.reduce((changed, [, change]) => change(changed), run);
    const changed = runs.flatMap((run) => {
      const { verdict, fault } = judgeStrictly(run);
      return [...CHANGES, ['all of them', all] as const].flatMap(([name, change]) => {
        const after = judgeStrictly(change(run));
        const isSame = after.verdict === verdict && after.fault === fault;
        return isSame ? [] : [`${run.taskId}: ${name}: ${verdict}, ${fault} became ${after.verdict}, ${after.fault}`];
      });
    });
    expect(changed).toEqual([]);
  });
});

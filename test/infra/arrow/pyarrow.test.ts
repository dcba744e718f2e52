import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SCHEMA_VERSION, STAMP_KEY } from '../../../infra/arrow/format.js';
import { ATTEMPTS, CELLS, type Columns } from '../../../infra/arrow/schema.js';
import { writeSegment } from '../../../infra/arrow/segments.js';
import { temporaryHomes } from '../store/home.js';
import { makeExecution, makeGeneration, makeResult } from '../store/results.js';

const newHome = temporaryHomes();

/** A folder to put on PYTHONPATH so that pyarrow is found: fetched once a machine; null if it can't be had. */
function pyarrowPath(): string | null {
  if (spawnSync('python3', ['-c', 'import pyarrow']).status === 0) return '';
  const cached = join(tmpdir(), 'aicodereval-test-pyarrow');
  if (existsSync(cached)) return cached;
  const fresh = mkdtempSync(`${cached}-`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', '--target', fresh, 'pyarrow'];
  if (spawnSync('python3', pip, { timeout: 240_000 }).status !== 0) return null;
  try {
    renameSync(fresh, cached);
  } catch {
    // Another process fetched it at the same time.
    return fresh;
  }
  return cached;
}

const READER = `
import glob, json, sys
import pyarrow as pa
tables = {}
def described(schema):
    # Each segment's stamp is its own.
    metadata = {key: value for key, value in schema.metadata.items() if key != b"${STAMP_KEY}"}
    return schema.with_metadata(metadata).to_string(show_schema_metadata=True)
for name in ("cells", "attempts"):
    parts = [pa.ipc.open_file(path).read_all() for path in sorted(glob.glob(sys.argv[1] + "/" + name + "-*.arrow"))]
    table = pa.concat_tables(parts)
    table.validate(full=True)
    tables[name] = {
        "schemas": len({described(part.schema) for part in parts}),
        "version": table.schema.metadata[b"aicodereval.schema_version"].decode(),
        "fields": [[field.name, str(field.type), field.nullable] for field in table.schema],
        "rows": table.to_pylist(),
    }
print(json.dumps(tables, default=lambda moment: moment.isoformat()))
`;

const TYPES: Readonly<Record<string, string>> = {
  text: 'string',
  category: 'dictionary<values=string, indices=int32, ordered=0>',
  texts: 'list<item: string not null>',
  flag: 'bool',
  int: 'int32',
  long: 'int64',
  real: 'double',
  time: 'timestamp[ms, tz=UTC]',
};

function fields(columns: Columns): unknown[] {
  return Object.entries(columns).map(([name, kind]) => [name, TYPES[kind.replace('?', '')], kind.endsWith('?')]);
}

const path = pyarrowPath();
const withPyarrow = path === null ? test.skip : test;

withPyarrow(
  'pyarrow reads segments, with the schema as declared (skipped where pyarrow cannot be had)',
  async () => {
    const home = newHome();
    const executions = [makeExecution({ peakMemoryBytes: 2 ** 40, errorLine: 7, verdict: 'fail' })];
    const attempts = [{ attempt: 1, generation: makeGeneration({ costUsd: 0.1 }), executions }];
    const failed = makeResult({ libraries: ['torch', 'naïve'] }, { verdict: 'fail', attempts });
    const unscored = makeResult({ taskId: 'b' }, { verdict: 'unscored', message: 'the host was down' });
    for (const [index, rows] of [[failed], [], [unscored]].entries()) await writeSegment(home, 'demo', index, rows);
    const env = { ...process.env, ...(path === '' ? {} : { PYTHONPATH: path ?? '' }) };
    const python = spawnSync('python3', ['-c', READER, join(home, 'sweeps', 'demo')], { encoding: 'utf8', env });
    expect(python.stderr).toBe('');
    const { cells, attempts: actions } = JSON.parse(python.stdout);
    expect(cells).toMatchObject({ schemas: 1, version: String(SCHEMA_VERSION), fields: fields(CELLS) });
    expect(actions).toMatchObject({ schemas: 1, version: String(SCHEMA_VERSION), fields: fields(ATTEMPTS) });
    expect(cells.rows).toMatchObject([
      { libraries: ['torch', 'naïve'], verdict: 'fail', cost_usd: 0.1, peak_memory_bytes: 2 ** 40, message: null },
      { task_id: 'b', verdict: 'unscored', cases_total: null, message: 'the host was down' },
    ]);
    expect(cells.rows[0].started_at).toBe('2023-11-14T22:13:20+00:00');
    expect(actions.rows).toMatchObject([
      { attempt: 1, action: 'generate', prompt_tokens: 100, end_of_run: null, device: null },
      { attempt: 1, action: 'execute', prompt_tokens: null, end_of_run: 'ok', error_line: 7, device: 'cpu' },
    ]);
  },
  300_000,
);

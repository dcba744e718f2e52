// Takes the pictures of docs/img: a finished sweep in Temporal's UI. Needs Chromium and `npm run build`; no model: a host on loopback
// answers with the programs of the suite `starter`.
// Usage: node docs/take-ui-picture.mjs [--home DIR] [--out DIR] [--chromium PATH]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Browser } from '../dist/test/support/browser.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(ROOT, 'dist/cli/main.js');
const TASKS = join(ROOT, 'infra/datasets/starter');
const SWEEP = 'starter-picture';
/** Where the UI keeps the columns of its list, for each namespace. */
const COLUMNS_KEY = 'namespace-workflow-table-columns';
const COLUMNS = [
  'Status',
  'CgTask',
  'CgModel',
  'CgStrategy',
  'CgVerdict',
  'CgErrorClass',
  'CgAttempts',
  'CgTokens',
  'CgCostUsd',
];

/** One program of the suite `starter`: the reference cut out of the file of the task, or the wrong one beside it. */
async function readPrograms(task) {
  const text = await readFile(join(TASKS, `${task}.py`), 'utf8');
  const [, imports = ''] = /^# function_import -+\n([^]*?)^# function_code -+\n/m.exec(text) ?? [];
  const [, code = ''] = /^# function_code -+\n([^]*?)^# test_function_code -+\n/m.exec(text) ?? [];
  return { task, right: `${imports}\n${code}`, wrong: await readFile(join(TASKS, 'wrong', `${task}.py`), 'utf8') };
}

/** What the host says to a request: right and wrong programs, prose and a refusal, by the task and the round. */
function reply(programs, { messages }) {
  const asked = messages[0].content;
  const round = messages.filter(({ role }) => role === 'assistant').length;
  const index = programs.findIndex(({ right }) => {
    const [name] = /def \w+\(/.exec(right.slice(right.lastIndexOf('\ndef '))) ?? [];
    return asked.includes(name);
  });
  const { right, wrong } = programs[index];
  if (index === 10) return null;
  if (index === 7 && round === 0) return 'I would rather describe the algorithm first: it goes over the text once.';
  const isRight = index % 2 === 1 || (index % 4 === 0 && round > 0);
  return `\`\`\`python\n${isRight ? right : wrong}\n\`\`\``;
}

/** An OpenAI-compatible host on loopback. */
async function startHost(programs) {
  const answer = async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const content = reply(programs, JSON.parse(Buffer.concat(chunks).toString()));
    response.setHeader('content-type', 'application/json');
    if (content === null) {
      response.writeHead(400).end('{"error":{"message":"the content policy forbids this request"}}');
      return;
    }
    const usage = {
      prompt_tokens: Math.ceil(Buffer.concat(chunks).length / 4),
      completion_tokens: Math.ceil(content.length / 4),
    };
    const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
    response.end(JSON.stringify({ object: 'chat.completion', model: 'demo', choices, usage }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function writeSweepFile(folder, port) {
  const file = join(folder, 'picture.yaml');
  const lines = [
    `name: ${SWEEP}`,
    'suites: [{ id: starter }]',
    'models:',
    `  - { id: "openai:demo", base_url: "http://127.0.0.1:${port}/v1", price: { prompt: 0.5, completion: 1.5 } }`,
    'strategies: [{ id: direct }, { id: react, rounds: 3, feedback: tests }]',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

/** Runs a command of the program to its end. */
async function run(args) {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`aicodereval ${args.join(' ')} ended with ${code}`);
}

/** Starts `up`; resolves with the address that it prints. */
async function startUp(home) {
  const child = spawn(process.execPath, [CLI, 'up', '--home', home], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  const url = await new Promise((resolve, reject) => {
    let said = '';
    // Read to the end: a command whose standard error is closed ends.
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /Temporal UI: (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    ended.then(() => reject(new Error(`"up" ended: ${said}`)), reject);
  });
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
  };
  return { url, stop };
}

/** The part of the address that names the workflow of one cell. */
async function findCell(url, query) {
  const response = await fetch(`${url}/api/v1/namespaces/default/workflows?query=${encodeURIComponent(query)}`);
  const { executions = [] } = await response.json();
  if (executions.length === 0) throw new Error(`no workflow for ${query}`);
  const { workflowId, runId } = executions[0].execution;
  return `${encodeURIComponent(workflowId)}/${runId}`;
}

async function takePictures(url, out, chromium) {
  const workflows = `${url}/namespaces/default/workflows`;
  const browser = await Browser.start(chromium, { width: 1680, height: 1260 });
  // Frames, pictures and fonts come last.
  const settled = async (url, expression) => {
    await browser.open(url, expression);
    await sleep(3_000);
  };
  try {
    const columns = JSON.stringify({ default: COLUMNS.map((label) => ({ label })) });
    await browser.atEachPage(`localStorage.setItem(${JSON.stringify(COLUMNS_KEY)}, ${JSON.stringify(columns)})`);
    const list = `${workflows}?query=${encodeURIComponent(`CgSweep="${SWEEP}" AND WorkflowType="cellWorkflow"`)}`;
    await settled(list, 'document.body.innerText.includes("beam_search")');
    await browser.picture(join(out, 'temporal-ui-sweep.png'));
    const repaired = await findCell(url, `CgSweep="${SWEEP}" AND CgVerdict="pass" AND CgAttempts=2`);
    await settled(`${workflows}/${repaired}/timeline`, 'document.body.innerText.includes("attempt 2: execute")');
    await browser.picture(join(out, 'temporal-ui-cell.png'), 1060);
    const failed = await findCell(url, `CgSweep="${SWEEP}" AND CgVerdict="fail" AND CgAttempts=3`);
    await settled(`${workflows}/${failed}/user-metadata`, 'document.querySelectorAll("iframe").length >= 3');
    await browser.picture(join(out, 'temporal-ui-details.png'), 880);
  } finally {
    await browser.close();
  }
}

const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    out: { type: 'string', default: join(ROOT, 'docs/img') },
    chromium: { type: 'string', default: 'chromium' },
  },
});
const home = values.home ?? (await mkdtemp(join(tmpdir(), 'aicodereval-picture-')));
await mkdir(home, { recursive: true });
await mkdir(values.out, { recursive: true });
const names = (await readdir(TASKS)).filter((name) => name.endsWith('.py')).sort();
const host = await startHost(await Promise.all(names.map((name) => readPrograms(basename(name, '.py')))));
try {
  await run(['run', await writeSweepFile(home, host.address().port), '--home', home]);
  const { url, stop } = await startUp(home);
  try {
    await takePictures(url, values.out, values.chromium);
  } finally {
    await stop();
  }
} finally {
  host.closeAllConnections();
  host.close();
  if (values.home === undefined) await rm(home, { recursive: true, force: true });
}

import { access, constants, statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { SUITES } from '../../infra/datasets/registry.js';
import { probeGpus } from '../../infra/gpu/probe.js';
import { describeModels } from '../../infra/models/registry.js';
import { ensureTool } from '../../infra/tools/tool.js';
import { runCommand } from '../../infra/tools/run-command.js';
import { type CommandContext, type CommonOptions, openContext } from '../context.js';
import { common } from './common.js';

/** `suites`, `models`, `doctor`. */
export function addLooking(program: Command): void {
  common(program.command('suites'))
    .description('the suites there are')
    .action(async (flags: CommonOptions) => {
      const rows = SUITES.map(({ id, title, licence, size }) => ({ id, title, licence, tasks: size }));
      const lines = rows.map(
        ({ id, tasks, licence, title }) =>
          `${id.padEnd(12)} ${String(tasks ?? '?').padStart(5)} tasks  ${licence.padEnd(10)} ${title}`,
      );
      (await openContext(flags)).print(rows, lines.join('\n'));
    });
  common(program.command('models'))
    .description('the models there are, and what each needs')
    .action(async (flags: CommonOptions) => {
      const rows = describeModels();
      (await openContext(flags)).print(rows, rows.map(({ id, needs }) => `${id.padEnd(32)} ${needs}`).join('\n'));
    });
  common(program.command('doctor'))
    .description('what this machine has, what is missing, how to get it')
    .action(async (flags: CommonOptions) => doctor(await openContext(flags)));
}

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

async function doctor(context: CommandContext): Promise<void> {
  const { home, env } = context.config;
  const findings = [
    await find('platform', async () => platform()),
    await find('python >= 3.10', async () =>
      runCommand('python3', ['-c', 'import sys; assert sys.version_info >= (3, 10); print(sys.version.split()[0])'], {
        env,
      }),
    ),
    await find('temporal', () => ensureTool('temporal', { home, env, onProgress: context.onProgress })),
    await find('bubblewrap', () => ensureTool('bwrap', { home, env, onProgress: context.onProgress })),
    await find('user namespaces', () => namespaces(context)),
    await find('GPUs', () => gpus(context)),
    await find('home folder', () => disk(home)),
  ];
  const lines = findings.map(({ what, ok, detail }) => `${ok ? 'ok     ' : 'MISSING'} ${what.padEnd(16)} ${detail}`);
  context.print(findings, lines.join('\n'));
  process.exitCode = findings.every(({ ok }) => ok) ? 0 : 3;
}

async function find(what: string, probe: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, detail: (await probe()).trim() };
  } catch (error) {
    const hint = error instanceof Error && 'hint' in error ? ` ${String(error.hint)}` : '';
    return { what, ok: false, detail: `${error instanceof Error ? error.message : String(error)}${hint}` };
  }
}

function platform(): string {
  const found = `${process.platform} ${process.arch}, Node ${process.versions.node}`;
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`${found}: Linux on x64 is needed`);
  return found;
}

async function namespaces({ config: { home, env } }: CommandContext): Promise<string> {
  const bwrap = await ensureTool('bwrap', { home, env });
  await runCommand(bwrap, ['--unshare-all', '--ro-bind', '/', '/', 'true'], { env });
  return 'programs can be walled in';
}

/** A line for each, with the class that a sweep asks for it by. */
async function gpus({ config }: CommandContext): Promise<string> {
  const found = await probeGpus(config);
  const lines = found.map(({ index, name, deviceClass, memoryMib, uuid }) => {
    const memory = memoryMib === null ? '' : `, ${Math.round(memoryMib / 1_024)} GiB`;
    return `${index}: ${name}${memory}, class ${deviceClass}, ${uuid}`;
  });
  return lines.join('; ') || 'none, which only sweeps with "gpu" need';
}

async function disk(home: string): Promise<string> {
  await access(home, constants.W_OK);
  const { bavail, bsize } = await statfs(home);
  const free = (bavail * bsize) / 1e9;
  if (free < 1) throw new Error(`${home} has only ${free.toFixed(1)} GB free`);
  return `${home}, ${free.toFixed(0)} GB free`;
}

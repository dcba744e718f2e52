import { type Command, Option } from 'commander';
import type { Config } from '../../infra/config.js';
import { UserError } from '../../infra/errors.js';
import { DIMENSIONS, type Dimension } from '../../report/arms.js';
import { type CommonOptions, openContext } from '../context.js';
import { type Format, FORMATS, type Table, TABLES } from '../export-formats.js';
import type { TemporalUi } from '../html-report.js';
import { common, whole } from './common.js';

interface CompareFlags extends CommonOptions {
  readonly by?: Dimension;
  readonly baseline?: string;
  readonly flips?: string;
}

/** `report`, `compare`, `export`. */
export function addAnalysing(program: Command): void {
  addReport(program);
  common(program.command('compare'))
    .argument('<sweeps...>', 'sweeps of the home, or their folders; the others are compared with the first')
    .addOption(new Option('--by <what>', 'compare within one sweep').choices(DIMENSIONS))
    .option('--baseline <name>', 'with --by: what the others are compared with (default: direct, else the first)')
    .option('--flips <n>', 'flips that are listed of each comparison (default: 10 in all)')
    .description('which is better, by how much, how sure, and what it takes to know more')
    .action(async (sweeps: readonly string[], flags: CompareFlags) => {
      const { by = null, baseline = null } = flags;
      demandShape(sweeps.length, by, baseline);
      const context = await openContext(flags);
      const flips = flags.flips === undefined ? null : whole('--flips', flags.flips, 0, 'Write digits only, e.g. 20.');
      const { compareSweeps } = await import('../compare.js');
      const { document, text } = await compareSweeps({ sweeps, home: context.config.home, by, baseline, flips });
      context.print(document, text);
    });
  addExport(program);
}

interface ReportFlags extends CommonOptions {
  /** True where no file is named. */
  readonly html?: string | true;
  readonly singleFile?: true;
  readonly watch?: true;
  readonly port?: string;
  readonly temporalUi?: string;
}

function addReport(program: Command): void {
  common(program.command('report'))
    .argument('<sweep>', 'a sweep of the home, or its folder')
    .option('--html [file]', 'a page to look through, by default <home>/sweeps/<id>/report.html')
    .option('--single-file', 'with --html: the cells’ details in the page, not beside it')
    .option('--watch', 'the page of a sweep that runs, from a small server on this machine, until Ctrl-C')
    .option('--port <n>', 'with --watch: its port, any that is free unless given')
    .option('--temporal-ui <url>', 'links from the page’s cells to their workflows in this Temporal UI')
    .description('the table, then each strategy by kind of work, library, error, round of repair; or a page')
    .action(async (sweep: string, flags: ReportFlags) => {
      demandOneKind(flags);
      const context = await openContext(flags);
      const ui = temporalUi(flags.temporalUi, context.config);
      if (flags.watch === true) {
        const port = whole('--port', flags.port ?? '0', 0, 'Write digits only, e.g. 8080.', 65_535);
        const { watchReport } = await import('../watch-report.js');
        await watchReport(context, { sweep, port, ui });
      } else if (flags.html === undefined) {
        const { reportSweep } = await import('../report.js');
        const { document, text } = await reportSweep(sweep, context.config.home);
        context.print(document, text);
      } else {
        const file = flags.html === true ? null : flags.html;
        const options = { home: context.config.home, sweep, file, isSingle: flags.singleFile === true, ui };
        const { writeHtmlReport } = await import('../html-report.js');
        const written = await writeHtmlReport(options);
        context.print(written, `${written.file}: ${written.cells} cells, ${(written.bytes / 1e6).toFixed(1)} MB`);
      }
    });
}

function demandOneKind({ html, singleFile, watch, port, temporalUi }: ReportFlags): void {
  const [isPage, isWatched] = [html !== undefined, watch === true];
  const problems = [
    [isPage && isWatched, '--html writes a page and --watch serves one: choose.'],
    [singleFile === true && !isPage, '--single-file needs --html.'],
    [port !== undefined && !isWatched, '--port needs --watch.'],
    [temporalUi !== undefined && !isPage && !isWatched, '--temporal-ui needs --html or --watch.'],
  ] as const;
  const problem = problems.find(([isThere]) => isThere)?.[1];
  if (problem === undefined) return;
  const hint = 'For example: aicodereval report SWEEP --html, or aicodereval report SWEEP --watch --port 8080';
  throw new UserError(problem, { hint, exitCode: 2 });
}

/** The UI at this address, in the cluster's namespace; null for none. Throws UserError (exit 2) for what is no web address. */
function temporalUi(text: string | undefined, { cluster }: Config): TemporalUi | null {
  if (text === undefined) return null;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) {
    return { url: text, namespace: cluster?.namespace ?? 'default' };
  }
  throw new UserError(`--temporal-ui "${text}" is not the address of a web page.`, {
    hint: 'Write it whole, e.g. http://127.0.0.1:8233.',
    exitCode: 2,
  });
}

interface ExportFlags extends CommonOptions {
  readonly format: Format;
  readonly table: Table;
  readonly out: string;
  readonly suite: readonly string[];
  readonly model?: string;
  readonly complete?: true;
}

function addExport(program: Command): void {
  common(program.command('export'))
    .argument('<sweep>', 'a sweep of the home, or its folder')
    .addOption(new Option('--format <name>', 'what to write').choices(FORMATS).makeOptionMandatory())
    .requiredOption(
      '--out <file>',
      'the file to write, packed if its name ends in .gz; of inspect and evalplus the folder',
    )
    .addOption(new Option('--table <name>', 'of jsonl, csv and parquet: which rows').choices(TABLES).default('cells'))
    .option('--suite <ids...>', 'only these suites; replay, inspect and evalplus want them named', [])
    .option('--model <label>', 'only this model')
    .option('--complete', 'only tasks of which every strategy and sample has ended, of a sweep that is not over')
    .description('write a sweep’s rows, its answers as a file for replay:, or what Inspect’s and EvalPlus’ tools read')
    .action(async (sweep: string, flags: ExportFlags) => {
      const context = await openContext(flags);
      const { format, table, out, suite: suites, model = null } = flags;
      const units: Partial<Record<Format, string>> = { replay: 'answers', inspect: 'samples', evalplus: 'solutions' };
      const { exportSweep } = await import('../export.js');
      const { home } = context.config;
      const isComplete = flags.complete === true;
      const written = await exportSweep({ home, sweep, format, table, out, suites, model, isComplete });
      context.print(written, `${written.file}: ${written.rows} ${units[format] ?? 'rows'}`);
    });
}

function demandShape(sweeps: number, by: Dimension | null, baseline: string | null): void {
  const problem =
    by === null
      ? sweeps < 2
        ? 'One sweep has nothing to be compared with.'
        : baseline === null
          ? null
          : '--baseline needs --by; of several sweeps the first is the baseline.'
      : sweeps > 1
        ? '--by compares within one sweep.'
        : null;
  if (problem === null) return;
  const hint = 'For example: aicodereval compare A B, or aicodereval compare A --by strategy --baseline direct';
  throw new UserError(problem, { hint, exitCode: 2 });
}

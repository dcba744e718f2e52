import { parseArgs } from 'node:util';
import { benchCoverage } from './coverage.js';
import { benchGrade } from './grade.js';
import { benchKill } from './kill.js';
import { benchMl } from './ml.js';
import { benchPage } from './page.js';
import { benchReader } from './reader.js';
import { benchReport } from './report.js';
import { benchRescore } from './rescore.js';
import { benchSoak } from './soak.js';
import { benchStrategies, RECORDED } from './strategies.js';
import { benchSweep } from './sweep.js';

/** Cells of the sweeps that are reported on: with attempts 10,000, 100,000 and 1,000,000 rows, and more. */
const REPORTED = '2400,24000,240000,1000000';

const USAGE = [
  'npm run bench -- kill [--rounds 300] [--seed TEXT] | sweep [--cells 2000]',
  'grade [--rounds 5] [--programs 3280] | soak [--programs 20000] | ml | rescore | reader [--programs 10000] [--seed 1]',
  `report [--cells ${REPORTED}] | page [--cells 10000] | coverage [--rounds 2000] | strategies [--recorded DIR] [--sweep FILE]`,
].join(' | ');

/** Runs the measurement that the first argument names. Returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const options = {
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    cells: { type: 'string' },
    programs: { type: 'string' },
    recorded: { type: 'string', default: RECORDED.recorded },
    sweep: { type: 'string', default: RECORDED.sweep },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  const [what] = positionals;
  const { rounds, programs } = values;
  if (what === 'kill') return (await benchKill(Number(rounds ?? 300), values.seed)) ? 0 : 1;
  if (what === 'grade') return (await benchGrade(Number(rounds ?? 5), Number(programs ?? 3_280))) ? 0 : 1;
  if (what === 'soak') return (await benchSoak(Number(programs ?? 20_000))) ? 0 : 1;
  if (what === 'sweep') return (await benchSweep(Number(values.cells ?? 2_000))) ? 0 : 1;
  if (what === 'reader') return (await benchReader(Number(programs ?? 10_000), values.seed)) ? 0 : 1;
  if (what === 'page') return (await benchPage(Number(values.cells ?? 10_000))) ? 0 : 1;
  if (what === 'rescore') return (await benchRescore()) ? 0 : 1;
  if (what === 'report') {
    const sizes = (values.cells ?? REPORTED).split(',').map(Number);
    return (await benchReport(sizes)) ? 0 : 1;
  }
  if (what === 'coverage') return benchCoverage(Number(rounds ?? 2_000)) ? 0 : 1;
  if (what === 'strategies') return (await benchStrategies(values)) ? 0 : 1;
  if (what === 'ml') return (await benchMl()) ? 0 : 1;
  process.stderr.write(`usage: ${USAGE}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));

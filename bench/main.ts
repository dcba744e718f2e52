import { parseArgs } from 'node:util';
import { benchKill } from './kill.js';
import { benchSweep } from './sweep.js';

const USAGE = 'npm run bench -- kill [--rounds 300] [--seed TEXT] | sweep [--cells 2000]';

/** Runs the measurement that the first argument names. Returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const options = {
    rounds: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    cells: { type: 'string', default: '2000' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  const [what] = positionals;
  if (what === 'kill') return (await benchKill(Number(values.rounds), values.seed)) ? 0 : 1;
  if (what === 'sweep') return (await benchSweep(Number(values.cells))) ? 0 : 1;
  process.stderr.write(`usage: ${USAGE}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));

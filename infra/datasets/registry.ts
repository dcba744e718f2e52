import { UserError } from '../errors.js';
import { aicoderLocal } from './aicoder-local.js';
import { aicodereval } from './aicodereval.js';
import { bigcodebench, bigcodebenchHard, bigcodebenchInstruct } from './bigcodebench.js';
import type { Suite } from './dataset.js';
import { ds1000 } from './ds1000.js';
import { humaneval } from './humaneval.js';
import { humanevalPlus } from './humaneval-plus.js';
import { mbppPlus } from './mbpp-plus.js';
import { mbpp } from './mbpp.js';
import { starter } from './starter.js';
import { userTasks } from './user-tasks.js';

/** Every suite that a sweep can name. */
export const SUITES: readonly Suite[] = [
  starter,
  humaneval,
  humanevalPlus,
  mbpp,
  mbppPlus,
  aicoderLocal,
  aicodereval,
  bigcodebench,
  bigcodebenchInstruct,
  bigcodebenchHard,
  ds1000,
  userTasks,
];

/** The suite of that id. Throws UserError (exit 2) listing those that exist. */
export function findSuite(id: string): Suite {
  const suite = SUITES.find((suite) => suite.id === id);
  if (suite !== undefined) return suite;
  throw new UserError(`There is no suite "${id}".`, {
    hint: `Choose one of: ${SUITES.map(({ id }) => id).join(', ')}.`,
    exitCode: 2,
  });
}

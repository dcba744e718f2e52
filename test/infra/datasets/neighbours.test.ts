import { afterAll } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Suite } from '../../../infra/datasets/dataset.js';
import { humanevalPlus } from '../../../infra/datasets/humaneval-plus.js';
import { mbppPlus } from '../../../infra/datasets/mbpp-plus.js';
import { mbpp } from '../../../infra/datasets/mbpp.js';
import { userTasks } from '../../../infra/datasets/user-tasks.js';
import { packagePath } from '../../../infra/package-path.js';
import { suiteContract } from '../../contracts/suite-contract.js';
import { HUMANEVAL_PLUS, MBPP_PLUS } from './evalplus-lines.js';
import { MBPP, SANITIZED_MBPP } from './mbpp-lines.js';

const folder = mkdtempSync(join(tmpdir(), 'neighbours-'));
afterAll(() => rm(folder, { recursive: true }));

function fromText(suite: Suite, name: string, text: string): void {
  const file = join(folder, name);
  writeFileSync(file, text);
  fromFile(suite, name, file);
}

function fromFile(suite: Suite, name: string, file: string): void {
  // A few tasks of our own in its format: not as many as are published.
  suiteContract({ ...suite, size: null }, () => suite.load({ home: folder, file }), [], name);
}

fromText(mbpp, 'mbpp.jsonl', MBPP);
fromText(mbpp, 'sanitized-mbpp.json', SANITIZED_MBPP);
fromText(humanevalPlus, 'HumanEvalPlus.jsonl', HUMANEVAL_PLUS);
fromText(mbppPlus, 'MbppPlus.jsonl', MBPP_PLUS);
fromFile(userTasks, 'own-tasks.jsonl', packagePath('examples/own-tasks.jsonl'));

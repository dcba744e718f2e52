import type { Command } from 'commander';
import { addAnalysing } from './analysing.js';
import { addAttacking } from './attacking.js';
import { addBuilding } from './building.js';
import { addDocumenting } from './documenting.js';
import { addEnvironments } from './environments.js';
import { addGrading } from './grading.js';
import { addLooking } from './looking.js';
import { addOperating } from './operating.js';
import { addRescoring } from './rescoring.js';
import { addRunning } from './running.js';
import { addServing } from './serving.js';
import { addValidating } from './validating.js';

/** Adds every command, in the order of `--help`. */
export function addAll(program: Command): void {
  for (const add of [
    addRunning,
    addServing,
    addOperating,
    addAnalysing,
    addGrading,
    addValidating,
    addBuilding,
    addRescoring,
    addLooking,
    addEnvironments,
    addDocumenting,
    addAttacking,
  ])
    add(program);
}

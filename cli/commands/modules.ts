import type { Command } from 'commander';

interface CommandModule {
  readonly names: readonly string[];
  readonly load: () => Promise<(program: Command) => void>;
}

/** Every command, in the order of `--help`, by the module that adds it. */
export const MODULES: readonly CommandModule[] = [
  { names: ['quickstart', 'run', 'retry'], load: async () => (await import('./running.js')).addRunning },
  { names: ['up', 'worker'], load: async () => (await import('./serving.js')).addServing },
  {
    names: ['status', 'pause', 'resume', 'cancel', 'set-concurrency'],
    load: async () => (await import('./operating.js')).addOperating,
  },
  { names: ['report', 'compare', 'export'], load: async () => (await import('./analysing.js')).addAnalysing },
  { names: ['grade'], load: async () => (await import('./grading.js')).addGrading },
  { names: ['validate'], load: async () => (await import('./validating.js')).addValidating },
  { names: ['build-dataset'], load: async () => (await import('./building.js')).addBuilding },
  { names: ['rescore'], load: async () => (await import('./rescoring.js')).addRescoring },
  { names: ['suites', 'models', 'doctor'], load: async () => (await import('./looking.js')).addLooking },
  { names: ['environments'], load: async () => (await import('./environments.js')).addEnvironments },
  { names: ['docs'], load: async () => (await import('./documenting.js')).addDocumenting },
  { names: ['attack'], load: async () => (await import('./attacking.js')).addAttacking },
];

/** Adds the command of this name, with those of its module; all of them for any other name. To load all takes a second. */
export async function addCommands(program: Command, name: string | undefined): Promise<void> {
  const own = MODULES.filter(({ names }) => name !== undefined && names.includes(name));
  for (const { load } of own.length === 0 ? MODULES : own) (await load())(program);
}

import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { BuildPlan, BuildProgress } from '../domain/build/build.js';
import type { FailureType } from '../domain/failures.js';
import { CONTROL_QUEUE, modelQueue, sandboxQueue } from '../domain/queues.js';
import { providerOf } from '../domain/sweep.js';
import { listPackages } from '../infra/datasets/choose-environment.js';
import { UserError } from '../infra/errors.js';
import { prepareEmbedded } from '../infra/models/embedded.js';
import { isEmbedded } from '../infra/models/weights-pins.js';
import { isFinished, markFinished } from '../infra/store/batch-files.js';
import type { BuildStore } from '../infra/store/builds.js';
import { renderBuild } from '../report/build.js';
import type { buildDatasetWorkflow } from '../workflows/build-dataset.js';
import { type BuildOptions, planBuild } from './build-plan.js';
import { readStories, writeResults } from './build-results.js';
import type { CommandContext } from './context.js';
import { type Ending, follow } from './follow.js';
import { Interrupt } from './interrupt.js';
import { PollerWatch } from './poller-watch.js';
import { prepareMachine } from './prepare.js';
import { orNull, ProgressPrinter } from './progress.js';
import { openSession, type Session } from './session.js';

/** Records in flight beyond those that wait for the model: their drafts are tried meanwhile. */
const IN_SANDBOX = 2;

/** Builds a dataset, or goes on with it, and writes tasks, provenance and page. Returns the exit code. */
export async function buildDataset(options: BuildOptions, context: CommandContext): Promise<number> {
  const { home } = context.config;
  const interrupt = new Interrupt();
  try {
    const { plan, store } = await planBuild(options, context);
    if (await isFinished(store.folder)) context.say('All of it was built before: nothing is asked, nothing is run.');
    else if (!(await run(plan, context, interrupt))) {
      context.say('\nInterrupted; nothing that was paid for is lost. Go on with the same command.');
      return 130;
    }
    const stories = await readStories(home, store, plan.tasks);
    const { summary, files } = await writeResults(plan, stories, { home, store, out: options.out });
    const unjudged = summary.why['unjudged'] ?? 0;
    await finish(store, unjudged, context);
    const lines = [
      renderBuild(summary),
      `Tasks: ${files.tasks}`,
      `Provenance: ${files.provenance}`,
      `Page: ${files.page}`,
    ];
    context.print({ ...summary, files }, lines.join('\n'));
    return summary.accepted >= plan.tasks ? 0 : 1;
  } finally {
    interrupt.dispose();
  }
}

/** A build with records that could not be judged is not over: the same command tries those again. */
async function finish(store: BuildStore, unjudged: number, { say }: CommandContext): Promise<void> {
  if (unjudged === 0) return markFinished(store.folder);
  say(
    `${unjudged} records could not be judged, for want of the model or the sandbox; the same command tries them again.`,
  );
}

/** True when the build has come to its end, false when the user interrupted. */
async function run(plan: BuildPlan, context: CommandContext, interrupt: Interrupt): Promise<boolean> {
  const { config, log, say } = context;
  const environments = await environmentsUpTo(plan.environment);
  if (config.cluster === null) await prepare(plan, environments, context);
  const session = await openSession({ config, log, crews: [['control'], ['model'], ['sandbox']] });
  try {
    await session.ask((client) => start(client, plan));
    const queues = [modelQueue(providerOf(plan.model.id)), ...environments.map(sandboxQueue)];
    const ending = await show(session, plan, new PollerWatch(queues, config, say), interrupt);
    if (ending === 'interrupted') return false;
    if (ending === 'done') return true;
    throw await failed(session, plan, ending);
  } finally {
    await session.close();
  }
}

/** The reader puts a task into the smallest environment that has its packages. */
async function environmentsUpTo(environment: string): Promise<string[]> {
  const names = (await listPackages()).map(({ name }) => name);
  return names.slice(0, names.indexOf(environment) + 1);
}

async function prepare(
  { backend, model }: BuildPlan,
  environments: readonly string[],
  context: CommandContext,
): Promise<void> {
  const { home, env, weightsFile } = context.config;
  await prepareMachine({ backend, environments }, context);
  const name = model.id.slice(model.id.indexOf(':') + 1);
  if (providerOf(model.id) !== 'embedded' || !isEmbedded(name)) return;
  await prepareEmbedded(name, { home, env, onProgress: context.onProgress, localFile: weightsFile });
}

async function start(client: Client, plan: BuildPlan): Promise<void> {
  const { name, environment, tasks, rounds, model, limits } = plan;
  const input = {
    build: name,
    environment,
    tasks,
    rounds,
    provider: providerOf(model.id),
    giveUpAfterMs: model.giveUpAfterMs,
    wallSeconds: limits.wallSeconds,
    window: model.concurrency + IN_SANDBOX,
    handed: null,
  };
  try {
    await client.workflow.start<typeof buildDatasetWorkflow>('buildDatasetWorkflow', {
      workflowId: workflowId(plan),
      taskQueue: CONTROL_QUEUE,
      workflowTaskTimeout: '5 seconds',
      args: [input],
      staticSummary: `${name}: ${tasks} tasks by ${model.label}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

function workflowId({ name }: BuildPlan): string {
  return `build/${name}`;
}

async function show(session: Session, plan: BuildPlan, watch: PollerWatch, interrupt: Interrupt): Promise<Ending> {
  const printer = new ProgressPrinter(process.stderr);
  let line = '';
  const ending = await follow(
    session,
    workflowId(plan),
    { everyMs: 500, interrupt },
    async ({ handle, description }) => {
      if (description?.status.name === 'RUNNING') await watch.look(session.client);
      if (!printer.isDue(Date.now())) return;
      const progress = await orNull(handle.query<BuildProgress>('progress'));
      if (progress === null) return;
      const { accepted, dropped, started, records } = progress;
      line = `${accepted}/${plan.tasks} tasks; ${dropped} of ${records} records dropped, ${started - accepted - dropped} under way`;
      printer.show(line, Date.now());
    },
  );
  if (line !== '') printer.end(line);
  return ending;
}

async function failed({ client }: Session, plan: BuildPlan, ending: Ending): Promise<UserError> {
  const error: unknown = await client.workflow
    .getHandle(workflowId(plan))
    .result()
    .then(() => null, innermost);
  const why = error instanceof Error ? `: ${error.message}` : '';
  const isInput = error instanceof ApplicationFailure && error.type === ('TaskNotFound' satisfies FailureType);
  return new UserError(`The build’s workflow ended as ${ending}${why}.`, {
    hint: isInput
      ? 'Correct the records or the names of the libraries, and give the build another --name.'
      : 'The same command goes on with what is left; Temporal’s UI shows what went wrong.',
    exitCode: isInput ? 2 : 3,
  });
}

/** What was thrown; the causes around it say where. */
function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}

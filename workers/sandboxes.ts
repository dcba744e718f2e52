import { Failure } from '../domain/failures.js';
import type { Config } from '../infra/config.js';
import { type Environment, imageOf, listEnvironments } from '../infra/environments/environment.js';
import { ensureEnvironment } from '../infra/environments/provision.js';
import { type Metrics, NO_METRICS } from '../infra/metrics/metrics.js';
import { ownerEntry } from '../infra/processes.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import { CarefulSandbox } from '../infra/sandbox/careful-sandbox.js';
import { openDockerSandbox } from '../infra/sandbox/docker.js';
import type { Place, Sandbox, SandboxSource } from '../infra/sandbox/sandbox.js';
import { Slots } from '../infra/sandbox/slots.js';
import { ensureTool } from '../infra/tools/tool.js';

/** What may be said of sandboxes beside how many programs they run. */
interface SandboxesOptions {
  /** Those that are not careful report each run as it was: for attacks, whose every end would be looked into. */
  readonly isCareful?: boolean;
  readonly metrics?: Metrics;
}

/** The sandboxes of this machine, each opened when it is first asked for, with places for programs that they share. */
export class Sandboxes implements SandboxSource {
  readonly environments: readonly Environment[];
  private readonly config: Config;
  private readonly slots: Slots;
  private readonly options: Required<SandboxesOptions>;
  private readonly opened = new Map<string, Promise<Sandbox>>();

  private constructor(
    config: Config,
    slots: number,
    environments: readonly Environment[],
    options: Required<SandboxesOptions>,
  ) {
    this.config = config;
    this.options = options;
    this.slots = new Slots(slots, options.metrics);
    this.environments = environments;
  }

  static async open(config: Config, slots: number, options: SandboxesOptions = {}): Promise<Sandboxes> {
    return new Sandboxes(config, slots, await listEnvironments(), {
      isCareful: true,
      metrics: NO_METRICS,
      ...options,
    });
  }

  /**
   * The sandbox of a place; its environment is built first where it is missing. Throws `SandboxUnavailable` where that
   * fails, or where this worker's environment is another one.
   */
  async get(place: Place): Promise<Sandbox> {
    const { environment: name, digest, backend, gpu } = place;
    const environment = this.environments.find((each) => each.name === name);
    if (environment === undefined || (digest !== '' && environment.digest !== digest)) {
      const found = environment === undefined ? 'there is none' : `it is ${environment.digest}`;
      throw new Failure('SandboxUnavailable', `The environment ${name} ${digest} is wanted; on this worker ${found}`);
    }
    const key = `${backend} ${name} ${gpu?.uuid ?? 'cpu'}`;
    const opening = this.opened.get(key) ?? this.openOne(environment, place).then((sandbox) => this.dressed(sandbox));
    this.opened.set(key, opening);
    opening.catch(() => this.opened.delete(key));
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values());
    await Promise.all(opened.map(async (each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
  }

  private dressed(sandbox: Sandbox): Sandbox {
    return this.options.isCareful ? new CarefulSandbox(sandbox) : sandbox;
  }

  private async openOne(environment: Environment, { backend, gpu }: Place): Promise<Sandbox> {
    const { home, env, docker } = this.config;
    const { slots } = this;
    const counted = { metrics: this.options.metrics, environment: environment.name };
    const { importSets, variables } = environment;
    if (backend === 'docker') {
      const image = imageOf(environment, docker.image);
      const hasPackages = environment.lock !== null;
      return openDockerSandbox({ ...docker, image, hasPackages, home, slots, importSets, variables, gpu, counted });
    }
    const bwrapPath = await ensureTool('bwrap', { home, env });
    const python = await ensureEnvironment(environment, { home, env }).catch((cause: unknown) => {
      throw new Failure('SandboxUnavailable', `The environment ${environment.name} can't be built`, { cause });
    });
    const ownerEnv = await ownerEntry(home);
    return openBubblewrapSandbox({ bwrapPath, python, slots, importSets, variables, gpu, ownerEnv, counted });
  }
}

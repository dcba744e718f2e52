import { Failure } from '../domain/failures.js';
import type { Config } from '../infra/config.js';
import { type Environment, listEnvironments } from '../infra/environments/environment.js';
import { ensureEnvironment } from '../infra/environments/provision.js';
import { ownerEntry } from '../infra/processes.js';
import { openBubblewrapSandbox } from '../infra/sandbox/bubblewrap.js';
import { CarefulSandbox } from '../infra/sandbox/careful-sandbox.js';
import type { Sandbox } from '../infra/sandbox/sandbox.js';
import { Slots } from '../infra/sandbox/slots.js';
import { ensureTool } from '../infra/tools/tool.js';

/** The sandboxes of this machine, one for each environment, with places for programs that they share. */
export class Sandboxes {
  readonly environments: readonly Environment[];
  private readonly config: Config;
  private readonly bwrapPath: string;
  private readonly slots: Slots;
  private readonly opened = new Map<string, Promise<Sandbox>>();

  private constructor(config: Config, bwrapPath: string, slots: number, environments: readonly Environment[]) {
    this.config = config;
    this.bwrapPath = bwrapPath;
    this.slots = new Slots(slots);
    this.environments = environments;
  }

  /** Throws a UserError (exit 3) if this machine has no sandbox. */
  static async open(config: Config, slots: number): Promise<Sandboxes> {
    const { home, env } = config;
    return new Sandboxes(config, await ensureTool('bwrap', { home, env }), slots, await listEnvironments());
  }

  /**
   * The sandbox of an environment, which is built first where it is missing. Throws `SandboxUnavailable` where that fails,
   * or where the environment is not the one of this digest; "" is any.
   */
  async get(name: string, digest: string): Promise<Sandbox> {
    const environment = this.environments.find((each) => each.name === name);
    if (environment === undefined || (digest !== '' && environment.digest !== digest)) {
      const found = environment === undefined ? 'there is none' : `it is ${environment.digest}`;
      throw new Failure('SandboxUnavailable', `The environment ${name} ${digest} is wanted; on this worker ${found}`);
    }
    const opening = this.opened.get(name) ?? this.openOne(environment);
    this.opened.set(name, opening);
    return opening;
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.opened.values());
    await Promise.all(opened.map(async (each) => (each.status === 'fulfilled' ? each.value.close() : undefined)));
  }

  private async openOne(environment: Environment): Promise<Sandbox> {
    const { home, env } = this.config;
    try {
      const python = await ensureEnvironment(environment, { home, env });
      const { importSets } = environment;
      const ownerEnv = await ownerEntry(home);
      const { bwrapPath, slots } = this;
      return new CarefulSandbox(openBubblewrapSandbox({ bwrapPath, python, slots, importSets, ownerEnv }));
    } catch (cause) {
      this.opened.delete(environment.name);
      throw new Failure('SandboxUnavailable', `The environment ${environment.name} can't be built`, { cause });
    }
  }
}

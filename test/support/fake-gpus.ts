import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GpuDevice } from '../../infra/gpu/probe.js';

/** A machine whose `nvidia-smi` lists what a test wants; no GPU is needed for it, and none can be used. */
export class FakeGpus {
  /** Ids by index; new ones each time, since locks go by them and reach over the machine. */
  readonly uuids = Array.from({ length: 8 }, () => `GPU-${randomUUID()}`);
  private readonly folder: string;

  /** Puts the tool into a new folder below `parent`. */
  constructor(parent: string, names: readonly string[]) {
    this.folder = join(parent, 'fake-gpus');
    mkdirSync(this.folder, { recursive: true });
    this.list(names);
    const tool = join(this.folder, 'nvidia-smi');
    writeFileSync(tool, '#!/bin/sh\nexec /bin/sh "$(dirname "$0")/answer" "$@"\n');
    chmodSync(tool, 0o755);
  }

  /** The entry of the environment that puts the tool first on PATH. */
  get env(): { readonly PATH: string } {
    return { PATH: `${this.folder}:${process.env['PATH'] ?? ''}` };
  }

  /** GPUs of these product names from now on, each with the id of its index; an empty name leaves one out. */
  list(names: readonly string[]): void {
    const lines = names.map((name, index) => `${index}, ${this.uuids[index]}, 00000000:0${index}:00.0, 81559, ${name}`);
    this.answer(`cat << END\n${lines.filter((_, index) => names[index] !== '').join('\n')}\nEND`);
  }

  /** A shell script that answers from now on. */
  answer(script: string): void {
    writeFileSync(join(this.folder, 'answer'), `${script}\n`);
  }
}

/** A GPU that there is not, for tests of leases alone. */
export function madeUpGpu(uuid: string, deviceClass = 'h100'): GpuDevice {
  return { index: 0, uuid, busId: '00000000:01:00.0', memoryMib: 81_559, name: 'GPU', deviceClass, nodes: [] };
}

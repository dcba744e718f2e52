import { readFile } from 'node:fs/promises';
import type { ContainerCreateOptions } from 'dockerode';
import type { GpuDevice } from '../../gpu/probe.js';
import { packagePath } from '../../package-path.js';
import { programEnv, type Variables } from '../program-env.js';
import { EMPTY_ROOM, roomLimits } from './room.js';

/** What the settings of a container depend on. */
export interface ContainerNeeds {
  /** Id of the image. */
  readonly image: string;
  /** Interpreter within the image. */
  readonly python: string;
  /** Programs see the image's packages, beside the standard library. */
  readonly hasPackages: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** AppArmor is on: its default profile for containers refuses the mounts of the inner wall. */
  readonly hasAppArmor: boolean;
}

/** "nobody": whom the fork server runs as. */
const UNPRIVILEGED = '65534:65534';
const RUNNER = '/runner';
/** Where Python's own images have it. */
const PREFIX = '/usr/local';
/** Users, host names and where they are looked up: the same behind every wall. */
const ETC_FILES = ['passwd', 'group', 'hosts', 'nsswitch.conf'];

/**
 * A container for one fork server, which imports these modules. Nothing in it can be written to but a temporary folder for
 * libraries that are imported ahead: each program has one of its own in its place.
 */
export async function containerSettings(
  needs: ContainerNeeds,
  modules: readonly string[],
  variables: Variables,
  gpu?: GpuDevice,
): Promise<ContainerCreateOptions> {
  const all = gpu === undefined ? variables : { ...variables, CUDA_VISIBLE_DEVICES: gpu.uuid };
  const env = programEnv(all, PREFIX).map(([name, value]) => `${name}=${value}`);
  return {
    Image: needs.image,
    Labels: { ...needs.labels },
    // Through env, since an engine adds variables of its own and the image's.
    Entrypoint: ['/usr/bin/env', '-i', ...env],
    Cmd: [needs.python, needs.hasPackages ? '-s' : '-S', '-B', `${RUNNER}/main.py`, '-', ...modules],
    User: UNPRIVILEGED,
    WorkingDir: '/',
    Hostname: 'sandbox',
    NetworkDisabled: true,
    // When the process that attached dies, the fork server's input ends, and so does the container.
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...walls(),
      ...roomLimits(EMPTY_ROOM),
      // The leased device by its id, never all of them.
      DeviceRequests: gpu === undefined ? [] : [{ DeviceIDs: [gpu.uuid], Capabilities: [['gpu']] }],
      SecurityOpt: await securityOptions(needs.hasAppArmor),
    },
  };
}

function walls() {
  return {
    NetworkMode: 'none',
    ReadonlyRootfs: true,
    Tmpfs: { '/tmp': 'rw,nosuid,nodev,size=64m,mode=1777' },
    CapDrop: ['ALL'],
    // The kernel lets a program mount a /proc of its own only where nothing of this one is covered. Covered in place of
    // what Docker covers: what tells of the host, and what programs of this container would share.
    MaskedPaths: ['/sys', '/dev/mqueue'],
    ReadonlyPaths: [],
    Binds: [
      `${packagePath('infra/sandbox/runner')}:${RUNNER}:ro`,
      ...ETC_FILES.map((name) => `${packagePath(`infra/sandbox/rootfs/etc/${name}`)}:/etc/${name}:ro`),
    ],
    IpcMode: 'private',
    CgroupnsMode: 'private',
    Ulimits: [
      { Name: 'nofile', Soft: 4096, Hard: 4096 },
      { Name: 'core', Soft: 0, Hard: 0 },
    ],
    // Reports go through standard output: kept in a log, they would fill the host's disk.
    LogConfig: { Type: 'none', Config: {} },
    AutoRemove: true,
  };
}

async function securityOptions(hasAppArmor: boolean): Promise<string[]> {
  const filter = await readFile(packagePath('infra/sandbox/seccomp.json'), 'utf8');
  return ['no-new-privileges', `seccomp=${filter}`, ...(hasAppArmor ? ['apparmor=unconfined'] : [])];
}

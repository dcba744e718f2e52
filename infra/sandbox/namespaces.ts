import { access, readFile } from 'node:fs/promises';

interface Obstacle {
  readonly setting: string;
  /** The setting's value that forbids. */
  readonly forbids: string;
  readonly allows: string;
}

const OBSTACLES: readonly Obstacle[] = [
  { setting: 'user.max_user_namespaces', forbids: '0', allows: '15000' },
  { setting: 'kernel.unprivileged_userns_clone', forbids: '0', allows: '1' },
  // Ubuntu from 23.10 on.
  { setting: 'kernel.apparmor_restrict_unprivileged_userns', forbids: '1', allows: '0' },
];
/** Left by Docker and by Podman in each container. */
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv'];

/**
 * What keeps this host's ordinary processes from making user namespaces, which the inner wall is made of, with its cure;
 * null if nothing known does.
 */
export async function namespaceObstacle(): Promise<string | null> {
  for (const { setting, forbids, allows } of OBSTACLES) {
    const value = await readFile(`/proc/sys/${setting.replaceAll('.', '/')}`, 'utf8').catch(() => '');
    if (value.trim() !== forbids) continue;
    return (
      `this host forbids user namespaces (${setting} is ${forbids}); as root: "sysctl -w ${setting}=${allows}", ` +
      'and the same line without "sysctl -w" in a file of /etc/sysctl.d to keep it'
    );
  }
  const marks = await Promise.all(
    CONTAINER_MARKS.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (!marks.includes(true)) return null;
  return (
    'this is a container whose engine forbids user namespaces or mounts; start it with --security-opt ' +
    'seccomp=infra/sandbox/seccomp.json --security-opt systempaths=unconfined --security-opt apparmor=unconfined'
  );
}

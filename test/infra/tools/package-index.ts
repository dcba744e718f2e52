import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../infra/tools/run-command.js';
import type { WheelPin } from '../../../infra/tools/wheel.js';

export interface BuiltWheel {
  readonly pin: WheelPin;
  readonly file: string;
  readonly content: Buffer;
}

export interface PackageIndex {
  /** Environment in which pip asks this index alone. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Wheels that were sent, by file name, in order. */
  readonly sent: string[];
  /** Wheels of these packages are answered with 404 from now on. */
  withhold(...names: string[]): void;
  close(): Promise<void>;
}

const BUILD = `
import sys, zipfile
path, name, version = sys.argv[1:4]
info = f"{name.replace('-', '_')}-{version}.dist-info"
with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
    for member, source in zip(sys.argv[4::2], sys.argv[5::2]):
        wheel.writestr(member, open(source, "rb").read())
    wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(f"{info}/RECORD", "")
`;

/** Builds a wheel that holds `members` (path in the wheel -> file on this machine). */
export async function buildWheel(
  name: string,
  version: string,
  members: Readonly<Record<string, string>>,
): Promise<BuiltWheel> {
  const folder = await mkdtemp(join(tmpdir(), 'wheel-'));
  try {
    const file = `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
    const path = join(folder, file);
    await runCommand('python3', ['-c', BUILD, path, name, version, ...Object.entries(members).flat()]);
    const content = readFileSync(path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { pin: { name, version, sha256, bytes: content.length }, file, content };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A package index on this machine, in the form that pip asks for ("simple repository"). */
export async function startPackageIndex(wheels: readonly BuiltWheel[]): Promise<PackageIndex> {
  const sent: string[] = [];
  let withheld: readonly string[] = [];
  const server = createServer((request, response) => {
    const name =
      decodeURIComponent(request.url ?? '')
        .split('/')
        .findLast((part) => part !== '') ?? '';
    const wheel = wheels.find(({ file }) => file === name);
    const project = wheels.filter(({ pin }) => pin.name === name);
    if (wheel !== undefined && !withheld.includes(wheel.pin.name)) {
      sent.push(name);
      response
        .writeHead(200, { 'content-type': 'application/zip', 'content-length': wheel.content.length })
        .end(wheel.content);
    } else if (project.length > 0) {
      const links = project.map(({ file }) => `<a href="/files/${file}">${file}</a>`);
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><body>${links.join('\n')}</body></html>`);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    env: pipEnv(port),
    sent,
    withhold: (...names) => {
      withheld = names;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Environment in which pip asks only an index at this port of this machine, whatever the user's settings are. */
export function pipEnv(port: number): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('PIP_') && !/_proxy$/i.test(name));
  return { ...Object.fromEntries(own), PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: `http://127.0.0.1:${port}/simple` };
}

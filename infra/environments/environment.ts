import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../errors.js';
import { readIfExists } from '../fs.js';
import { packagePath } from '../package-path.js';
import { type EnvironmentFile, parseEnvironmentFile } from '../parse/environment-file.js';
import type { ImportSet } from '../sandbox/import-set.js';
import type { Variables } from '../sandbox/program-env.js';
import { sha256 } from '../store/digest.js';

/** A named, locked set of Python packages that programs find. */
export interface Environment {
  readonly name: string;
  readonly description: string;
  /** A Python version as uv reads it, e.g. "3.11" or ">=3.10". */
  readonly python: string;
  /** What it takes on disk, in words; null if nothing. */
  readonly disk: string | null;
  /** Every package with its version and hashes, as pip's requirements; null for the standard library alone. */
  readonly lock: string | null;
  /** Environment variables that programs find besides those that all have. */
  readonly variables: Variables;
  readonly importSets: readonly ImportSet[];
  /** Python version, packages and variables, hashed: the same digest, the same programs. 12 hexadecimal digits. */
  readonly digest: string;
}

const FOLDER = 'infra/environments';

/** All environments, by name. */
export async function listEnvironments(): Promise<Environment[]> {
  const files = (await readdir(packagePath(FOLDER))).filter((file) => file.endsWith('.toml')).sort();
  return Promise.all(files.map((file) => readEnvironment(basename(file, '.toml'))));
}

/** Throws UserError (exit 2) for a name that there is none of. */
export async function findEnvironment(name: string): Promise<Environment> {
  const all = await listEnvironments();
  const found = all.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  throw new UserError(`There is no environment "${name}".`, {
    hint: `There are ${all.map((environment) => environment.name).join(', ')}.`,
    exitCode: 2,
  });
}

/** The Docker image with an environment in it: that of `base` is configured, the others are named after it. */
export function imageOf({ name, digest }: Environment, baseImage: string): string {
  return name === 'base' ? baseImage : `aicodereval/${name}:${digest}`;
}

async function readEnvironment(name: string): Promise<Environment> {
  const file = parseEnvironmentFile(await readFile(packagePath(`${FOLDER}/${name}.toml`), 'utf8'), `${name}.toml`);
  const lock = await readIfExists(packagePath(`${FOLDER}/${name}.lock`));
  return { name, ...facts(file), lock, digest: digestOf(file, lock) };
}

function facts({ description, python, disk, variables, importSets }: EnvironmentFile) {
  return { description, python, disk, variables, importSets };
}

function digestOf({ python, variables }: EnvironmentFile, lock: string | null): string {
  const facts = Object.keys(variables).length === 0 ? [python, lock] : [python, lock, variables];
  return sha256(JSON.stringify(facts)).slice(0, 12);
}

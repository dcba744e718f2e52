import type { Command } from 'commander';
import { type Environment, findEnvironment, listEnvironments } from '../../infra/environments/environment.js';
import { environmentKeys } from '../../infra/environments/environment-keys.js';
import { interpreterOf } from '../../infra/environments/provision.js';
import { UserError } from '../../infra/errors.js';
import { Knowledge } from '../../infra/knowledge/knowledge.js';
import { questionIn } from '../../infra/knowledge/question.js';
import { openBlobStore } from '../../infra/store/blobs.js';
import { Sandboxes } from '../../workers/sandboxes.js';
import { type CommonOptions, openContext } from '../context.js';
import { common, parseBackend } from './common.js';

interface DocsFlags extends CommonOptions {
  readonly environment: string;
  readonly backend: string;
  readonly records?: string;
}

/** `docs`. */
export function addDocumenting(program: Command): void {
  common(program.command('docs <query...>'))
    .option('--environment <name>', 'the environment whose libraries are looked up', 'ml')
    .option('--backend <name>', 'the sandbox in which they are looked at: local or docker', 'local')
    .option('--records <file>', 'a file of API records to search too (default: $AICODEREVAL_API_RECORDS)')
    .description('look up an error message, a name or words in the libraries of an environment, as strategies do')
    .action(async (query: string[], flags: DocsFlags) => lookUp(query.join(' '), flags));
}

async function lookUp(query: string, { environment: name, backend, records, ...flags }: DocsFlags): Promise<void> {
  const context = await openContext(flags);
  const { home, apiRecords, docker } = context.config;
  const environment = await findEnvironment(name);
  const place = { environment: name, digest: environment.digest, backend: parseBackend(backend) };
  const sandboxes = await Sandboxes.open(context.config, 1);
  const knowledge = new Knowledge(records ?? apiRecords);
  try {
    const deps = {
      home,
      blobs: openBlobStore(home),
      interpreter: (await environmentKeys(place.backend, docker))(name).interpreter,
      sandbox: async () => {
        if (place.backend === 'local') await mustBeBuilt(environment, home);
        return sandboxes.get(place);
      },
      onLibrary: (library: string) => context.say(`Looking at ${library} (once for each version of ${name}) ...`),
    };
    const never = new AbortController().signal;
    const { entries, text, indexDigest } = await knowledge.lookUp(environment, questionIn(query, ''), deps, never);
    const names = entries.map((entry) => entry.name);
    context.print({ query, environment: name, indexDigest, entries: names, text }, text || 'Nothing fits.');
    process.exitCode = entries.length > 0 ? 0 : 1;
  } finally {
    await Promise.all([sandboxes.close(), knowledge.close()]);
  }
}

/**
 * A question is no reason to fetch gigabytes: `run` and `validate` build what their tasks need, here a person is asked to.
 * Throws UserError (exit 3) that says what is missing, how to get it, and what there is.
 */
async function mustBeBuilt(environment: Environment, home: string): Promise<void> {
  if (interpreterOf(environment, home) !== null) return;
  const { name, disk } = environment;
  const built = (await listEnvironments()).filter((each) => interpreterOf(each, home) !== null);
  const names = built.map((each) => `--environment ${each.name}`).join(' or ');
  throw new UserError(`The environment ${name} is not built: there are no libraries to look up in.`, {
    hint: `Build it with: aicodereval environments build ${name} (${disk ?? 'nothing'} on disk). Or look up in what is here: ${names}.`,
    exitCode: 3,
  });
}

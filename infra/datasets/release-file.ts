import { basename, join } from 'node:path';
import { downloadFile } from '../tools/download.js';
import { offlineBy } from '../tools/hub.js';
import type { ToolContext } from '../tools/install.js';
import { ensureRecorded } from './recorded.js';

/**
 * A file that a data set's makers publish under an address with its version. Its SHA-256 is not known here: that of the first
 * download is written beside it and holds from then on. Gives the function that returns its path,
 * `<home>/datasets/<file>`, which throws UserError (exit 3).
 */
export function releaseFile(url: string): (ctx: ToolContext) => Promise<string> {
  const what = basename(new URL(url).pathname);
  return (ctx) => {
    const target = join(ctx.home, 'datasets', what);
    const install = async (sha256: string | null): Promise<void> => {
      const forbidding = offlineBy(ctx.env ?? {});
      if (forbidding !== null) throw new Error(`not asked, since ${forbidding} is set`);
      const { onProgress, signal } = ctx;
      await downloadFile({ url, to: target, what, sha256, bytes: null, onProgress, signal });
    };
    const sources = (sha256: string | null) => [{ name: url, install: () => install(sha256) }];
    return ensureRecorded({ target, url, sources }, ctx);
  };
}

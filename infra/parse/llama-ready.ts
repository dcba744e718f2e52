import { z } from 'zod';
import { tryJson } from './json.js';

/** Where the embedded server answers. */
export interface LlamaReady {
  readonly url: string;
  readonly key: string;
}

const readySchema: z.ZodType<LlamaReady> = z.object({ url: z.url(), key: z.string() });

/** The door for the first line of `llama_server.py`; null for any other line. */
export function parseLlamaReady(line: string): LlamaReady | null {
  const parsed = readySchema.safeParse(tryJson(line));
  return parsed.success ? parsed.data : null;
}

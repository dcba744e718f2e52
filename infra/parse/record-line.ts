import { z } from 'zod';
import type { WantedRecord } from '../../domain/build/record.js';

const text = z.string().trim().min(1);

/** A record of this project's own: with its documentation, or the name of what the environment's library documents. */
const ownLine = z
  .strictObject({
    id: text.optional(),
    name: text,
    library: text.optional(),
    version: text.optional(),
    signature: text.optional(),
    documentation: text.optional(),
    domain: text.optional(),
  })
  .transform((line): Omit<WantedRecord, 'source'> => ({
    id: line.id ?? line.name,
    name: line.name,
    library: line.library ?? line.name.split('.')[0] ?? line.name,
    version: line.version ?? null,
    signature: line.signature ?? null,
    documentation: line.documentation ?? null,
    domain: line.domain ?? null,
  }));

/** A field of APIBench may be a text, a list, an object or null. */
const loose = z.unknown().transform((value) => (typeof value === 'string' ? value : JSON.stringify(value ?? '')));

/** A record of APIBench (ShishirPatil/gorilla): a model of a hub, and how it is called. */
const apiBenchLine = z
  .looseObject({
    id: text,
    domain: z.string().nullish(),
    framework: z.string().nullish(),
    functionality: loose,
    api_name: text,
    api_call: loose,
    api_arguments: loose,
    example_code: loose,
    description: loose,
  })
  .transform((line): Omit<WantedRecord, 'source'> => ({
    id: line.id,
    name: line.api_name,
    library: line.framework ?? 'unknown',
    version: null,
    signature: line.api_call,
    documentation: [
      line.description,
      `Functionality: ${line.functionality}`,
      `Arguments: ${line.api_arguments}`,
      `Example:\n${line.example_code}`,
    ].join('\n\n'),
    domain: line.domain ?? null,
  }));

/** The door for a line of a records file. */
export const recordLineSchema: z.ZodType<Omit<WantedRecord, 'source'>> = z.unknown().transform((line, context) => {
  const isApiBench = typeof line === 'object' && line !== null && 'api_call' in line;
  const parsed = (isApiBench ? apiBenchLine : ownLine).safeParse(line);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});

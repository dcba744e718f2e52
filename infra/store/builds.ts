import { join } from 'node:path';
import type { z } from 'zod';
import type { BuildPlan, BuiltItem, Settled } from '../../domain/build/build.js';
import { atomicWrite, readIfExists } from '../fs.js';
import {
  builtItemSchema,
  buildPlanSchema,
  settledSchema,
  type StoredRecords,
  storedRecordsSchema,
} from '../parse/build.js';
import { tryJson } from '../parse/json.js';
import { guarded } from './store-fault.js';

/** What a build keeps: its plan, what was made of each record, and what became of it. Throws `Failure('StoreUnavailable')`. */
export interface BuildStore {
  readonly folder: string;
  /** Null where there is none, or one that is damaged; so with the others. */
  plan(): Promise<BuildPlan | null>;
  writePlan(plan: BuildPlan): Promise<void>;
  /** The records with their documentation, once it was read. */
  collected(): Promise<StoredRecords | null>;
  keepCollected(records: StoredRecords): Promise<void>;
  item(number: number): Promise<BuiltItem | null>;
  keepItem(item: BuiltItem): Promise<void>;
  settled(number: number): Promise<Settled | null>;
  keepSettled(settled: Settled): Promise<void>;
}

/** The build of this name, in `<home>/builds/<name>`; nothing is made before the first write. */
export function openBuild(home: string, name: string): BuildStore {
  const folder = join(home, 'builds', name);
  const read = async <T>(file: string, schema: z.ZodType<T>): Promise<T | null> => {
    const path = join(folder, file);
    const text = await guarded('read', path, () => readIfExists(path));
    return schema.safeParse(tryJson(text ?? '')).data ?? null;
  };
  const write = async (file: string, value: unknown): Promise<void> => {
    const path = join(folder, file);
    await guarded('write', path, () => atomicWrite(path, `${JSON.stringify(value, null, 2)}\n`));
  };
  return {
    folder,
    plan: () => read('plan.json', buildPlanSchema),
    writePlan: (plan) => write('plan.json', plan),
    collected: () => read('records.json', storedRecordsSchema),
    keepCollected: (records) => write('records.json', records),
    item: (number) => read(`items/${number}.json`, builtItemSchema),
    keepItem: (item) => write(`items/${item.item}.json`, item),
    settled: (number) => read(`settled/${number}.json`, settledSchema),
    keepSettled: (settled) => write(`settled/${settled.item}.json`, settled),
  };
}

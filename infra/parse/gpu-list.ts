import { z } from 'zod';

/** One line of what `nvidia-smi` lists. */
export interface GpuFacts {
  /** Its place in the list, from 0; not the number of its file in /dev. */
  readonly index: number;
  /** "GPU-...", the same in every container and after every boot: what CUDA and Docker take as a device's name. */
  readonly uuid: string;
  /** PCI address, e.g. "00000000:3B:00.0". */
  readonly busId: string;
  /** Null where it shares the host's memory. */
  readonly memoryMib: number | null;
  /** Product name, e.g. "NVIDIA H100 80GB HBM3". */
  readonly name: string;
}

/** The fields of a line, in order; the name comes last, as it may hold anything. */
export const GPU_QUERY = ['index', 'uuid', 'pci.bus_id', 'memory.total', 'name'] as const;

const line: z.ZodType<GpuFacts> = z
  .tuple([
    z.string().regex(/^\d+$/),
    z.string().regex(/^GPU-[0-9a-f-]+$/i),
    z.string().regex(/^[0-9a-f]+:[0-9a-f]+:[0-9a-f]+\.[0-9a-f]+$/i),
    z.string().regex(/^(\d+|\[N\/A\])$/),
    z.string().min(1),
  ])
  .transform(([index, uuid, busId, memory, name]) => ({
    index: Number(index),
    uuid,
    busId,
    memoryMib: memory === '[N/A]' ? null : Number(memory),
    name,
  }));

/**
 * The door for `nvidia-smi --query-gpu` with the fields of `GPU_QUERY`, as CSV without header and units. A line that
 * describes no device ("[Unknown Error]" for a value) is among the `unread`: such a device is not well.
 */
export function parseGpuList(text: string): { readonly gpus: GpuFacts[]; readonly unread: string[] } {
  const gpus: GpuFacts[] = [];
  const unread: string[] = [];
  for (const row of text.split('\n').filter((row) => row.trim() !== '')) {
    const fields = row.split(',').map((field) => field.trim());
    const last = GPU_QUERY.length - 1;
    const parsed = line.safeParse([...fields.slice(0, last), fields.slice(last).join(', ')]);
    if (parsed.success) gpus.push(parsed.data);
    else unread.push(row.trim());
  }
  return { gpus, unread };
}

import { z } from 'zod';

const MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const BYTES = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, KB: 1e3, MB: 1e6, GB: 1e9 } as const;

/** "90s", "2h" -> milliseconds. */
export const duration = quantity(MS, 'a time such as 30s, 5m or 2h');

/** "512MiB", "2GiB" -> bytes. */
export const bytes = quantity(BYTES, 'a size such as 512MiB or 2GiB');

function quantity(units: Readonly<Record<string, number>>, example: string): z.ZodType<number> {
  return z.string(`write ${example}`).transform((text, context) => {
    const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([A-Za-z]+)$/.exec(text.trim()) ?? [];
    const factor = units[unit];
    if (factor !== undefined && Number(amount) > 0) return Math.round(Number(amount) * factor);
    context.addIssue({ code: 'custom', message: `"${text}" is no quantity: write ${example}` });
    return z.NEVER;
  });
}

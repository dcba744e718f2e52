/** 1234567 -> "1.2 M"; whole numbers below 10,000 as they are. */
export function short(value: number): string {
  if (Math.abs(value) < 10_000) return Math.round(value).toLocaleString('en');
  if (Math.abs(value) < 999_500) return `${Math.round(value / 1_000)} k`;
  return `${(value / 1e6).toFixed(value < 9_950_000 ? 1 : 0)} M`;
}

/** Milliseconds as "840 ms", "12.4 s", "3:05 min", "2:10 h". */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const pair = (big: number, small: number): string => `${big}:${String(small).padStart(2, '0')}`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${pair(minutes, Math.floor(ms / 1_000) % 60)} min`;
  return `${pair(Math.floor(minutes / 60), minutes % 60)} h`;
}

/** US dollars with two digits that say something. */
export function dollars(value: number): string {
  if (value === 0) return '$0';
  return `$${value >= 1 ? value.toFixed(2) : Number(value.toPrecision(2)).toString()}`;
}

/** Bytes as "512 B", "3.4 KiB", "1.2 MiB". */
export function bytes(value: number): string {
  if (value < 1_024) return `${value} B`;
  if (value < 1_048_576) return `${(value / 1_024).toFixed(1)} KiB`;
  return `${(value / 1_048_576).toFixed(1)} MiB`;
}

/** A moment in UTC: "2026-11-26 04:05". */
export function moment(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * Calls one exported function with JSON arguments: call-child.ts FILE FUNCTION ARGUMENTS. Prints its result as JSON, on
 * a line; then lives for as long as its stdin is open if the fourth argument is "stay".
 */
const [file = '', name = '', args = '[]', then] = process.argv.slice(2);
const module = (await import(file)) as Record<string, (...args: unknown[]) => Promise<unknown>>;
const result = await module[name]?.(...(JSON.parse(args) as unknown[]));
process.stdout.write(`${JSON.stringify(result ?? null)}\n`);
if (then === 'stay') process.stdin.resume();

/** "promptSha256" -> "prompt_sha256": a field of the domain as the name of its column. */
type Snake<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : S;

/** An object whose fields are named as columns. */
export type SnakeKeys<T> = { readonly [K in keyof T & string as Snake<K>]: T[K] };

/** Names the fields of a domain value as columns. */
export function snakeKeys<T extends object>(value: T): SnakeKeys<T> {
  return renamed(value, (name) => name.replaceAll(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`)) as SnakeKeys<T>;
}

/** Names the columns of a row as fields: the inverse of `snakeKeys`. */
export function camelKeys(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return renamed(row, (name) => name.replaceAll(/_[a-z]/g, (sign) => sign.slice(1).toUpperCase()));
}

function renamed(value: object, rename: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [rename(name), member]));
}

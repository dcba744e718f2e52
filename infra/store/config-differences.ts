/**
 * Where two configurations differ, one line for each field: "models.0.temperature: 0 -> 0.7". A field that only one of
 * them has shows "(none)" for the other.
 */
export function configDifferences(a: unknown, b: unknown): string[] {
  const [left, right] = [leaves(a), leaves(b)];
  const fields = [...new Set([...left.keys(), ...right.keys()])].sort();
  return fields
    .filter((field) => left.get(field) !== right.get(field))
    .map((field) => `${field}: ${left.get(field) ?? '(none)'} -> ${right.get(field) ?? '(none)'}`);
}

/** JSON of every leaf by its dotted path; an empty object and a list of plain values are leaves. */
function leaves(value: unknown, path = ''): Map<string, string> {
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isPlainList = Array.isArray(value) && value.every((member) => typeof member !== 'object');
  if (members.length === 0 || isPlainList) return new Map([[path, JSON.stringify(value)]]);
  return new Map(members.flatMap(([name, member]) => [...leaves(member, path === '' ? name : `${path}.${name}`)]));
}

/** Source of a test in which each assertion, a statement of its own, is a case; `setup` runs before them. */
export function assertTest(setup: readonly string[], assertions: readonly string[]): string {
  const cases = assertions.map(
    (assertion, index) => `print("Testing case [${index + 1}/${assertions.length}] started.")\n${assertion.trim()}\n`,
  );
  return [...setup.filter((part) => part.trim() !== '').map((part) => `${part.trim()}\n`), ...cases].join('\n');
}

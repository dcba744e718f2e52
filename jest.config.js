/** @type {import('jest').Config} */
// oxlint-disable-next-line import/no-default-export -- jest wants one
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Those that take minutes each, need the environments `ml` and `bigcodebench`, or a Docker engine: see jest.*.config.js.
  testPathIgnorePatterns: ['/node_modules/', '\\.(long|ml)\\.test\\.ts$', '/docker[^/]*\\.test\\.ts$'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, sourceMaps: 'inline' }],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testSequencer: '<rootDir>/test/support/longest-first.js',
  testTimeout: 60_000,
  maxWorkers: 2,
};

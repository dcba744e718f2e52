import base from './jest.config.js';

/** @type {import('jest').Config} */
// oxlint-disable-next-line import/no-default-export -- jest wants one
export default {
  ...base,
  testMatch: ['**/*.ml.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Hundreds of programs a test, and environments of 10 GB to build before the first.
  testTimeout: 1_200_000,
  maxWorkers: 1,
};

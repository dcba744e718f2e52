import base from './jest.config.js';

/** @type {import('jest').Config} */
// oxlint-disable-next-line import/no-default-export -- jest wants one
export default {
  ...base,
  testMatch: ['**/*.long.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};

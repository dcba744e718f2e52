import { describe } from '@jest/globals';
import { attackTests } from '../support/attack-tests.js';
import { whyNoDocker } from '../support/docker.js';

((await whyNoDocker()) === null ? describe : describe.skip)('in Docker', () => {
  attackTests('docker');
});

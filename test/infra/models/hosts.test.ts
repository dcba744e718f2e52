import { describe } from '@jest/globals';
import { modelContract } from '../../contracts/model-contract.js';
import { HOSTS } from '../../contracts/model-hosts.js';

describe.each(HOSTS)('$name', (host) => {
  modelContract(host);
});

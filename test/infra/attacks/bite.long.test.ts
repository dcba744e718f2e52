import { biteTests } from '../../support/bite-tests.js';

biteTests('base');

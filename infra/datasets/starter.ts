import { ownSuite } from './own-suite.js';

/** Twelve small tasks of this project in AICoderEval's program format; ordinary work of an AI script, without packages. */
export const starter = ownSuite({
  id: 'starter',
  title: 'Starter: 12 small AI tasks that need Python alone',
  size: 12,
});

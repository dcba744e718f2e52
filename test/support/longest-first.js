import Sequencer from '@jest/test-sequencer';

/** Folders of tests that run whole commands or hundreds of programs, the longest first. */
const LONG = ['/test/e2e/', '/test/infra/sandbox/', '/test/cli/'];

/**
 * Starts what takes minutes first. Jest knows how long a test took the last time, but in a fresh clone it goes by the size of its
 * file: two minutes in few lines came last, and the other worker had nothing left to do.
 */
// oxlint-disable-next-line import/no-default-export -- jest wants one
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const usual = await super.sort(tests);
    return usual.toSorted((a, b) => rank(a.path) - rank(b.path));
  }
}

function rank(path) {
  const at = LONG.findIndex((folder) => path.includes(folder));
  return at < 0 ? LONG.length : at;
}

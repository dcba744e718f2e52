/** All that programs see of an environment, whatever the wall: nothing of the host's or the user's. */
export const PROGRAM_ENV: Readonly<Record<string, string>> = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp/work',
  TMPDIR: '/tmp',
  USER: 'user',
  LOGNAME: 'user',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  // The order of a set of strings must not differ from run to run.
  PYTHONHASHSEED: '0',
};

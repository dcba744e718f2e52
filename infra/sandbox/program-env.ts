/** A program has one slot, so libraries start one thread; there is no network to look for models in, and no display. */
const LIBRARY_ENV = {
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  NUMEXPR_NUM_THREADS: '1',
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  TF_CPP_MIN_LOG_LEVEL: '2',
  TOKENIZERS_PARALLELISM: 'false',
  HF_HUB_OFFLINE: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  MPLBACKEND: 'Agg',
};

const PROGRAM_ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/tmp/work',
  TMPDIR: '/tmp',
  USER: 'user',
  LOGNAME: 'user',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  // The order of a set of strings must not differ from run to run.
  PYTHONHASHSEED: '0',
  ...LIBRARY_ENV,
};

/** Values in which `{prefix}` stands for the folder that an interpreter's packages are installed in. */
export type Variables = Readonly<Record<string, string>>;

/**
 * All that programs see of an environment, whatever the wall: nothing of the host's or the user's. `variables` are those of
 * their packages, `prefix` is where programs see these.
 */
export function programEnv(variables: Variables, prefix: string): [name: string, value: string][] {
  const own = Object.entries(variables).map(([name, value]) => [name, value.replaceAll('{prefix}', prefix)] as const);
  return Object.entries({ ...PROGRAM_ENV, ...Object.fromEntries(own) });
}

/** A package that a program asks for, as pip would be told. */
export interface Requirement {
  /** Normalised as PEP 503 has it, and under the name that the package index knows. */
  readonly name: string;
  /** Versions that would do, e.g. ">=4.30,<5"; null for any. */
  readonly versions: string | null;
}

/** Packages that are imported, or asked for, by another name than they are published under. */
const PUBLISHED_AS: Readonly<Record<string, string>> = {
  bs4: 'beautifulsoup4',
  crypto: 'pycryptodome',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  docx: 'python-docx',
  'mpl-toolkits': 'matplotlib',
  'opencv-contrib-python': 'opencv-python',
  'opencv-python-headless': 'opencv-python',
  pil: 'pillow',
  pyannote: 'pyannote-audio',
  pytorch: 'torch',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  yaml: 'pyyaml',
};

/** Packages that bring what another one does. */
const PROVIDES: Readonly<Record<string, string>> = {
  'opencv-python-headless': 'opencv-python',
  'tensorflow-cpu': 'tensorflow',
};

/** The package that an import statement's top-level module comes from. */
export function packageOfModule(module: string): string {
  return published(module);
}

/**
 * A requirement as a program writes it: a name with extras and versions (`torch[cuda]>=2.0`), an address
 * (`git+https://host/owner/name@v1`), or both (`name @ https://...`). Null for a module of the standard library, which
 * some programs ask for as well, and for what is no requirement at all.
 */
export function parseRequirement(text: string, stdlib: ReadonlySet<string>): Requirement | null {
  const named = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:\(?\s*((?:[<>=!~][^;@)]*)?)\)?\s*(?:;.*)?$|@\s)/.exec(
    text,
  );
  const written = named?.[1] ?? nameInAddress(text);
  if (written === null || stdlib.has(written)) return null;
  const versions = named?.[2]?.replace(/\s+/g, '') ?? '';
  return { name: published(written), versions: versions === '' ? null : versions };
}

/** The names and versions in a lock file of pip's format. */
export function packagesOfLock(lock: string): Map<string, string> {
  const packages = new Map<string, string>();
  for (const [, name = '', version = ''] of lock.matchAll(/^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)/gm)) {
    const normal = normalise(name);
    packages.set(normal, version);
    const provided = PROVIDES[normal];
    if (provided !== undefined && !packages.has(provided)) packages.set(provided, version);
  }
  return packages;
}

/** Requirements that a set of packages lacks, or has in another version, in words. */
export function lacking(wanted: readonly Requirement[], packages: ReadonlyMap<string, string>): string[] {
  return wanted.flatMap(({ name, versions }) => {
    const found = packages.get(name);
    if (found === undefined) return [name + (versions ?? '')];
    return versions === null || satisfies(found, versions) ? [] : [`${name}${versions} (there is ${found})`];
  });
}

/** Whether a version fits all of "<5,>=4.1" (PEP 440, release numbers alone). */
function satisfies(version: string, versions: string): boolean {
  return versions.split(',').every((each) => {
    const [, sign = '', wanted = ''] = /^(===?|[<>!~]=|[<>])(.+)$/.exec(each) ?? [];
    const isPrefix = wanted.endsWith('.*') || sign === '~=';
    const order = compare(version, wanted);
    if (sign === '<') return order < 0;
    if (sign === '>') return order > 0;
    if (sign === '<=') return order <= 0;
    if (sign === '>=') return order >= 0;
    const isSame = isPrefix ? startsWith(version, sign === '~=' ? parent(wanted) : wanted.slice(0, -2)) : order === 0;
    if (sign === '!=') return !isSame;
    return sign === '~=' ? isSame && order >= 0 : isSame;
  });
}

function numbers(version: string): number[] {
  return (/^[\d.]*/.exec(version)?.[0] ?? '').split('.').map(Number);
}

function compare(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function startsWith(version: string, prefix: string): boolean {
  const wanted = numbers(prefix);
  const found = numbers(version);
  return wanted.every((number, at) => number === (found[at] ?? 0));
}

function parent(version: string): string {
  return version.split('.').slice(0, -1).join('.');
}

/** "git+https://host/owner/name.git@v1#egg=other" names `other`, else `name`; a wheel's file name begins with its own. */
function nameInAddress(text: string): string | null {
  const address = /^\s*(?:[a-z]+\+)?(?:https?|ssh|git|file):\/\/(\S+)$/.exec(text)?.[1];
  if (address === undefined) return null;
  const egg = /#(?:.*&)?egg=([\w.-]+)/.exec(address)?.[1];
  const last =
    address
      .replace(/[#?].*$/, '')
      .replace(/(?<=\/[^/@]+)@[^/]*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? '';
  const name = egg ?? (last.endsWith('.whl') ? last.split('-')[0] : last.replace(/\.(?:git|zip|tar\.gz)$/, ''));
  return name === undefined || name === '' ? null : name;
}

function published(name: string): string {
  const normal = normalise(name);
  return PUBLISHED_AS[normal] ?? normal;
}

function normalise(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

import type { Environment } from '../environments/environment.js';

/** What is crawled in one run. */
export interface Library {
  readonly name: string;
  readonly roots: readonly string[];
  /** Its modules are walked too; of the standard library only the roots are looked at. */
  readonly isPackage: boolean;
}

/** What programs import most; none of them opens anything when it is imported. */
const STANDARD = (
  'builtins abc argparse array ast base64 bisect calendar cmath collections collections.abc concurrent.futures contextlib copy csv ' +
  'dataclasses datetime decimal difflib enum fractions functools glob gzip hashlib heapq hmac inspect io itertools json ' +
  'logging math numbers operator os os.path pathlib pickle pprint queue random re secrets shutil statistics string struct ' +
  'subprocess tempfile textwrap threading time traceback types typing unicodedata unittest urllib.parse uuid warnings wave weakref ' +
  'xml.etree.ElementTree zipfile zlib'
).split(' ');

/** The standard library, and the packages for which the environment has import sets, by name. */
export function librariesOf({ importSets }: Pick<Environment, 'importSets'>): Library[] {
  const packages = [...new Set(importSets.flatMap(({ when }) => when))].sort();
  return [
    { name: 'python', roots: STANDARD, isPackage: false },
    ...packages.map((name) => ({ name, roots: [name], isPackage: true })),
  ];
}

import { UserError } from '../infra/errors.js';
import { refusalOf } from '../infra/store/store-fault.js';

/** The option that names where a command's files go. */
type Option = '--out' | '--html';

/** What is there already where something else is to be written, by the system's code. */
const IN_THE_WAY: Readonly<Record<string, string>> = {
  EISDIR: 'a folder is there',
  EEXIST: 'a file is where a folder has to be',
  ENOTDIR: 'a file is where a folder has to be',
};

/**
 * Does what writes the files of a command, of which `path` is the one to name. What the system refuses is thrown as a
 * UserError: exit 3 where something else than another place helps (a full disk), else exit 2. Other errors pass.
 */
export async function writingTo<T>(option: Option, path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isOfSystem(error)) throw error;
    const { why, cure } = refusalOf(error) ?? { why: IN_THE_WAY[error.code] ?? error.message, cure: null };
    throw new UserError(`Cannot write ${path}: ${why}.`, {
      hint: `Name another place with ${option}${cure === null ? '' : `, or ${cure}`}.`,
      exitCode: cure === null ? 2 : 3,
      cause: error,
    });
  }
}

/** True of what a call of the system threw (whichever realm's Error it is). */
function isOfSystem(error: unknown): error is { readonly code: string; readonly message: string } {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}

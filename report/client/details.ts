import type { DetailPlace, PageData } from '../page/data.js';
import type { CellDetail, DetailPart, Text } from '../page/detail.js';

/** A cell's details with the texts that they refer to. */
export interface LoadedCell {
  readonly cell: CellDetail;
  readonly texts: readonly Text[];
}

/** What files of details call: a part by its number. */
declare global {
  // oxlint-disable-next-line no-var -- a global function can be declared no other way
  var takeDetails: ((number: number, part: DetailPart) => void) | undefined;
  interface Window {
    readonly trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
}

const parts = new Map<number, DetailPart>();
const loading = new Map<number, Promise<DetailPart>>();

/** Loads the details of a cell from where the page has them. Rejects with a sentence for people. */
export async function loadDetails({ details, cells }: PageData, row: number): Promise<LoadedCell> {
  const id = cells.id[row] ?? '';
  const part = details.kind === 'live' ? await ask(id) : await once(Math.floor(row / details.perPart), details);
  const cell = part.cells.find((each) => each.id === id);
  if (cell === undefined) throw new Error('The details belong to another state of this sweep: make the report again.');
  return { cell, texts: part.texts };
}

function once(number: number, place: Exclude<DetailPlace, { kind: 'live' }>): Promise<DetailPart> {
  const found = loading.get(number);
  if (found !== undefined) return found;
  const part = place.kind === 'inside' ? inside(number) : beside(place.folder, number);
  loading.set(number, part);
  // A file that was not there may be put there.
  part.catch(() => loading.delete(number));
  return part;
}

async function inside(number: number): Promise<DetailPart> {
  const text = document.getElementById(`part-${number}`)?.textContent;
  if (typeof text !== 'string') throw new Error('The details of this cell are missing in the page.');
  return JSON.parse(text) as DetailPart;
}

/** A page from disk may read no file, but load a script. */
function beside(folder: string, number: number): Promise<DetailPart> {
  globalThis.takeDetails ??= (number, part) => void parts.set(number, part);
  const path = `${encodeURIComponent(folder)}/${String(number).padStart(5, '0')}.js`;
  const script = document.createElement('script');
  return new Promise((resolve, reject) => {
    script.addEventListener('load', () => {
      const part = parts.get(number);
      if (part === undefined) reject(new Error(`${path} holds no details.`));
      else resolve(part);
      script.remove();
    });
    script.addEventListener('error', () => {
      script.remove();
      reject(
        new Error(`The details of this cell are in ${folder}/, which lies beside the page: keep the two together.`),
      );
    });
    script.src = policy().createScriptURL(path);
    document.head.append(script);
  });
}

let known: { createScriptURL(url: string): string } | null = null;

function policy(): { createScriptURL(url: string): string } {
  const rules = { createScriptURL: (url: string) => url };
  known ??= window.trustedTypes?.createPolicy('details', rules) ?? rules;
  return known;
}

async function ask(id: string): Promise<DetailPart> {
  const response = await fetch(`cell?id=${encodeURIComponent(id.toWellFormed())}`);
  if (!response.ok)
    throw new Error(`The server that shows this sweep says ${response.status} to the details of this cell.`);
  return (await response.json()) as DetailPart;
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { atomicCreate, atomicWrite, readIfExists, readLines, removeStaleTemp } from '../../infra/fs.js';
import { temporaryHomes } from './store/home.js';

const newFolder = temporaryHomes();

describe('atomicWrite', () => {
  test('makes folders, replaces the whole file and leaves nothing else', async () => {
    const folder = newFolder();
    const path = join(folder, 'a', 'b', 'file.json');
    await atomicWrite(path, 'a long first content');
    await atomicWrite(path, new Uint8Array([104, 105]));
    expect(readFileSync(path, 'utf8')).toBe('hi');
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file.json']);
  });

  test('leaves the old file and no temporary one if it fails', async () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    mkdirSync(join(path, 'in the way'), { recursive: true });
    await expect(atomicWrite(path, 'x')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('by many at once leaves one of their contents, whole', async () => {
    const path = join(newFolder(), 'file');
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(contents.map((content) => atomicWrite(path, content)));
    expect(contents).toContain(readFileSync(path, 'utf8'));
  });
});

describe('atomicWrite of pieces', () => {
  const parts = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 9 })), { maxLength: 9 });

  test('leaves the bytes of all of them, however they come', async () => {
    const path = join(newFolder(), 'file');
    await fc.assert(
      fc.asyncProperty(parts, fc.boolean(), async (pieces, isLater) => {
        await atomicWrite(path, isLater ? Readable.from(pieces) : pieces);
        expect(readFileSync(path)).toEqual(Buffer.concat(pieces.map((piece) => Buffer.from(piece))));
      }),
      { numRuns: 40 },
    );
  });

  test('asks for one once the one before is written, and leaves what was there if one is not to be had', async () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    writeFileSync(path, 'old');
    const sizes: number[] = [];
    function* broken(): Generator<string> {
      for (let made = 0; made < 3; made += 1) {
        const temp = readdirSync(folder).find((name) => name !== 'file') ?? '';
        sizes.push(statSync(join(folder, temp)).size);
        yield 'x'.repeat(1_000);
      }
      throw new Error('no more of it');
    }
    await expect(atomicWrite(path, broken())).rejects.toThrow('no more of it');
    expect(sizes).toEqual([0, 1_000, 2_000]);
    expect(readdirSync(folder)).toEqual(['file']);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await expect(atomicWrite(join(folder, 'new'), broken())).rejects.toThrow('no more of it');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('atomicCreate', () => {
  test('lets exactly one of many win', async () => {
    const folder = newFolder();
    const path = join(folder, 'file');
    const won = await Promise.all(Array.from({ length: 10 }, (_, index) => atomicCreate(path, String(index))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe(String(won.indexOf(true)));
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('removeStaleTemp', () => {
  test('takes what dead processes of this host left, and what others left a day ago', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'deep'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const host = hostname().replaceAll(/[^A-Za-z0-9-]/g, '-');
    const temp = (owner: string): string => `.file.${owner}-0123abcd-0000-4000-8000-000000000000.tmp`;
    const old = join(folder, temp('elsewhere-7'));
    const names = [temp(`${host}-${dead}`), join('deep', temp(`${host}-${dead}`)), temp(`${host}-${process.pid}`)];
    for (const name of [...names, temp('another-8'), temp('elsewhere-7'), 'kept.tmp'])
      writeFileSync(join(folder, name), '');
    utimesSync(old, 1, 1);
    expect(await removeStaleTemp(folder)).toBe(3);
    expect(readdirSync(folder).sort()).toEqual(
      [temp(`${host}-${process.pid}`), temp('another-8'), 'deep', 'kept.tmp'].sort(),
    );
    expect(existsSync(old)).toBe(false);
    expect(await removeStaleTemp(join(folder, 'missing'))).toBe(0);
  });
});

describe('readLines', () => {
  test('splits at line feeds alone, whatever the length of a line', async () => {
    const lines = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('ä\u2028\r'.repeat(40_000))), {
      maxLength: 6,
    });
    const path = join(newFolder(), 'lines');
    await fc.assert(
      fc.asyncProperty(lines, fc.boolean(), async (drawn, endsWhole) => {
        const text = drawn.map((line) => line.replaceAll('\n', ' ')).join('\n');
        writeFileSync(path, endsWhole && text !== '' ? `${text}\n` : text);
        const read: string[] = [];
        for await (const line of readLines(path)) read.push(line);
        const expected = text === '' ? [] : text.split('\n');
        if (expected.at(-1) === '' && !endsWhole) expected.pop();
        expect(read).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

test('a missing file has no text, another fault is told', async () => {
  const folder = newFolder();
  expect(await readIfExists(join(folder, 'missing'))).toBeNull();
  await expect(readIfExists(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { headerOf, SECTIONS, splitSections } from '../../../domain/aicodereval-sections.js';
import { programText, readProgramFacts } from '../../../infra/datasets/program-facts.js';
import { misreadings, mutatedProgram, ownPrograms } from '../../support/reader-fuzz.js';
import { readZippedLines, sharedData } from '../../support/shared-data.js';

const folder = await mkdtemp(join(tmpdir(), 'reader-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('sections come out as they were put in, whatever their text', () => {
  const text = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\r', '').replaceAll(/^# /gm, '#'));
  fc.assert(
    fc.property(
      fc.subarray([...SECTIONS]),
      fc.array(text, { minLength: 6, maxLength: 6 }),
      text,
      (names, texts, above) => {
        const parts = names.map((name, index) => `${headerOf(name)}\n${texts[index]}`);
        const { preamble, sections } = splitSections([above, ...parts].join('\n'));
        expect(preamble.join('\n')).toBe(above);
        expect([...sections.values()].map(({ raw }) => raw).join('')).toBe(parts.join('\n'));
        for (const [index, name] of names.entries()) {
          expect(sections.get(name)?.text.trim()).toBe(texts[index]?.trim());
        }
      },
    ),
  );
});

/** A marker of a case, in the ways that tests print one. */
const marker = (number: number, of: number) =>
  fc
    .tuple(
      fc.constantFrom('Testing case', 'Test case', 'testing Case'),
      fc.constantFrom('started.', 'started', 'started: a name', 'started...'),
      fc.constantFrom('"', "'", '"""'),
      fc.constantFrom('', 'f'),
      fc.constantFrom('', ', flush=True'),
    )
    .map(
      ([words, end, quote, prefix, more]) => `print(${prefix}${quote}${words} [${number}/${of}] ${end}${quote}${more})`,
    );

/** What looks like one. */
const decoy = fc.constantFrom(
  '# print("Testing case [1/9] started.")',
  '"Testing case [9/9] started."',
  'text = "print(\'Testing case [7/9] started.\')"',
  'str("Testing case [8/9] started.")',
  '"""\nprint("Testing case [9/9] started.")\n"""',
  'print("Testing case [9/9] failed")',
  'print("Testing case [5/9] passed.")',
);

test('every marker that is printed is a case, and nothing else is', async () => {
  const body = fc
    .integer({ min: 0, max: 5 })
    .chain((cases) =>
      fc.tuple(
        fc.constant(cases),
        fc.tuple(...Array.from({ length: cases }, (_, index) => marker(index + 1, cases))),
        fc.array(fc.array(decoy, { maxLength: 2 }), { minLength: 6, maxLength: 6 }),
        fc.constantFrom('if True:', 'try:', 'with open("x"):', 'def test_f():'),
      ),
    );
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 20, maxLength: 20 }), async (bodies) => {
      const tests = bodies.map(([, markers, decoys, opening]) => {
        const lines = decoys.flatMap((some, index) => [...some, ...markers.slice(index, index + 1)]);
        const block = [...lines, 'assert f(1)'].join('\n').replaceAll(/^/gm, '    ');
        return `${opening}\n${block}${opening === 'try:' ? '\nfinally:\n    pass' : ''}`;
      });
      const programs = tests.map((test) =>
        programText(
          `${headerOf('function_code')}\ndef f(x):\n    """F."""\n${headerOf('test_function_code')}\n${test}`,
        ),
      );
      const facts = await readProgramFacts(programs, undefined);
      expect(facts.programs.map(({ markers }) => [markers?.cases, markers?.asserts])).toEqual(
        bodies.map(([cases]) => [cases === 0 ? null : cases, 1]),
      );
    }),
    { numRuns: 5 },
  );
});

const data = sharedData('aicodereval/tasks-v4.jsonl.gz');
const bases = [...ownPrograms(), ...(data === null ? [] : readZippedLines(data).map(({ content }) => String(content)))];

test('1,000 mutated programs: none is lost, none crashes the reader, no case is invented', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutatedProgram(bases), { minLength: 100, maxLength: 100 }), async (programs) => {
      expect(await misreadings(programs, folder)).toEqual([]);
    }),
    { numRuns: 10, endOnFailure: true },
  );
});

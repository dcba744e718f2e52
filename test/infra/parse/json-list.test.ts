import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { entriesOf } from '../../../infra/parse/json-list.js';

describe('the entries of a JSON list', () => {
  test('whatever they hold, parsed one by one they make the list', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (list, indentation) => {
        const entries = entriesOf(` ${JSON.stringify(list, null, indentation)}\n`);
        expect(entries?.map((entry) => JSON.parse(entry) as unknown)).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  test('come as they are written', () => {
    expect(entriesOf('[ 1.0, {"a": [9007199254740993, NaN]} ,"]\\",[" ]')).toEqual([
      '1.0',
      '{"a": [9007199254740993, NaN]}',
      '"]\\",["',
    ]);
    expect(entriesOf('[1,]')).toEqual(['1', '']);
  });

  test.each(['', '{"a": [1]}', '[1', '["]', '[1]\n[2]', '[1}', '1, 2'])('%j is no list', (text) => {
    expect(entriesOf(text)).toBeNull();
  });

  test('nothing makes it throw', () => {
    const sign = fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', '1', ' ');
    fc.assert(fc.property(fc.string({ unit: sign }), (text) => void entriesOf(`[${text}`)));
  });
});

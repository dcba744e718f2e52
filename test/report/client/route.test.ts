import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cellHash, NO_FILTERS, parseRoute, tableHash } from '../../../report/client/route.js';

const name = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());

test('an address leads back to what it was made of', () => {
  const filters = fc.record({ text: name, model: name, task: name, error: name, page: fc.nat(), sort: name });
  fc.assert(
    fc.property(filters, (chosen) => {
      const route = parseRoute(tableHash({ ...NO_FILTERS, ...chosen }));
      expect(route).toEqual({ view: 'overview', filters: { ...NO_FILTERS, ...chosen }, section: 'cells' });
    }),
  );
  fc.assert(
    fc.property(name, fc.option(fc.integer({ min: 1, max: 99 })), (id, round) => {
      expect(parseRoute(cellHash(id, round))).toEqual({ view: 'cell', id, round });
    }),
  );
});

test.each(['', '#', '#/', '#/nowhere?x=1', '#/cells?page=-3', '#/cells?__proto__=x&toString=y', '#%'])(
  '%j shows everything',
  (hash) => {
    expect(parseRoute(hash)).toMatchObject({ view: 'overview', filters: NO_FILTERS });
  },
);

test('a cell whose address is broken is looked for as it is written', () => {
  expect(parseRoute('#/cell/a%ZZ?round=x')).toEqual({ view: 'cell', id: 'a%ZZ', round: null });
});

import type { ArmIdentity } from '../../domain/cell-facts.js';
import type { ColumnFile } from './column-file.js';
import { Category, columnOf, number } from './column-values.js';

/** The arms of all segments of a sweep: one identity each, whatever the number of cells. */
export class ArmNames {
  readonly #known = new Map<string, ArmIdentity>();

  /** A segment's arms by row. */
  of(cells: ColumnFile): (row: number) => ArmIdentity {
    const names = ['suite', 'model', 'strategy', 'feedback'].map((name) => new Category(columnOf(cells, name)));
    const [suite, model, strategy, feedback] = names as [Category, Category, Category, Category];
    const rounds = columnOf(cells, 'rounds');
    const here = new Map<number, ArmIdentity>();
    const [models, strategies, feedbacks] = [model, strategy, feedback].map(({ words }) => words.length) as [
      number,
      number,
      number,
    ];
    return (row) => {
      const place = (suite.index(row) * models + model.index(row)) * strategies + strategy.index(row);
      const code = (place * feedbacks + feedback.index(row)) * 1_000_003 + number(rounds, row);
      let arm = here.get(code);
      if (arm === undefined) {
        const of = {
          suite: suite.at(row) ?? '',
          model: model.at(row) ?? '',
          strategy: strategy.at(row) ?? '',
          feedback: feedback.at(row) ?? '',
        };
        here.set(code, (arm = this.#intern({ ...of, rounds: number(rounds, row) })));
      }
      return arm;
    };
  }

  #intern(arm: ArmIdentity): ArmIdentity {
    const key = JSON.stringify(arm);
    const known = this.#known.get(key) ?? arm;
    this.#known.set(key, known);
    return known;
  }
}

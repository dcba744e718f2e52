import type { ArmFigures, PageData } from '../page/data.js';
import { clip } from '../text.js';
import { h } from './dom.js';

/** How an arm is told from the others: its name, its colour (a class `c0` to `c7`), its line (`d0` to `d3`). */
export interface ArmStyle {
  readonly name: string;
  /** Name beside a line of its colour: its model is told by that. */
  readonly label: string;
  readonly colour: string;
  readonly dash: string;
}

const COLOURS = 8;
const DASHES = 4;
/** Longer names are cut in their middle. */
const NAME_WIDTH = 56;

/** Models have colours and strategies dashes; where there is one model alone, strategies have the colours. */
export function armStyles({ arms }: PageData): ArmStyle[] {
  const [suites, models, strategies] = (['suite', 'model', 'strategy'] as const).map((part) => unique(arms, part));
  const isMany = (names: readonly string[] | undefined): boolean => (names?.length ?? 0) > 1;
  return arms.map(({ suite, model, strategy }) => {
    const [ofModel, ofStrategy] = [models?.indexOf(model) ?? 0, strategies?.indexOf(strategy) ?? 0];
    const parts = [
      ...(isMany(suites) ? [suite] : []),
      ...(isMany(models) ? [model] : []),
      ...(isMany(strategies) || (!isMany(models) && !isMany(suites)) ? [strategy] : []),
    ];
    return {
      name: clip(parts.join(' · '), NAME_WIDTH),
      label: isMany(models) ? parts.filter((part) => part !== model).join(' · ') || model : parts.join(' · '),
      colour: `c${(isMany(models) ? ofModel : ofStrategy) % COLOURS}`,
      dash: `d${isMany(models) ? ofStrategy % DASHES : Math.floor(ofStrategy / COLOURS) % DASHES}`,
    };
  });
}

/** The different names that arms have, in their order. */
export function unique(arms: readonly ArmFigures[], part: 'suite' | 'model' | 'strategy'): string[] {
  return [...new Set(arms.map((arm) => arm[part]))];
}

/** The models' names in their colours; nothing where there is one. */
export function modelKey(data: PageData): HTMLElement | null {
  const styles = armStyles(data);
  const models = unique(data.arms, 'model');
  if (models.length < 2) return null;
  const colourOf = (model: string): string => styles[data.arms.findIndex((arm) => arm.model === model)]?.colour ?? '';
  return h(
    'p',
    { class: 'models' },
    ...models.map((model) => h('b', { class: colourOf(model) }, clip(model, NAME_WIDTH / 2))),
  );
}

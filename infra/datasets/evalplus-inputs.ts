/**
 * What JSON could not hold of MBPP+'s inputs, as EvalPlus restores it when it reads them: for a task's number the shape of
 * each argument, the last one for all that follow. The test's `RESTORE` says what each shape is.
 */
const SHAPES: readonly (readonly [shapes: readonly string[], tasks: readonly number[]])[] = [
  [
    ['tuple'],
    [2, 116, 132, 143, 222, 261, 273, 394, 399, 421, 424, 429, 470, 560, 579, 596, 616, 630, 726, 740, 744, 809],
  ],
  [['tuples'], [63, 64, 70, 94, 120, 237, 272, 299, 400, 409, 417, 438, 473, 614, 780]],
  [
    ['tuples', 'as-is'],
    [75, 413, 444, 753],
  ],
  [
    ['as-is', 'tuple'],
    [106, 750],
  ],
  [['sets'], [115]],
  [['float', 'complex'], [124]],
  [
    ['tuple', 'as-is'],
    [250, 307, 405, 446, 617, 720, 763, 808],
  ],
  [['tuple-of-tuples'], [259, 401, 445]],
  [['tuple-of-items'], [278]],
  [['dict-of-tuples', 'as-is'], [722]],
  [['complex'], [252]],
  [['all-tuples'], [580, 615, 791]],
];

/** Shapes of the arguments of the MBPP+ task of that id, e.g. "Mbpp/2". */
export function inputShapes(taskId: string): readonly string[] {
  const number = Number(/\d+$/.exec(taskId)?.[0]);
  return SHAPES.find(([, tasks]) => tasks.includes(number))?.[0] ?? ['as-is'];
}

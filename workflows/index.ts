export { gradeWorkflow, validateWorkflow } from './batches.js';
export { buildDatasetWorkflow } from './build-dataset.js';
export { buildItemWorkflow } from './build-item.js';
export { cellWorkflow } from './cell.js';
export { pageWorkflow } from './page.js';
export { sweepWorkflow } from './sweep.js';

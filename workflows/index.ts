export { gradeWorkflow, validateWorkflow } from './batches.js';
export { cellWorkflow } from './cell.js';
export { pageWorkflow } from './page.js';
export { sweepWorkflow } from './sweep.js';

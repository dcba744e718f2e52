export { cellWorkflow } from './cell.js';
export { gradeWorkflow } from './grade.js';
export { pageWorkflow } from './page.js';
export { sweepWorkflow } from './sweep.js';

import { ownSuite } from './own-suite.js';

/** Work with the libraries of AI code, in the spirit of AICoderEval's fifth version, none of which needs a network. */
export const aicoderLocal = ownSuite({
  id: 'aicoder-local',
  title: 'AICoder-local: AI libraries at work, offline: transformers, PyTorch, Keras, scikit-learn, SciPy',
  size: 151,
});

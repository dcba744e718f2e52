import type { PageData } from '../page/data.js';
import { counted } from '../text.js';
import { h } from './dom.js';

/** Milliseconds between two looks at a running sweep. */
const EVERY = 2_000;

/** Asks the server that shows this page for what has changed, for as long as the page is open. */
export function watch(first: PageData, update: (data: PageData) => void): void {
  let shown = first;
  const state = h('p', { class: 'live', role: 'status' }, stateOf(first));
  document.body.append(state);
  let edition: string | null = null;
  const look = async (): Promise<void> => {
    try {
      const response = await fetch('data', edition === null ? {} : { headers: { 'If-None-Match': edition } });
      if (response.status === 200) {
        const isFirst = edition === null;
        edition = response.headers.get('ETag');
        const data = (await response.json()) as PageData;
        // The page was sent with its data.
        if (!isFirst || data.sweep.finished !== shown.sweep.finished) update(data);
        shown = data;
      }
      state.textContent = stateOf(shown);
      state.classList.remove('lost');
    } catch {
      state.textContent = 'The command that shows this sweep has ended; what you see is its last state.';
      state.classList.add('lost');
    }
    setTimeout(() => void look(), EVERY);
  };
  void look();
}

function stateOf({ sweep }: PageData): string {
  const { finished, planned } = sweep;
  return finished >= planned ? 'all cells have ended' : `live: ${finished} of ${counted(planned, 'cell')}`;
}

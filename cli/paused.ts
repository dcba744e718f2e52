import type { Pause } from '../domain/progress.js';

/** What each limit bounds, and the option that raises it. */
const LIMITS = {
  cost: { bounds: 'cost', option: '--cost-usd N' },
  tokens: { bounds: 'tokens', option: '--tokens N' },
  wall: { bounds: 'time (wall)', option: '--wall TIME' },
} as const;

/** Why a sweep is paused, and the command by which it goes on. */
export function pausedWords(sweepId: string, pause: Pause): string {
  const resume = `aicodereval resume ${sweepId}`;
  if (pause === 'operator') return `${sweepId} is paused. To go on, from any terminal: ${resume}`;
  const { bounds, option } = LIMITS[pause];
  return `${sweepId} has reached its limit on ${bounds}. To go on with a higher one, from any terminal: ${resume} ${option}`;
}

/** Says once that a sweep is paused, and again when that changes. */
export class PauseWatch {
  private readonly say: (text: string) => void;
  private said: Pause | null = null;

  constructor(say: (text: string) => void) {
    this.say = say;
  }

  /** To be called with each look at the sweep. */
  look(sweepId: string, pause: Pause | null): void {
    if (pause !== null && pause !== this.said) this.say(`\n${pausedWords(sweepId, pause)}`);
    this.said = pause;
  }
}

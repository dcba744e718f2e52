import { h, on } from './dom.js';

const SCHEMES = ['auto', 'light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];
const KEY = 'aicodereval-scheme';

/** A button that goes through the system's scheme, light and dark; what was chosen is kept where the browser lets it. */
export function schemeButton(): HTMLElement {
  let scheme = kept();
  const button = h('button', { type: 'button', id: 'scheme' });
  const apply = (): void => {
    document.documentElement.dataset['scheme'] = scheme;
    button.textContent = `${scheme} colours`;
  };
  apply();
  return on(button, 'click', () => {
    scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? 'auto';
    apply();
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // Pages from disk may have no storage.
    }
  });
}

function kept(): Scheme {
  try {
    return SCHEMES.find((each) => each === localStorage.getItem(KEY)) ?? 'auto';
  } catch {
    return 'auto';
  }
}

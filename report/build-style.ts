import { BASE_STYLE } from './base-style.js';

/** The style sheet of the page that a built dataset is looked through on. */
export const BUILD_STYLE = `${BASE_STYLE}
.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0; padding: 0; list-style: none; }
.facts b { display: block; font-size: 1.35rem; font-weight: 600; line-height: 1.2; }
.filter { display: flex; gap: 1.25rem; margin: 1.5rem 0 .75rem; }
.filter label { cursor: pointer; }
body:has(#only-accepted:checked) .dropped, body:has(#only-dropped:checked) .accepted { display: none; }
details.item { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; background: var(--ground); }
details.item > summary { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .25rem .75rem; padding: .6rem .9rem; cursor: pointer; align-items: baseline; }
details.item > summary::-webkit-details-marker { display: none; } details.item > summary { list-style: none; }
details.item[open] > summary { border-bottom: 1px solid var(--line); background: var(--raised); border-radius: 8px 8px 0 0; }
summary .why { grid-column: 2; color: var(--soft); font-size: .9rem; overflow-wrap: anywhere; }
summary b { font-weight: 600; overflow-wrap: anywhere; }
.body { padding: .25rem .9rem 1rem; }
.body details { margin: .35rem 0; } .body details summary { cursor: pointer; color: var(--link); }
@media print { details.item { break-inside: avoid; } .filter { display: none; } pre { max-height: none; } }
`;

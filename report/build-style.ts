/** The page's only style sheet. Colours follow the reader's system; nothing is fetched. */
export const BUILD_STYLE = `
:root { color-scheme: light dark; --ink: #1d2127; --soft: #5b6470; --line: #d9dee5; --ground: #fff; --raised: #f5f7f9;
  --good: #17693a; --good-ground: #e3f4e8; --bad: #9b2c1f; --bad-ground: #fbe9e6; --link: #1f5fbf; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ed; --soft: #9aa5b1; --line: #343b44; --ground: #15181c; --raised: #1d2228;
  --good: #7fd6a0; --good-ground: #17301f; --bad: #f2a195; --bad-ground: #3a1e1a; --link: #83b4f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } a { color: var(--link); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 500; white-space: nowrap; }
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
.mark { display: inline-block; padding: .05rem .5rem; border-radius: 4px; font-size: .85rem; text-align: center; }
.mark.good { color: var(--good); background: var(--good-ground); } .mark.bad { color: var(--bad); background: var(--bad-ground); }
pre { margin: 0; padding: .7rem .9rem; overflow: auto; max-height: 30rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, monospace; } .body details { margin: .35rem 0; } .body details summary { cursor: pointer; color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media print { details.item { break-inside: avoid; } .filter { display: none; } pre { max-height: none; } }
`;

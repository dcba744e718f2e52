/** What every page has: colours of both schemes, letters, tables, code. Nothing is fetched; the scheme follows the reader's system. */
export const BASE_STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1d2127, #e4e8ed); --soft: light-dark(#5b6470, #9aa5b1);
  --line: light-dark(#d9dee5, #343b44); --ground: light-dark(#fff, #15181c); --raised: light-dark(#f5f7f9, #1d2228);
  --good: light-dark(#17693a, #7fd6a0); --good-ground: light-dark(#e3f4e8, #17301f); --bad: light-dark(#9b2c1f, #f2a195);
  --bad-ground: light-dark(#fbe9e6, #3a1e1a); --link: light-dark(#1f5fbf, #83b4f5); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 68rem; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } a { color: var(--link); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 500; white-space: nowrap; }
.mark { display: inline-block; padding: .05rem .5rem; border-radius: 4px; font-size: .85rem; text-align: center; }
.mark.good { color: var(--good); background: var(--good-ground); } .mark.bad { color: var(--bad); background: var(--bad-ground); }
pre { margin: 0; padding: .7rem .9rem; overflow: auto; max-height: 30rem; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, monospace; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
`;

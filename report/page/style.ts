import { BASE_STYLE } from '../base-style.js';
import { CELL_STYLE } from './style-cell.js';
import { CHART_STYLE } from './style-charts.js';

const LAYOUT = `
:root { --c0: light-dark(#2459c9, #83adff); --c1: light-dark(#b4470b, #ffa266); --c2: light-dark(#0b7266, #4fd1bd); --c3: light-dark(#7236d1, #b99cff);
  --c4: light-dark(#b01d5e, #ff8fc0); --c5: light-dark(#4c7307, #a5d45c); --c6: light-dark(#84500a, #e3b675); --c7: light-dark(#465366, #abb8c9);
  --pass: light-dark(#1f7d52, #48b384); --fail: light-dark(#e9a394, #9c4a3c); --unverified: light-dark(#d39a2c, #b8862b); --unscored: light-dark(#b3bcc7, #5a6572);
  --warn: light-dark(#7a4b00, #e9bd6c); --warn-ground: light-dark(#fcf0d6, #33270f); --heat: light-dark(#2f74dc, #3c83f0); --ember: light-dark(#e0683f, #e2683c); }
:root[data-scheme=light] { color-scheme: light; } :root[data-scheme=dark] { color-scheme: dark; }
body { max-width: 76rem; padding: 1.5rem 1.5rem 5rem; font-size: 14px; overflow-wrap: break-word; }
[hidden] { display: none !important; }
.away { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1 { font-size: 1.6rem; line-height: 1.25; letter-spacing: -.01em; margin: 0 0 .3rem; overflow-wrap: anywhere; unicode-bidi: isolate; }
h2 { font-size: 1.05rem; margin: 0 0 .6rem; } .detail h2 { font-size: .95rem; margin: 0 0 .5rem; } .detail h3 { font-size: .9rem; font-weight: 600; margin: 0 0 .3rem; }
.detail h4, .detail .role { font-size: .8rem; font-weight: 600; color: var(--soft); margin: .8rem 0 .25rem; }
section { margin: 2.25rem 0; scroll-margin-top: 1rem; }
td, th, li, code, b, span, option { unicode-bidi: isolate; }
small { display: block; color: var(--soft); font-size: .8rem; font-weight: 400; }
a { text-decoration-thickness: 1px; text-underline-offset: 2px; }
button, select, input { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .6rem; }
input[type=radio] { margin: 0 .35rem 0 0; accent-color: var(--link); }
select { max-width: 100%; } button { cursor: pointer; } button:hover, select:hover { background: var(--raised); }
.tools { float: right; display: flex; gap: .5rem; } .tools button { color: var(--soft); font-size: .85rem; }
.title { max-width: 60rem; } progress { width: 100%; height: 6px; margin-top: .6rem; accent-color: var(--pass); }
.contents { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0 0; padding: .5rem 0; border-block: 1px solid var(--line); }
.contents a { text-decoration: none; } .contents a:hover { text-decoration: underline; }
.note { color: var(--soft); font-size: .85rem; margin-top: .5rem; max-width: 52rem; }
.wide { overflow-x: auto; position: relative; } .num { text-align: right; white-space: nowrap; }
th, td { padding: .35rem .9rem .35rem 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: .82rem; vertical-align: bottom; }
.badge { display: inline-block; padding: .02rem .45rem; border-radius: 4px; font-size: .82rem; font-weight: 500; color: var(--soft); background: var(--raised); white-space: nowrap; }
.badge.pass { color: var(--good); background: var(--good-ground); } .badge.fail { color: var(--bad); background: var(--bad-ground); }
.badge.unverified { color: var(--warn); background: var(--warn-ground); }
.scores th[scope=row] { color: var(--ink); white-space: nowrap; } .scores .group th { color: var(--soft); padding-top: .9rem; white-space: normal; }
.scores td { vertical-align: middle; } .scores th[scope=row] a { color: inherit; text-decoration-color: var(--line); }
.scores .score { font-size: 1.15rem; font-weight: 600; } .scores .plot { width: 26%; min-width: 10rem; } .scores td.range { white-space: nowrap; color: var(--soft); }
.scores .outcomes { min-width: 10rem; } .scores .against small { white-space: nowrap; }
.bar svg { display: block; width: 100%; height: 6px; border-radius: 3px; } .bar .parts { display: flex; flex-wrap: wrap; gap: 0 .6rem; font-size: .8rem; margin-top: .2rem; }
.bar a { color: var(--soft); text-decoration: none; white-space: nowrap; } .bar a:hover { text-decoration: underline; }
.gain { font-weight: 600; } .gain.better { color: var(--good); } .gain.worse { color: var(--bad); } .gain.even { color: var(--soft); }
.findings { margin: .75rem 0 0; padding-left: 1.1rem; max-width: 62rem; } .findings li { margin: .2rem 0; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 0 2.5rem; } .pair section { margin-bottom: 0; min-width: 0; }
.choice { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; margin: 0 0 .5rem; font-size: .88rem; color: var(--soft); } .choice label { cursor: pointer; }
.filters { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; } .filters #search { width: 16rem; }
.selects { display: flex; flex-wrap: wrap; gap: .6rem; } .selects label { font-size: .78rem; color: var(--soft); } .selects label.set { color: var(--link); }
.selects select { display: block; font-size: .9rem; max-width: 13rem; color: var(--ink); } .selects .set select { border-color: var(--link); }
.count { color: var(--soft); margin: .75rem 0 .25rem; }
.cells th a { color: inherit; text-decoration: none; } .cells th a:hover { text-decoration: underline; } .cells th[aria-sort] a { color: var(--ink); }
.cells td { padding-block: .28rem; } .cells tbody tr { cursor: pointer; } .cells tbody tr:hover, .cells tr.marked { background: var(--raised); }
.cells tr.marked { box-shadow: inset 3px 0 var(--link); } .cells td small { display: inline; } .cells .task { min-width: 9rem; }
.pager { display: flex; gap: 1.25rem; justify-content: center; margin-top: 1rem; }
.live { position: fixed; left: 1rem; bottom: .75rem; margin: 0; padding: .2rem .7rem; border-radius: 1rem; background: var(--good-ground); color: var(--good); font-size: .85rem; }
.live.lost { background: var(--warn-ground); color: var(--warn); }
#tip { position: fixed; z-index: 9; max-width: 26rem; padding: .4rem .65rem; border-radius: 6px; font-size: .82rem; line-height: 1.4; pointer-events: none;
  background: light-dark(#1d2127, #2b323b); color: #f2f4f7; overflow-wrap: anywhere; box-shadow: 0 2px 10px rgb(0 0 0 / .25); } #tip .tip-head { font-weight: 600; }
dialog { color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.5rem; } dialog::backdrop { background: rgb(0 0 0 / .35); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; } dd { margin: 0; } kbd { font: 600 .85rem ui-monospace, monospace; }
.narrow { display: none; }
@media (max-width: 46rem) { body { padding: 1rem .9rem 4rem; } .scores .plot, .scores .range, .scores .against { display: none; } .narrow { display: block; } .tools { float: none; justify-content: flex-end; }
  .scores th[scope=row], .heat th[scope=row] { white-space: normal; overflow-wrap: normal; min-width: 6rem; } .heat th[scope=row] { max-width: 9rem; } .scores .outcomes { min-width: 7rem; } .filters #search { width: 100%; } .chart { min-width: 30rem; } .strip { grid-template-columns: 8rem 1fr; } }
@media print { :root, :root[data-scheme] { color-scheme: light; font-size: 11px; } body { max-width: none; padding: 0; font-size: 1rem; } .tools, .contents, .filters, .pager, .choice, .live, .steps { display: none; }
  a { color: inherit; text-decoration: none; } section { margin: 1.5rem 0; } .chart, tr, .run, .exception { break-inside: avoid; } h2 { break-after: avoid; } #cells { break-before: page; }
  .pair { grid-template-columns: 1fr 1fr; } .scores th[scope=row] { white-space: normal; } .scores .plot { min-width: 7rem; } .scores .outcomes { min-width: 7rem; } .flow { min-width: 0; } .heat th, .heat td { padding: .2rem .35rem; } .wide { overflow: visible; } * { print-color-adjust: exact; } }
`;

/** The style sheet of a sweep's report. Colours follow the reader's system unless the page's button says otherwise. */
export const PAGE_STYLE = BASE_STYLE + LAYOUT + CHART_STYLE + CELL_STYLE;

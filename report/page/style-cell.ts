/** The page of one cell: its rounds, programs, reports. */
export const CELL_STYLE = `
.crumbs { display: flex; justify-content: space-between; gap: 1rem; margin-bottom: 1rem; padding-right: 13rem; } .steps { display: flex; gap: .9rem; color: var(--soft); }
.cell-head .who { display: flex; flex-wrap: wrap; gap: .3rem .9rem; align-items: baseline; } .ids { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; font-size: .85rem; } .ids code { overflow-wrap: anywhere; }
.error-class { color: var(--bad); } .problem { padding: .6rem .9rem; border-radius: 6px; background: var(--warn-ground); color: var(--warn); overflow-wrap: anywhere; }
.rail { margin: 1.25rem 0; overflow-x: auto; } .rail ol { display: flex; gap: .5rem; margin: 0; padding: 2px; list-style: none; }
.round { display: grid; gap: .05rem; min-width: 8.5rem; max-width: 13rem; height: 100%; padding: .45rem .7rem; border: 1px solid var(--line); border-top: 3px solid var(--unscored); border-radius: 6px; color: var(--ink); text-decoration: none; font-size: .85rem; }
.round span { color: var(--soft); } .round.pass { border-top-color: var(--pass); } .round.fail { border-top-color: var(--fail); } .round.unverified { border-top-color: var(--unverified); }
.round[aria-current] { background: var(--raised); border-color: var(--link); } .round:hover { background: var(--raised); }
.facts-line { color: var(--soft); font-size: .85rem; } .attempt section { margin: 1.25rem 0 0; } .attempt section.run { margin: 0; } .attempt .sides { display: grid; grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); gap: 0 1.75rem; }
@media (max-width: 60rem) { .attempt .sides { grid-template-columns: minmax(0, 1fr); } .crumbs { padding-right: 0; } }
.run + .run { border-top: 1px solid var(--line); padding-top: 1rem; } .run h3 .soft { font-weight: 400; }
.code { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .5rem 0; overflow: auto; max-height: 40rem; }
.code .line { padding: 0 .75rem 0 3.4rem; position: relative; min-height: 1.5em; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; } .code .text { unicode-bidi: isolate; direction: ltr; }
.code .line::before { content: attr(data-n); position: absolute; left: 0; width: 2.6rem; text-align: right; color: var(--soft); user-select: none; } .code.plain .line { padding-left: .75rem; } .code.plain .line::before { content: none; }
.code .failing { background: var(--bad-ground); box-shadow: inset 3px 0 var(--bad); } .code .failing::before { color: var(--bad); font-weight: 600; } .line-note { font: 500 12px/1.5 system-ui, sans-serif; color: var(--bad); padding-bottom: .2rem; }
.py-comment { color: var(--soft); font-style: italic; } .py-string { color: var(--c2); } .py-keyword { color: var(--c3); } .py-number { color: var(--c1); }
.hidden-sign { color: var(--warn); background: var(--warn-ground); border-radius: 3px; font-size: .85em; }
.diff .line { padding-left: 6.2rem; } .diff .line::after { content: attr(data-m); position: absolute; left: 2.6rem; top: 0; width: 2.2rem; text-align: right; color: var(--soft); user-select: none; } .diff .sign { position: absolute; left: 5.2rem; user-select: none; }
.diff .removed { background: var(--bad-ground); } .diff .added { background: var(--good-ground); } .diff .removed .sign { color: var(--bad); } .diff .added .sign { color: var(--good); }
.code .more, .code .fold { font: 12px system-ui, sans-serif; color: var(--link); } .code .fold { display: block; width: 100%; border: 0; border-radius: 0; background: none; text-align: left; padding: .15rem 1rem; }
.cases-strip { display: flex; flex-wrap: wrap; gap: 3px; margin: .5rem 0; padding: 0; list-style: none; } .case { width: 14px; height: 14px; border-radius: 3px; background: var(--unscored); position: relative; } .case.passed { background: var(--pass); } .case.failed, .case.error { background: var(--fail); outline: 1px solid var(--bad); outline-offset: -1px; }
.pairs { margin: .5rem 0; } .pairs th { width: 1%; } .pairs td code, .locals code, .frames code { white-space: pre-wrap; overflow-wrap: anywhere; }
.raised { margin: .75rem 0 .25rem; padding: .5rem .75rem; border-radius: 6px; background: var(--bad-ground); color: var(--bad); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 16rem; overflow: auto; }
.frames, .locals { font-size: .85rem; } .frames th { font-weight: 400; min-width: 4.6rem; overflow-wrap: normal; } .frames td:nth-child(2) { white-space: nowrap; overflow-wrap: normal; } .frames td:nth-child(3) code { display: inline-block; min-width: 8rem; } .locals th { min-width: 6rem; } .detail th { white-space: normal; } .pairs th { min-width: 6.5rem; } .frame.candidate th, .frame.candidate code { color: var(--ink); font-weight: 600; } .frame.library td, .frame.test td { color: var(--soft); }
details { margin: .4rem 0; } summary { cursor: pointer; color: var(--link); padding: .15rem 0; } .message + .message { margin-top: .75rem; } .lookup { margin: .5rem 0; overflow-wrap: anywhere; }
@media print { .code { max-height: none; overflow: visible; } .raised { max-height: none; } .rail { overflow: visible; } .rail ol { flex-wrap: wrap; } .crumbs { display: none; } }
`;

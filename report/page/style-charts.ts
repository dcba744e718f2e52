const steps = (name: string, colour: string, least: number, most: number): string =>
  Array.from({ length: 11 }, (_, at) => {
    const share = Math.round(least + ((most - least) * at) / 10);
    return `.heat .${name}${at} { background: color-mix(in oklab, var(${colour}) ${share}%, var(--ground)); }`;
  }).join('\n');

const colours = Array.from({ length: 8 }, (_, at) => `.c${at} { --own: var(--c${at}); }`).join(' ');

/** Drawings: letters in the page's colours, lines in those of their arm. Shades stop where letters on them could no longer be read. */
export const CHART_STYLE = `
${colours}
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; font-variant-numeric: tabular-nums; } svg .title { fill: var(--soft); }
.chart { display: block; width: 100%; height: auto; overflow: visible; } .rule { stroke: var(--line); stroke-width: 1; }
.line { stroke: var(--own); stroke-width: 2; fill: none; stroke-linejoin: round; } .line.thin { stroke-width: 1.5; opacity: .7; } .line.faint { stroke-width: 1; opacity: .45; }
.d1 { stroke-dasharray: 7 4; } .d2 { stroke-dasharray: 2 4; } .d3 { stroke-dasharray: 9 3 2 3; }
.point { fill: var(--own); stroke: var(--ground); stroke-width: 1.5; } .leader { stroke: var(--own); stroke-width: 1; opacity: .4; fill: none; } svg .label { fill: var(--own); }
.interval { display: block; width: 100%; height: 20px; } .axis { display: block; width: 100%; height: 14px; overflow: visible; } .axis text { font-size: 11px; }
.whisker { stroke: var(--c0); stroke-width: 3; stroke-linecap: round; opacity: .45; } .dot { fill: var(--c0); } .dot.hollow { fill: none; stroke: var(--c0); stroke-width: 1.5; }
.fill-pass { fill: var(--pass); } .fill-fail { fill: var(--fail); } .fill-unverified { fill: var(--unverified); } .fill-unscored { fill: var(--unscored); }
.heat { width: auto; border-collapse: separate; border-spacing: 2px; } .heat th, .heat td { border: 0; padding: .28rem .5rem; } .heat th[scope=row] { padding-right: .9rem; color: var(--ink); white-space: nowrap; }
.heat thead th { text-align: center; white-space: normal; overflow-wrap: break-word; max-width: 8rem; } .heat td { text-align: center; min-width: 3.4rem; border-radius: 4px; } .heat td a { display: block; color: var(--ink); text-decoration: none; }
.heat td:has(a:hover) { outline: 2px solid var(--link); } .heat .none { color: var(--soft); } .heat caption { caption-side: bottom; color: var(--soft); font-size: .82rem; text-align: left; }
.models { display: flex; flex-wrap: wrap; gap: 0 1.25rem; overflow-wrap: anywhere; margin: 0 0 .4rem; font-size: .88rem; } .models b { color: var(--own); }
${steps('q', '--heat', 4, 60)}
${steps('e', '--ember', 4, 60)}
.strip { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .75rem; } .stripe-name { height: 22px; line-height: 18px; font-size: .85rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 16rem; }
.stripe-box { min-width: 0; } .stripes { display: block; width: 100%; cursor: pointer; }
.t0 { fill: color-mix(in oklab, var(--fail) 55%, var(--ground)); } .t1 { fill: color-mix(in oklab, var(--pass) 35%, var(--ground)); } .t2 { fill: color-mix(in oklab, var(--pass) 65%, var(--ground)); } .t3 { fill: var(--pass); } .tn { fill: var(--unscored); opacity: .5; }
.legend .key { display: inline-flex; align-items: center; gap: .35rem; margin-right: .9rem; } .key svg { width: 10px; height: 10px; border-radius: 2px; }
.flow { min-width: 46rem; } .node { fill: color-mix(in oklab, var(--bad) 60%, var(--ground)); } .node.good { fill: var(--pass); } svg .node-name { fill: var(--ink); font-size: 11.5px; paint-order: stroke; stroke: var(--ground); stroke-width: 3px; stroke-linejoin: round; }
.band { opacity: .3; fill: var(--unscored); } .band.stays { fill: var(--fail); opacity: .4; } .band.turns { fill: var(--unverified); } .band.cured { fill: var(--pass); opacity: .42; } .band:hover { opacity: .75; }
`;

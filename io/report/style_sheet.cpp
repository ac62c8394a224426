#include "io/report/sections.hpp"

namespace fpk::io::report {

// The colours of the roads are Okabe and Ito's (2008), lightened on dark paper; shapes and dashes tell them
// apart too.
std::string style_sheet() {
  return R"css(
:root { --paper: #ffffff; --ink: #1b1f24; --soft: #59636e; --faint: #d9dee4; --card: #f6f8fa; --hair: #e7eaee;
  --density: #0072b2; --particles: #d55e00; --exact: #00845f; --between: #9a4c8f; --chains: #8a6d00; --good: #1a7f37; --bad: #c1272d; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171b; --ink: #e8ebee; --soft: #a0a9b3; --faint: #3a424b; --card: #1c2026; --hair: #2a3037;
    --density: #56b4e9; --particles: #ff9a57; --exact: #3ccf9f; --between: #d99bcf; --chains: #e3c34a; --good: #4cc26a; --bad: #ff7b72; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 2.2rem 1.4rem 3rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 3rem 0 .8rem; padding-bottom: .35rem; border-bottom: 1px solid var(--faint); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; max-width: 75ch; }
code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .82em; }
.name { color: var(--soft); font-size: .9rem; margin: 0 0 .2rem; overflow-wrap: anywhere; }
.reference, .aside, footer { color: var(--soft); font-size: .9rem; }
.reference { overflow-wrap: anywhere; }
.verdict { margin: 1.4rem 0; padding: .9rem 1.2rem; border-radius: 8px; background: var(--card);
  border-left: 6px solid var(--soft); }
.verdict p { font-size: 1.25rem; font-weight: 600; margin: 0; }
.verdict.holds { border-color: var(--good); } .verdict.fails { border-color: var(--bad); }
.verdict ul { margin: .4rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.sign { font-weight: 700; margin-right: .55rem; }
.holds .sign { color: var(--good); } .fails .sign { color: var(--bad); }
.equations { margin: 1.2rem 0; padding: .7rem 1.2rem; overflow-x: auto; border: 1px solid var(--hair); border-radius: 8px;
  font-family: "STIX Two Text", "Latin Modern Roman", Cambria, Georgia, "Times New Roman", serif; font-size: 1.12rem; }
.equations p { margin: .2rem 0; overflow-wrap: anywhere; padding-left: 1.5rem; text-indent: -1.5rem; max-width: none; }
.equations .law { color: var(--soft); }
sub, sup { font-size: .7em; line-height: 0; }
dl.facts { display: flex; flex-wrap: wrap; gap: .6rem 2.6rem; margin: 1.2rem 0 0; }
dl.facts div { display: flex; flex-direction: column-reverse; }
dl.facts dt { color: var(--soft); font-size: .85rem; }
dl.facts dd { margin: 0; font-size: 1.35rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr)); gap: 1rem 1.2rem; margin: .8rem 0; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr)); gap: 1.2rem 1.8rem; margin: .8rem 0; align-items: start; }
.plots > figure:only-child { max-width: 640px; }
figure { margin: 0; break-inside: avoid; min-width: 0; }
figcaption { font-weight: 600; font-size: .95rem; margin-bottom: .1rem; overflow-wrap: anywhere; }
figure > svg { display: block; width: 100%; height: auto; }
.empty { color: var(--soft); border: 1px dashed var(--faint); border-radius: 6px; padding: 2.5rem 1rem; text-align: center; }
text { font: 12px system-ui, -apple-system, "Segoe UI", Arial, sans-serif; fill: var(--soft); }
text.label { fill: var(--ink); }
.grid { stroke: var(--hair); fill: none; } .axis { stroke: var(--soft); fill: none; }
.density { --c: var(--density); } .particles { --c: var(--particles); } .exact { --c: var(--exact); }
.between { --c: var(--between); } .chains { --c: var(--chains); } .stationary, .reference { --c: var(--ink); }
.line { fill: none; stroke: var(--c); stroke-width: 1.9; stroke-linejoin: round; }
.line.thin { stroke-width: 1.3; } .line.dashed { stroke-dasharray: 6 4; stroke-width: 1.6; }
.line.stationary { stroke-dasharray: 2 4; stroke-linecap: round; }
.band { fill: var(--c); opacity: .22; stroke: none; }
.mark { fill: var(--paper); stroke: var(--c); stroke-width: 1.6; }
.halo { fill: none; stroke: #000; stroke-width: 2.6; stroke-linecap: round; opacity: .5; }
.dot { fill: none; stroke: #fff; stroke-width: 1.5; stroke-linecap: round; }
.bare.dot { stroke: var(--c); stroke-width: 2.6; opacity: .7; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: .4rem 0 .6rem; padding: 0; font-size: .9rem; }
.legend li { display: flex; align-items: center; gap: .5rem; }
.sample { width: 34px; height: 16px; flex: none; }
.scale { display: flex; flex-wrap: wrap; align-items: center; gap: .2rem .8rem; font-size: .9rem; }
.scale span { padding-bottom: .9rem; } .colour-bar { width: 300px; max-width: 100%; }
.wide { overflow-x: auto; min-width: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .6rem 0; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--hair); }
thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--faint); }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
tbody td:first-child { overflow-wrap: anywhere; }
table.facts th { color: var(--soft); font-weight: 400; width: 9.5rem; }
table.facts td { overflow-wrap: anywhere; }
table.claims { min-width: 760px; } table.claims code { color: var(--soft); }
td.reason { color: var(--soft); max-width: 24rem; } td.sign { padding-right: .6rem; }
tr.fails td:nth-child(2) { font-weight: 600; }
.meter { display: block; margin: .3rem 0 0 auto; width: 64px; height: 5px; border-radius: 3px; background: var(--faint); overflow: hidden; }
.meter i { display: block; height: 100%; background: var(--good); } .fails .meter i { background: var(--bad); }
.notes li { margin: .3rem 0; max-width: 75ch; overflow-wrap: anywhere; }
details { margin: .6rem 0; } summary { cursor: pointer; overflow-wrap: anywhere; }
pre { background: var(--card); padding: 1rem 1.2rem; border-radius: 8px; overflow-x: auto; }
footer { margin-top: 3rem; border-top: 1px solid var(--faint); padding-top: .8rem; }
@media (max-width: 640px) { main { padding: 1.2rem .9rem 2rem; } h1 { font-size: 1.5rem; } .equations { font-size: 1rem; } }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --faint: #bbb; --card: #f4f4f4; --hair: #ddd; --density: #0072b2;
    --particles: #d55e00; --exact: #00845f; --between: #9a4c8f; --chains: #8a6d00; --good: #1a7f37; --bad: #c1272d; }
  body { font-size: 11pt; } main { max-width: none; padding: 0; } h2 { break-after: avoid; margin-top: 1.6rem; }
  .panels { grid-template-columns: repeat(3, 1fr); } .plots { grid-template-columns: repeat(2, 1fr); }
  tr, .verdict { break-inside: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)css";
}

}  // namespace fpk::io::report

import { SERIES_COLOURS } from '../chart/scene.js';

const variables = (shade: 'light' | 'dark'): string =>
  SERIES_COLOURS.map((colour, index) => `--s${index}:${colour[shade]}`).join(';');

const LIGHT = `--ink:#16202b;--muted:#566473;--paper:#fff;--panel:#f4f6f9;--rule:#d5dce4;--grid:#e6eaef;--accent:#0b6bcb;--warn:#8a4b00;--warn-paper:#fff6e5;${variables('light')}`;
const DARK = `--ink:#e9eef4;--muted:#9fadbc;--paper:#11161c;--panel:#1a222b;--rule:#34404d;--grid:#27313c;--accent:#5aa9ff;--warn:#ffce80;--warn-paper:#2c2416;${variables('dark')}`;

/** Style of every report page: light and dark, phone to paper. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px clamp(14px,2.5vw,40px) 40px;max-width:1720px;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
h1{font-size:26px;line-height:1.2;margin:0}
h2{font-size:18px;margin:30px 0 8px}
h3{font-size:14px;font-weight:600;margin:0 0 4px}
.period{margin:4px 0 16px;color:var(--muted);font-size:18px}
dl{display:flex;flex-wrap:wrap;gap:6px 26px;margin:0 0 18px}
dl div{min-width:0;max-width:100%}
dt{color:var(--muted);font-size:12px}
dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;width:fit-content;max-width:100%;border:1px solid var(--rule);border-radius:8px}
table{border-collapse:collapse;font-size:14px;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:8px 10px}
th,td{padding:6px 11px;text-align:left;vertical-align:top}
th.n,td.n{text-align:right;white-space:nowrap}
thead th,thead th.n{background:var(--panel);border-bottom:1px solid var(--rule);font-size:12px;vertical-align:bottom;white-space:normal}
thead span{white-space:nowrap}
thead small{display:block;font-weight:400;color:var(--muted);font-size:10.5px;line-height:1.25}
tbody tr+tr td,tbody tr+tr th{border-top:1px solid var(--grid)}
tbody th{font-weight:600;min-width:150px;max-width:280px;overflow-wrap:break-word;hyphens:auto}
tbody th:first-child,thead th:first-child{position:sticky;left:0;background:var(--paper);z-index:1}
thead th:first-child{background:var(--panel)}
td{max-width:420px;overflow-wrap:break-word}
table.wide th,table.wide td{padding:6px 5px}
th.t,td.t{white-space:nowrap}
td small,tbody th small{display:block;color:var(--muted);font-size:10.5px;font-weight:400;line-height:1.3}
tr.total td,tr.total th{border-top:2px solid var(--muted)!important;font-weight:700}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:18px}
figure{margin:0;min-width:0}
svg{display:block;width:100%;height:auto;overflow:visible}
svg path.grid{stroke:var(--grid);fill:none;stroke-width:1}
svg path.axis{stroke:var(--muted);fill:none;stroke-width:1}
svg text{fill:var(--muted);font-family:inherit}
svg text.ink{fill:var(--ink)}
svg .line{fill:none;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
${SERIES_COLOURS.map((_, i) => `.s${i}{stroke:var(--s${i})}.dot.s${i}{fill:var(--s${i});stroke:none}`).join('\n')}
.d1{stroke-dasharray:4 2}
.d2{stroke-dasharray:1.5 2}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0 0 12px;padding:0;font-size:13px}
.legend li{display:flex;align-items:center;gap:7px;min-width:0;overflow-wrap:anywhere}
.legend svg{flex:none;width:26px;height:8px}
.lead{font-size:18px;margin:0 0 6px}
ul.lines{margin:0;padding-left:20px}
.notes{background:var(--warn-paper);color:var(--warn);border-radius:8px;padding:10px 14px;margin:18px 0}
.notes p{margin:0}
.notes p+p{margin-top:6px}
.method{margin-top:26px;border-top:1px solid var(--rule);padding-top:10px;color:var(--muted);font-size:12.5px;max-width:110ch}
.method p{margin:0 0 6px}
.empty{padding:16px 12px;color:var(--muted);margin:0}
@media (max-width:600px){h1{font-size:21px}.period{font-size:16px}tbody th{min-width:112px;max-width:132px;font-size:13px}th,td{padding:6px 7px}table.wide th,table.wide td{padding:6px 7px}}
@media print{
@page{size:A4 landscape;margin:11mm}
:root{color-scheme:light;${LIGHT}}
body{padding:0;font-size:10px;max-width:none}
h1{font-size:17px}.period{font-size:12px;margin-bottom:8px}h2{font-size:12px;margin:10px 0 4px;break-after:avoid}
dl{gap:2px 16px;margin-bottom:8px}dt,thead small,td small,tbody th small{font-size:7.5px}
.scroll{overflow:visible;border-radius:0}
thead{display:table-header-group}thead th{font-size:8.5px}
th,td,table.wide th,table.wide td{padding:3px 4px}
tr,figure,.lead{break-inside:avoid}
.charts{grid-template-columns:repeat(3,1fr);gap:10px}
.method,.legend{font-size:8px}
.lead{font-size:12px}
}
`;

"""The style sheet of a story's HTML page: screens light and dark, phones and print."""

# Colours are those of fit/charts/palette.py and of the tool itself; every text reaches 4.5:1 on what it stands on.
STYLE = """
:root { color-scheme: light dark; --paper: #FFFFFF; --ink: #0E1116; --faint: #5B636E; --line: #D5DAE0;
  --raised: #F3F5F7; --link: #00598C; --alert: #FFE3DC; --on-alert: #7A1F00; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0F1318; --ink: #F1F4F8; --faint: #A6B0BC; --line: #39424D; --raised: #1A2027; --link: #7CC4EE;
    --alert: #4A1E12; --on-alert: #FFC9B8; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 32px 24px; max-width: 1160px; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
h1 { margin: 0 0 8px; font-size: clamp(1.5rem, 3.2vw, 2.1rem); line-height: 1.2; font-weight: 650; }
h2 { margin: 0 0 8px; max-width: 48ch; font-size: clamp(1.25rem, 2.4vw, 1.6rem); line-height: 1.25; font-weight: 600; }
p { margin: 0 0 8px; }
a { color: var(--link); }
nav ol { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 16px 0 0; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 4px 0; }
section { margin: 40px 0 0; padding: 24px 0 0; border-top: 1px solid var(--line); }
footer { margin: 40px 0 0; padding: 24px 0 0; border-top: 1px solid var(--line); color: var(--faint); font-size: 14px; }
.demo { display: inline-block; padding: 4px 12px; border-radius: 6px; background: var(--alert); color: var(--on-alert);
  font-weight: 600; }
.imprint, .subtitle, .source, .kicker, figcaption { color: var(--faint); font-size: 14px; }
.kicker { margin: 0 0 4px; font-weight: 600; }
.body { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 32px; align-items: start;
  margin: 16px 0; }
.alone { margin: 16px 0; }
.alone .points { max-width: 75ch; }
figure { margin: 0; min-width: 0; }
.chart { width: 100%; overflow: hidden; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 24px; margin: 0 0 16px; }
h3 { margin: 0 0 8px; font-size: 1rem; line-height: 1.3; font-weight: 600; }
.points { margin: 0; padding: 0 0 0 20px; }
.points li { margin: 0 0 8px; }
.scroll { overflow-x: auto; margin: 8px 0 16px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.4; }
caption { padding: 0 0 8px; text-align: left; color: var(--faint); }
th, td { padding: 8px 16px 8px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  min-width: 112px; max-width: 340px; overflow-wrap: break-word; font-weight: 400; }
td:last-child:not(:nth-child(2)) { min-width: 160px; }
thead th { color: var(--faint); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 600; min-width: 128px; max-width: 240px; overflow-wrap: anywhere; }
details { margin: 8px 0; padding: 8px 16px; border-radius: 6px; background: var(--raised); }
summary { padding: 4px 0; cursor: pointer; font-weight: 600; }
details ul { margin: 8px 0; padding: 0 0 0 20px; max-width: 85ch; }
.source { margin: 12px 0 0; }
.printed { display: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 800px) {
  body { padding: 20px 16px; }
  .body { grid-template-columns: minmax(0, 1fr); gap: 16px; }
}
@media print {
  @page { size: A4; margin: 16mm 14mm; }
  :root { color-scheme: light; --paper: #FFFFFF; --ink: #000000; --faint: #444444; --line: #BBBBBB; --raised: #FFFFFF;
    --link: #000000; --alert: #FFFFFF; --on-alert: #000000; }
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav, details:not([open]) { display: none; }
  section { margin: 0; padding: 0; border: 0; break-before: page; }
  .body { display: block; }
  .body .points { margin: 12px 0 0; }
  .scroll { overflow: visible; }
  table { font-size: 8.5pt; }
  th, td, td:last-child:not(:nth-child(2)) { min-width: 0; padding: 4px 8px 4px 0; }
  section:first-of-type { margin: 24px 0 0; break-before: auto; }
  figure, .scroll, tr, li { break-inside: avoid; }
  .printed { display: inline; }
  h2, .subtitle { break-after: avoid; }
  .demo { border: 1px solid #000000; }
}
"""

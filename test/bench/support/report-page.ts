import type { ReportLine } from './report.js';

/** All that benchmarks found, as one page that needs nothing else. */
export function writeReportPage(reports: readonly ReportLine[]): string {
  const goals = reports.flatMap((report) => report.goals);
  const missed = goals.filter(({ met }) => !met).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>signed-stream: benchmarks</title>
<style>${STYLES}</style>
</head>
<body>
<h1>signed-stream: benchmarks</h1>
<p>${goals.length} goals, ${missed === 0 ? 'all of them met' : `${missed} of them missed`}.</p>
${reports.map(writeReport).join('\n')}
</body>
</html>
`;
}

function writeReport(report: ReportLine): string {
  const { name, title, date, machine } = report;
  return `<section id="${escape(name)}">
<h2>${escape(title)}</h2>
<p class="where">${escape(`${name}, ${date}, ${machine}`)}</p>
${writeGoals(report)}
${writeChart(report)}
<details><summary>All numbers</summary>${writeTable(report.rows)}</details>
</section>`;
}

/** Each goal as a bar, as long as its share of what is allowed. */
function writeGoals({ goals }: ReportLine): string {
  const rows = goals.map(({ goal, value, atMost, atLeast, met }) => {
    const limit =
      atMost !== undefined ? `≤ ${atMost}` : atLeast !== undefined ? `≥ ${atLeast}` : '';
    const verdict = limit === '' ? '–' : met ? 'met' : 'missed';
    return `<tr class="${verdict}"><td>${escape(goal)}</td><td class="number">${format(value)}</td>
<td class="number">${limit}</td><td>${drawShare(value, atMost)}</td><td>${verdict}</td></tr>`;
  });
  return `<table><thead><tr><th>goal</th><th>found</th><th>allowed</th><th>share of it</th><th></th>
</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function drawShare(value: number, atMost: number | undefined): string {
  if (atMost === undefined || atMost <= 0) return '';
  const share = Math.min(1.5, Math.max(0, value / atMost));
  return `<svg width="150" height="14" role="img" aria-label="${Math.round(share * 100)} %">
<rect class="bar" width="${(share * 100).toFixed(1)}" height="14"/>
<line class="limit" x1="100" x2="100" y1="0" y2="14"/></svg>`;
}

function writeChart({ rows, chart }: ReportLine): string {
  if (chart === undefined) return '';
  const bars = rows.map((row) => ({
    label: chart.labels.map((label) => String(row[label] ?? '')).join(', '),
    value: Number(row[chart.value]),
  }));
  const longest = Math.max(...bars.map(({ value }) => value), 1e-9);
  const drawn = bars.map(({ label, value }, index) => {
    const y = index * ROW_PX;
    const width = ((value / longest) * BAR_PX).toFixed(1);
    const isOurs = label.includes('signed-stream');
    return `<text x="${LABEL_PX - 8}" y="${y + 16}" text-anchor="end">${escape(label)}</text>
<rect class="bar${isOurs ? ' ours' : ''}" x="${LABEL_PX}" y="${y + 3}" width="${width}" height="18"/>
<text x="${LABEL_PX + Number(width) + 6}" y="${y + 16}">${format(value)}</text>`;
  });
  const width = LABEL_PX + BAR_PX + 80;
  return `<figure><figcaption>${escape(chart.value)}</figcaption>
<svg viewBox="0 0 ${width} ${bars.length * ROW_PX}" width="${width}" role="img"
aria-label="${escape(chart.value)}">${drawn.join('\n')}</svg></figure>`;
}

function writeTable(rows: ReportLine['rows']): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => `<th>${escape(column)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = columns.map((column) => {
      const value = row[column];
      return typeof value === 'number'
        ? `<td class="number">${format(value)}</td>`
        : `<td>${escape(value ?? '')}</td>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

/** What is no number has no place in JSON, and comes as `null`. */
function format(value: number | null): string {
  if (value === null) return '–';
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 3 : 1 });
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const LABEL_PX = 300;
const BAR_PX = 460;
const ROW_PX = 24;

const STYLES = `
:root { color-scheme: light dark; --bar: #9aa5b1; --ours: #d9650b; --bad: #c62828; --good: #2e7d32; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin: 3rem 0 0; font-size: 1.2rem; }
.where { margin: 0 0 1rem; opacity: 0.7; font-size: 0.85rem; }
table { border-collapse: collapse; font-size: 0.85rem; display: block; overflow-x: auto; }
th, td { text-align: left; padding: 0.2rem 0.7rem 0.2rem 0; border-bottom: 1px solid #8884; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.met td:last-child { color: var(--good); }
.missed td:last-child { color: var(--bad); font-weight: bold; }
figure { margin: 1.5rem 0; }
figcaption { font-weight: 600; font-size: 0.85rem; }
svg { max-width: 100%; height: auto; vertical-align: middle; }
svg text { font-size: 12px; fill: currentColor; }
.bar { fill: var(--bar); }
.bar.ours { fill: var(--ours); }
.missed .bar { fill: var(--bad); }
.limit { stroke: currentColor; stroke-width: 2; }
summary { cursor: pointer; margin: 0.7rem 0; }
`;

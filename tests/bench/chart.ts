// The results as a bar chart: an SVG that carries its own background, and follows the reader's light or dark scheme.
import { type Comparison, numberText, type Result } from "./report.ts";

const WIDTH = 860;
const PADDING = 24;
const NAMES = 280;
const VALUES = 150;
const BARS = WIDTH - 2 * PADDING - NAMES - VALUES;
const ROW = 24;
/** Title and unit above the bars of a comparison. */
const HEADING = 52;
const GAP = 20;

const STYLE = `
  .card { fill: #ffffff; stroke: #d0d7de }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .muted { fill: #59636e }
  .bar { fill: #afb8c1 }
  .ours { fill: #0969da }
  text.ours { font-weight: 600 }
  .target { stroke: #1a7f37; stroke-width: 2; stroke-dasharray: 4 3 }
  text.target { stroke: none; fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .muted { fill: #9198a1 }
    .bar { fill: #59636e }
    .ours { fill: #4493f8 }
    .target { stroke: #3fb950 }
    text.target { fill: #3fb950 }
  }`;

/** A chart with a group of bars for each comparison. */
export function chartOf(comparisons: Comparison[]): string {
  let top = PADDING;
  const shown = comparisons.filter(({ isInChart }) => isInChart);
  const groups = shown.map((comparison) => {
    const group = groupOf(comparison, top);
    top += HEADING + comparison.results.length * ROW + GAP;
    return group;
  });
  const height = top - GAP + PADDING;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>Benchmarks of instaview-phone-numbers</title>
<style>${STYLE}
</style>
<rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${groups.join("\n")}
</svg>
`;
}

function groupOf({ title, unit, better, results }: Comparison, top: number): string {
  const target = targetOf(results);
  const most = Math.max(target ?? 0, ...results.map(({ value }) => value.median));
  const scale = BARS / most;
  const left = PADDING + NAMES;
  const rows = results.map((result, index) => {
    const y = top + HEADING + index * ROW;
    const { median } = result.value;
    const isOurs = result.target !== undefined;
    const ratio =
      index === 0 || result.target?.of === "value" ? "" : ` (${result.ratio.median.toFixed(2)} ×)`;
    return `<text class="${isOurs ? "ours" : "name"}" x="${PADDING}" y="${y + 14}">${escaped(result.name)}</text>
<rect class="${isOurs ? "ours" : "bar"}" x="${left}" y="${y + 2}" width="${(median * scale).toFixed(1)}" height="${ROW - 8}" rx="2"/>
<text x="${(left + median * scale + 8).toFixed(1)}" y="${y + 14}">${numberText(median)}<tspan class="muted">${ratio}</tspan></text>`;
  });
  const line = target === undefined ? "" : targetLine(left + target * scale, top, results);
  return `<text class="title" x="${PADDING}" y="${top + 14}">${escaped(title)}</text>
<text class="muted" x="${PADDING}" y="${top + 34}">${escaped(unit)}; ${better} is better</text>
${rows.join("\n")}${line}`;
}

/** Where the target is, on the scale of the values. */
function targetOf([baseline, ...results]: Result[]): number | undefined {
  const target = results.findLast(({ target }) => target)?.target;
  if (!target || !baseline) return undefined;
  return target.of === "value" ? target.bound : target.bound * baseline.value.median;
}

function targetLine(x: number, top: number, { length }: Result[]): string {
  const y = top + HEADING;
  return `
<text class="target" x="${x.toFixed(1)}" y="${y - 4}" text-anchor="middle">target</text>
<line class="target" x1="${x.toFixed(1)}" y1="${y}" x2="${x.toFixed(1)}" y2="${y + length * ROW - 4}"/>`;
}

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

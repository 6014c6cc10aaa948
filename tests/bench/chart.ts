// The results as a bar chart: an SVG that carries its own background, and follows the reader's light or dark scheme.
import { type Comparison, numberText } from "./report.ts";

const WIDTH = 860;
const PADDING = 24;
/** Where the bars begin, and how long the longest is. */
const NAMES = 330;
const BARS = 370;
const ROW = 24;
/** Title and unit above the bars of a comparison. */
const HEADING = 52;
const GAP = 20;

const STYLE = `
  .card { fill: #ffffff; stroke: #d0d7de }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
  .title { font-weight: 600; font-size: 15px }
  .muted { fill: #59636e }
  rect.bar { fill: #afb8c1 }
  .ours { fill: #0969da }
  text.ours { font-weight: 600 }
  .target { fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .muted { fill: #9198a1 }
    rect.bar { fill: #59636e }
    .ours { fill: #4493f8 }
    .target { fill: #3fb950 }
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
  const baseline = results[0]?.value.median ?? 1;
  const targets = results.map(
    ({ target }) => target && target.bound * (target.of === "ratio" ? baseline : 1),
  );
  const most = Math.max(...results.map(({ value }) => value.median), ...targets.map((target) => target ?? 0));
  const position = (value: number) => NAMES + (value / most) * BARS;
  const rows = results.map((result, index) => {
    const y = top + HEADING + index * ROW;
    const { median } = result.value;
    const target = targets[index];
    const kind = target === undefined ? "bar" : "ours";
    const end = position(median);
    const ratio =
      index === 0 || result.target?.of === "value" ? "" : ` (${result.ratio.median.toFixed(2)} ×)`;
    return [
      `<text class="${kind}" x="${PADDING}" y="${y + 14}">${escaped(result.name)}</text>`,
      `<rect class="${kind}" x="${NAMES}" y="${y + 2}" width="${(end - NAMES).toFixed(1)}" height="${ROW - 8}" rx="2"/>`,
      target &&
        `<rect class="target" x="${position(target).toFixed(1)}" y="${y - 1}" width="3" height="${ROW - 2}"/>`,
      `<text x="${(Math.max(end, target ? position(target) + 3 : 0) + 8).toFixed(1)}" y="${y + 14}">${numberText(median)}<tspan class="muted">${ratio}</tspan></text>`,
    ];
  });
  const mark = targets.some((target) => target !== undefined) ? "; the green mark is the target" : "";
  return [
    `<text class="title" x="${PADDING}" y="${top + 14}">${escaped(title)}</text>`,
    `<text class="muted" x="${PADDING}" y="${top + 34}">${escaped(unit)}; ${better} is better${mark}</text>`,
    ...rows.flat().filter(Boolean),
  ].join("\n");
}

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

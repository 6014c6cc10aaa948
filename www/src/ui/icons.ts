import { html, svg, type TemplateResult } from "lit-html";

/** Strokes on a grid of 16. Each icon stands beside the word that says the same. */
const icon = (paths: TemplateResult) =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${paths}</svg>`;

export const outgoing = icon(svg`<path d="M4.5 11.5 11.5 4.5M6 4.5h5.5V10" />`);
export const incoming = icon(svg`<path d="M11.5 4.5 4.5 11.5M10 11.5H4.5V6" />`);
export const bothWays = icon(svg`<path d="M2.5 6h11M10.5 3l3 3M13.5 10h-11M5.5 13l-3-3" />`);
export const other = icon(svg`<path d="M8 4.5v4M8 11v.5" />`);
export const copy = icon(
  svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 3.5v-.5a1 1 0 0 0-1-1H3.5a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1H4" />`,
);
export const check = icon(svg`<path d="m3 8.5 3.5 3.5L13 4.5" />`);
export const close = icon(svg`<path d="m4 4 8 8M12 4l-8 8" />`);
export const search = icon(svg`<circle cx="7" cy="7" r="4.5" /><path d="m10.5 10.5 3.5 3.5" />`);
export const ascending = icon(svg`<path d="M8 12.5v-9M4.5 7 8 3.5 11.5 7" />`);
export const descending = icon(svg`<path d="M8 3.5v9M4.5 9 8 12.5 11.5 9" />`);
export const sortable = icon(svg`<path d="M5 6.5 8 3.5l3 3M5 9.5l3 3 3-3" />`);
export const failed = icon(svg`<circle cx="8" cy="8" r="5.5" /><path d="M8 5v3.5M8 10.75v.25" />`);
export const filters = icon(svg`<path d="M2.5 4.5h11M4.5 8h7M6.5 11.5h3" />`);
export const overview = icon(svg`<path d="M3.5 13V8.5M8 13V3M12.5 13V6" />`);
export const download = icon(svg`<path d="M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10" />`);
export const refresh = icon(svg`<path d="M13 8a5 5 0 1 1-1.5-3.5M13 2.5v2.5h-2.5" />`);

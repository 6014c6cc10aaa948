import type { Comparison } from "./report.ts";
export const chartOf = (_: Comparison[]) => "";

/** Where random requests start. The same each time, unless it is the full form. */
export const seed = Number(process.env.CONTRACT_SEED ?? 1);

/** How many there are, in the full form and else. */
export const amount = (full: number, quick: number) => (process.env.CONTRACT_FULL ? full : quick);

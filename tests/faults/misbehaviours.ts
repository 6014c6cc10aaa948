import { type Group, PAGE } from "./row.ts";

/** Rows that must fail: what a call may not do, done on purpose, so that it is known that the harness notices. */
export const misbehaviours: Group = {
  title: "The harness notices",
  rows: [
    {
      name: "a timer that is left",
      call: async () => void setTimeout(() => {}, 1_000),
      gets: { outcome: "page", requests: 0 },
    },
    {
      name: "a listener that is left on the signal",
      call: async ({ signal }) => signal.addEventListener("abort", () => {}),
      gets: { outcome: "page", requests: 0 },
    },
    {
      name: "an unhandled rejection",
      call: async () => void Promise.reject(new Error("left alone")),
      gets: { outcome: "page", requests: 0 },
    },
    {
      name: "an error that is reported",
      call: async () => console.error("something"),
      gets: { outcome: "page", requests: 0 },
    },
    {
      name: "an abort that takes its time",
      call: ({ signal, moments, url }) => {
        const late = new Promise((_, reject) => {
          const onAbort = () => {
            signal.removeEventListener("abort", onAbort);
            void moments.at("arrival", 1).then(() => reject(signal.reason));
          };
          signal.addEventListener("abort", onAbort);
        });
        moments.abort("enough");
        void fetch(url).catch(() => {});
        return late;
      },
      gets: { outcome: "aborted", attempts: 0 },
    },
    {
      name: "a retry too many",
      answers: [{ status: 503 }, PAGE],
      gets: { outcome: "server", status: 503 },
    },
    {
      name: "a wait too short",
      answers: [{ status: 503 }, PAGE],
      gets: { outcome: "page", requests: 2, ms: 251 },
    },
    {
      name: "a call that never settles",
      call: () => new Promise(() => {}),
      patience: 100,
      gets: { outcome: "page", requests: 0 },
    },
  ],
};

/** What is said of each. */
export const complaints: Record<string, string> = {
  "a timer that is left": "timers left: 1",
  "a listener that is left on the signal": "listeners left on the signal: 1",
  "an unhandled rejection": "unhandled rejection: Error: left alone",
  "an error that is reported": "reported: something, not 0",
  "an abort that takes its time": "the abort is late",
  "a retry too many": "outcome: page, not server",
  "a wait too short": "ms: 250, not 251",
  "a call that never settles": "Error: the call does not settle",
};

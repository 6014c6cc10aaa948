// Lists a page in a process of its own while accessors sit on Object.prototype: a test runner does not survive them.
import { readFileSync } from "node:fs";
import { listPhoneNumbers } from "../../pkg/index.js";

// Not 0: with an accessor there, Node's own requests and streams fail or hang.
const names = ["data", "items", "success", "pagination", "total", "id", "location", "1"];
const body = readFileSync(0);
const response = new Response(body);
/** Which of them the package assigned; Node itself assigns some. */
let assigned = 0;

const page = await listPhoneNumbers({
  baseUrl: "https://example.com",
  fetch: async () => {
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, {
        configurable: true,
        get: () => "polluted",
        set: () => {
          // The assignment itself, or that of a method that the package called.
          const callers = new Error().stack?.split("\n").slice(2, 4) ?? [];
          if (callers.some((caller) => caller.includes("pkg/index.js"))) assigned++;
        },
      });
    }
    return response;
  },
}).finally(() => {
  for (const name of names) Reflect.deleteProperty(Object.prototype, name);
});
process.stdout.write(JSON.stringify({ page, assigned }));

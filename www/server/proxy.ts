import type { IncomingMessage } from "node:http";
import type { ProxyOptions } from "vite";

/** Passes on `GET <path>/phone-numbers`, and nothing else, with a key that the page never sees. */
export function phoneNumbersProxy(path: string, apiBaseUrl: string, apiKey: string): ProxyOptions {
  return {
    target: apiBaseUrl,
    changeOrigin: true,
    bypass: ({ method, url = "" }) =>
      method === "GET" && url.split("?", 1)[0] === `${path}/phone-numbers` ? undefined : false,
    rewrite: (url) => url.slice(path.length),
    configure: (proxy) => {
      proxy.on("proxyReq", (request) => {
        request.removeHeader("cookie");
        request.setHeader("authorization", `Bearer ${apiKey}`);
      });
      proxy.on("proxyRes", (answer, _, response) => {
        keepFromOtherOrigins(answer);
        // Or the page would wait for the rest of an answer that has broken off.
        answer.once("error", () => response.destroy());
      });
    },
  };
}

/** An API may let every web page read its answers: safe as long as the page needs a key, which it doesn't here. */
function keepFromOtherOrigins({ headers }: IncomingMessage) {
  for (const name of Object.keys(headers)) {
    if (name.startsWith("access-control-")) delete headers[name];
  }
}

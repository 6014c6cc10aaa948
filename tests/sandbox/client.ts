import { connect } from "node:net";
import { SANDBOX_KEYS } from "../../www/sandbox/index.ts";

/** A GET with a key, by default that of the large company. */
export function get(url: string, key: string = SANDBOX_KEYS.company): Promise<Response> {
  return fetch(url, { headers: { Authorization: `Bearer ${key}` } });
}

/** What a raw GET of phone numbers received, until the connection ended or `enough` had arrived. */
export function rawGet(
  url: string,
  enough?: string,
): Promise<{ text: string; errorCode: string | undefined }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    let errorCode: string | undefined;
    const socket = connect(Number(port), hostname);
    socket.setEncoding("utf8");
    socket.write(`GET /phone-numbers HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    socket.on("data", (chunk) => {
      text += chunk;
      if (enough !== undefined && text.endsWith(enough)) socket.destroy();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      errorCode = error.code;
    });
    socket.on("close", () => resolve({ text, errorCode }));
  });
}

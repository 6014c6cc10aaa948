import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const html = `<!doctype html><title>Dashboard</title><p></p><script type="module">
  import { InstaViewClient } from "/index.js";
  const { total } = await new InstaViewClient({ baseUrl: "/api" }).listPhoneNumbers();
  document.querySelector("p").textContent = total + " numbers";
</script>`;

/** A dashboard whose backend is not there. */
export async function servePage(): Promise<{ url: string; close(): void }> {
  const script = readFileSync(join(import.meta.dirname, "../../pkg/index.js"));
  const server = createServer(({ url }, response) => {
    const files: Record<string, [type: string, content: string | Buffer]> = {
      "/": ["text/html", html],
      "/index.js": ["text/javascript", script],
    };
    const file = files[url ?? ""];
    if (file) response.setHeader("Content-Type", file[0]).end(file[1]);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => void server.close(),
  };
}

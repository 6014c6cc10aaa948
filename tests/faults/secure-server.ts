import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { generate } from "selfsigned";
import { answerPreflight, isPreflight, setCommonHeaders } from "../../www/sandbox/common-headers.ts";
import { START } from "./row.ts";

/** A server that speaks https, and redirects every request to where `target` says. */
export async function startSecureServer(target: () => string) {
  const { private: key, cert } = await generate([{ name: "commonName", value: "Sandbox" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const server = createServer({ key, cert }, (request, response) => {
    setCommonHeaders(response, START);
    if (isPreflight(request)) answerPreflight(request, response);
    else response.writeHead(308, { Location: target() }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stopTrusting = trust(cert);
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      stopTrusting();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Has this process's connections trust the certificate, which Node can be told of only at its start. */
function trust(certificate: string): () => void {
  const { createSecureContext } = tls;
  tls.createSecureContext = (options) => {
    const secure = createSecureContext(options);
    secure.context.addCACert(certificate);
    return secure;
  };
  return () => {
    tls.createSecureContext = createSecureContext;
  };
}

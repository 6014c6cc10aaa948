import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { answerPreflight, isPreflight, setCommonHeaders } from "../../www/sandbox/common-headers.ts";
import { START } from "./row.ts";

/** A server that speaks https, and redirects every request to where `target` says. */
export async function startSecureServer(target: () => string) {
  const { key, certificate } = selfSigned();
  const server = createServer({ key, cert: certificate }, (request, response) => {
    setCommonHeaders(response, START);
    if (isPreflight(request)) answerPreflight(request, response);
    else response.writeHead(308, { Location: target() }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const stopTrusting = trust(certificate);
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

/** A new key, and its certificate for 127.0.0.1, written in DER (ITU-T X.690) as RFC 5280 says. */
function selfSigned() {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(der(0x06, hex("2a8648ce3d040302")));
  const commonName = sequence(der(0x06, hex("550403")), der(0x0c, Buffer.from("Sandbox")));
  const name = sequence(der(0x31, commonName));
  const validity = sequence(der(0x17, Buffer.from("250101000000Z")), der(0x17, Buffer.from("491231235959Z")));
  const forLoopback = der(0x04, sequence(der(0x87, Buffer.from([127, 0, 0, 1]))));
  const subjectAltName = sequence(der(0x06, hex("551d11")), forLoopback);
  const toBeSigned = sequence(
    der(0xa0, der(0x02, hex("02"))),
    der(0x02, hex("01")),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(subjectAltName)),
  );
  const signature = der(0x03, hex("00"), sign("sha256", toBeSigned, privateKey));
  const base64 = sequence(toBeSigned, ecdsaWithSha256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
    certificate: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
  };
}

/** A value of less than 64 KiB. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const { length } = Buffer.concat(parts);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  const size = length < 0x80 ? bytes : [0x80 + bytes.length, ...bytes];
  return Buffer.concat([Buffer.from([tag, ...size]), ...parts]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, "hex");

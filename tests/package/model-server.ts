import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { PhoneNumber, PhoneNumberPage } from "instaview-phone-numbers";
import { afterAll, afterEach, beforeAll } from "vitest";

/** A page as the API sends it. */
export type PageBody = Omit<PhoneNumberPage, "hasNextPage">;

/** The phone number with this index, always the same. */
export function phoneNumber(index: number): PhoneNumber {
  const digits = index.toString(16).padStart(12, "0");
  return {
    id: `123e4567-e89b-42d3-a456-${digits}`,
    number: `+1415${String(index).padStart(7, "0")}`,
    companyId: "3f8b2c1e-6a47-4d09-9e53-b1c70d84fa26",
    capabilities: "OUTBOUND",
    custom: false,
    provider: "TWILIO",
    status: "AVAILABLE",
    numberType: "LOCAL",
    createdAt: "2025-01-15T10:30:00.000Z",
    updatedAt: "2025-01-15T10:30:00.000Z",
  };
}

/** So many phone numbers. */
export const phoneNumbers = (count: number) =>
  Array.from({ length: count }, (_, index) => phoneNumber(index));

/** An API whose listing changes, or misbehaves, as a test prescribes. */
export class ModelServer {
  /** What is listed. */
  numbers: PhoneNumber[] = [];
  /** The pages that were asked for, in the order of arrival. */
  asked: number[] = [];
  /** Those whose client went away before the answer. */
  cancelled: number[] = [];
  underWay = 0;
  mostUnderWay = 0;
  /** Called before each answer; what it resolves to or returns is sent instead of the page, a number as a status. */
  answer: (page: number, honest: PageBody) => unknown = (_, honest) => honest;
  /** Where it listens. */
  url = "";

  readonly #server = createServer((incoming, outgoing) => {
    const { searchParams } = new URL(incoming.url ?? "/", "http://localhost");
    const [page, limit] = [Number(searchParams.get("page")), Number(searchParams.get("limit"))];
    this.asked.push(page);
    this.underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    outgoing.once("close", () => {
      this.underWay--;
      if (!outgoing.writableFinished) this.cancelled.push(page);
    });
    void this.#respond(page, limit, outgoing);
  });

  async #respond(page: number, limit: number, outgoing: ServerResponse) {
    const answer = await this.answer(page, this.page(page, limit));
    if (typeof answer === "number") outgoing.writeHead(answer).end();
    else outgoing.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
  }

  /** The page as an API would send it that does as it says. */
  page(page: number, limit: number): PageBody {
    const total = this.numbers.length;
    const data = this.numbers.slice((page - 1) * limit, page * limit);
    return { data, total, page, limit, totalPages: Math.ceil(total / limit) };
  }

  async start() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** As new, with so many numbers. */
  reset(count = 0) {
    this.numbers = phoneNumbers(count);
    this.asked = [];
    this.cancelled = [];
    this.mostUnderWay = this.underWay;
    this.answer = (_, honest) => honest;
  }

  /** Resolves once every connection has done with its request. */
  async idle() {
    while (this.underWay > 0) await new Promise(setImmediate);
  }

  async stop() {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }
}

/** A model server for the tests of a file, as new for each. */
export function useModelServer(): ModelServer {
  const server = new ModelServer();
  beforeAll(() => server.start());
  afterEach(() => server.reset());
  afterAll(() => server.stop());
  return server;
}

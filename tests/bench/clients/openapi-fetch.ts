import createFetch from "openapi-fetch";
import type { WirePage } from "../payload.ts";
import type { CreateClient } from "./client.ts";

/** What openapi-typescript would generate of the endpoint. */
interface Paths {
  "/phone-numbers": {
    get: {
      parameters: { query?: { page?: number; limit?: number } };
      responses: { 200: { content: { "application/json": WirePage } } };
    };
  };
}

export const createClient: CreateClient = ({ url, apiKey }) => {
  const client = createFetch<Paths>({ baseUrl: url, headers: { Authorization: `Bearer ${apiKey}` } });
  return async (page) => {
    const { data } = await client.GET("/phone-numbers", { params: { query: { page, limit: 100 } } });
    if (!data) throw new Error("No page");
    return data.data;
  };
};

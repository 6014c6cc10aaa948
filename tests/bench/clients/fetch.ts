import type { WirePage } from "../payload.ts";
import type { CreateClient } from "./client.ts";

export const createClient: CreateClient = ({ url, apiKey }) => {
  const headers = { Authorization: `Bearer ${apiKey}`, Accept: "application/json" };
  return async (page) => {
    const response = await fetch(`${url}/phone-numbers?page=${page}&limit=100`, { headers });
    const { data } = (await response.json()) as WirePage;
    return data;
  };
};

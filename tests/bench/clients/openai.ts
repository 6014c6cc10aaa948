import OpenAI from "openai";
import type { WirePage } from "../payload.ts";
import type { CreateClient } from "./client.ts";

export const createClient: CreateClient = ({ url, apiKey }) => {
  const client = new OpenAI({ baseURL: url, apiKey });
  return async (page) => {
    const { data } = await client.get<WirePage>("/phone-numbers", { query: { page, limit: 100 } });
    return data;
  };
};

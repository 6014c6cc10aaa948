import ky from "ky";
import { checkWithZod } from "../schemas/zod.ts";
import type { CreateClient } from "./client.ts";

export const createClient: CreateClient = ({ url, apiKey }) => {
  const api = ky.create({ prefixUrl: url, headers: { Authorization: `Bearer ${apiKey}` } });
  return async (page) => {
    const body = await api.get("phone-numbers", { searchParams: { page, limit: 100 } }).json();
    return checkWithZod(body).data;
  };
};

import ky from "ky";
import { checkWithZodMini } from "../schemas/zod-mini.ts";
import type { CreateClient } from "./client.ts";

export const createClient: CreateClient = ({ url, apiKey }) => {
  const api = ky.create({ prefixUrl: url, headers: { Authorization: `Bearer ${apiKey}` } });
  return async (page) => {
    const body = await api.get("phone-numbers", { searchParams: { page, limit: 100 } }).json();
    return checkWithZodMini(body).data;
  };
};

import { InstaViewClient } from "instaview-phone-numbers";
import type { CreateClient } from "./client.ts";

export const createClient: CreateClient = ({ url, apiKey }) => {
  const client = new InstaViewClient({ baseUrl: url, apiKey });
  return async (page) => (await client.listPhoneNumbers({ page, limit: 100 })).data;
};

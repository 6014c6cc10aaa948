import { InstaViewClient } from "instaview-phone-numbers";
import type { CreateLimited } from "./limiter.ts";

export const createLimited: CreateLimited = async ({ url, apiKey }) => {
  const client = new InstaViewClient({ baseUrl: url, apiKey, maxRetries: 100 });
  return () => client.listPhoneNumbers({ page: 1, limit: 1 });
};

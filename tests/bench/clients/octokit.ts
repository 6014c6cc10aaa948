import { Octokit } from "@octokit/core";
import type { CreateClient } from "./client.ts";

export const createClient: CreateClient = ({ url, apiKey }) => {
  const octokit = new Octokit({ baseUrl: url, auth: apiKey });
  return async (page) => {
    const response = await octokit.request("GET /phone-numbers", { page, limit: 100 });
    return response.data.data;
  };
};

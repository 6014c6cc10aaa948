import { ParameterError } from "./errors.ts";

/** The query parameters of `GET /phone-numbers`. */
export interface Parameters {
  page: number;
  limit: number;
  companyId: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A repeated parameter is a list to the API. Joined by a comma, it is neither an integer nor a UUID. */
export const parameter = (query: URLSearchParams, name: string) =>
  query.has(name) ? query.getAll(name).join(",") : undefined;

/** Reads the parameters, or throws one `ParameterError` that names every wrong field. */
export function readParameters(query: URLSearchParams): Parameters {
  const messages: string[] = [];

  const value = (name: string) => parameter(query, name);

  const integer = (name: string, max: number, fallback: number) => {
    const text = value(name);
    if (text === undefined) return fallback;
    const number = Number(text);
    if (!/^-?\d+$/.test(text)) messages.push(`${name} must be an integer number`);
    else if (number < 1) messages.push(`${name} must not be less than 1`);
    else if (number > max) messages.push(`${name} must not be greater than ${max}`);
    return number;
  };

  const page = integer("page", 10_000, 1);
  const limit = integer("limit", 100, 20);
  const companyId = value("companyId");
  if (companyId !== undefined && !UUID.test(companyId)) messages.push("companyId must be a UUID");

  if (messages.length > 0) throw new ParameterError(messages);
  return { page, limit, companyId };
}

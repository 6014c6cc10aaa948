// What openapi.json says of a response, and what a response breaks of that.
import { readFileSync } from "node:fs";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { documentPath } from "./paths.ts";

const ID = "openapi.json";
const document = JSON.parse(readFileSync(documentPath, "utf8"));

/** What a JSON pointer of the document points to, behind references. */
function find(pointer: string): { pointer: string; value: AnySchemaObject } | undefined {
  let value = document;
  for (const token of pointer.split("/").slice(1)) {
    value = value?.[token.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  if (value === undefined) return undefined;
  return typeof value.$ref === "string" ? find(value.$ref) : { pointer, value };
}

const responses = "#/paths/~1phone-numbers/get/responses";

/** Every status that the document has a response for. */
export const statuses = Object.keys(find(responses)?.value ?? {}).map(Number);

function ajv(options: object) {
  const validator = new Ajv2020({ allErrors: true, allowUnionTypes: true, ...options });
  formats.default(validator);
  // The document's own members, which are no keywords of a schema. Any other unknown keyword is an error.
  validator.addVocabulary(Object.keys(document));
  return validator.addSchema(document, ID, false, false);
}
const bodies = ajv({});
/** Headers are text. */
const headerValues = ajv({ coerceTypes: true });

/** What is wrong with a value, in the words of the validator. */
function check(validator: Ajv2020, pointer: string, value: unknown, name: string): string[] {
  const validate = validator.getSchema(`${ID}${pointer}`);
  if (!validate) throw new Error(`There is no schema at ${pointer}.`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${name}${instancePath} ${message}`);
}

/** What a body of the status 200 may be, by the names of the schemas. A page in an envelope is also a nested one. */
export const ALTERNATIVES = ["ApiError", "GuidePage", "EnvelopedPage", "NestedPage", "FlatPage"] as const;

/** The first alternative that a body is. */
export const alternativeOf = (body: unknown) =>
  ALTERNATIVES.find((name) => check(bodies, `#/components/schemas/${name}`, body, "").length === 0);

/** Everything that a response breaks of the document, in words. */
export function problemsOf(response: { status: number; headers: Headers }, text: string): string[] {
  const documented = find(`${responses}/${response.status}`);
  if (!documented) return [`the status ${response.status} is not documented`];
  const { pointer, value } = documented;
  return [
    ...headerProblems(response.headers, pointer, Object.keys(value.headers ?? {})),
    ...bodyProblems(response.headers.get("Content-Type"), text, pointer),
  ];
}

function headerProblems(headers: Headers, response: string, names: string[]): string[] {
  return names.flatMap((name) => {
    const header = find(`${response}/headers/${name}`);
    const value = headers.get(name);
    if (value === null) return header?.value.required ? [`${name} is missing`] : [];
    return check(headerValues, `${header?.pointer}/schema`, value, name);
  });
}

function bodyProblems(contentType: string | null, text: string, response: string): string[] {
  const mediaType = contentType?.split(";", 1)[0] ?? "";
  const pointer = `${response}/content/${mediaType.replaceAll("/", "~1")}`;
  if (!find(pointer)) return [`the content type ${mediaType || "of nothing"} is not documented`];
  try {
    const body = mediaType === "application/json" ? JSON.parse(text) : text;
    return check(bodies, `${pointer}/schema`, body, "body");
  } catch (error) {
    if (error instanceof SyntaxError) return ["the body is not JSON"];
    throw error;
  }
}

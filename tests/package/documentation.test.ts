import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

// What an editor shows when the pointer rests on a name of the package.
const file = join(import.meta.dirname, "../../pkg/index.d.ts");
const options: ts.CompilerOptions = { strict: true, lib: ["lib.es2023.d.ts", "lib.dom.d.ts"], types: [] };
const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => "",
  getScriptSnapshot: (path) => ts.ScriptSnapshot.fromString(ts.sys.readFile(path) ?? ""),
  getCurrentDirectory: () => import.meta.dirname,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
});
const checker = service.getProgram()?.getTypeChecker() as ts.TypeChecker;
const source = service.getProgram()?.getSourceFile(file) as ts.SourceFile;
const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol);

/** Each name of the package, those of members with the name that they belong to. */
const names = exported.flatMap((symbol) => {
  const members = [...(symbol.members?.values() ?? [])].filter(({ name }) => !name.startsWith("__"));
  return [
    { name: symbol.name, symbol },
    ...members.map((member) => ({ name: `${symbol.name}.${member.name}`, symbol: member })),
  ];
});

function hover(symbol: ts.Symbol) {
  const declaration = symbol.declarations?.[0];
  const name = declaration && ts.getNameOfDeclaration(declaration);
  const info = name && service.getQuickInfoAtPosition(file, name.getStart());
  const texts = (parts?: ts.SymbolDisplayPart[]) => ts.displayPartsToString(parts);
  return {
    text: texts(info?.documentation),
    tags: Object.fromEntries((info?.tags ?? []).map(({ name, text }) => [name, texts(text)])),
  };
}

const textOf = (name: string) => {
  const found = names.find((candidate) => candidate.name === name);
  return found ? hover(found.symbol).text : "";
};

describe("hovering over a name shows what it is", () => {
  it.each(names)("$name", ({ symbol }) => {
    expect(hover(symbol).text).toMatch(/\w{3}/);
  });
});

describe("functions, classes and what the API sends have an example", () => {
  const kinds = ts.SymbolFlags.Function | ts.SymbolFlags.Class | ts.SymbolFlags.Method;
  const callable = names.filter(({ symbol }) => symbol.flags & kinds && symbol.name !== "toJSON");
  const data = names.filter(({ name }) => ["PhoneNumber", "Issue"].includes(name));

  it.each([...callable, ...data])("$name", ({ symbol }) => {
    expect(hover(symbol).tags.example ?? "").toMatch(/```/);
  });
});

describe("options say their unit or range, and their default", () => {
  const optional = names.filter(({ name }) =>
    /^(ClientOptions|ListPhoneNumbersParams|ListAllParams)\./.test(name),
  );
  const withoutDefault = ["companyId", "headers", "onEvent"];

  it.each(optional.filter(({ symbol }) => !withoutDefault.includes(symbol.name)))("$name", ({ symbol }) => {
    expect(hover(symbol).text).toMatch(/default/i);
  });

  it.each(["ClientOptions.timeout", "ClientOptions.maxRateLimitWait", "RequestOptions.timeout"])(
    "%s",
    (name) => {
      expect(textOf(name)).toMatch(/milliseconds/i);
    },
  );
});

it("the comments of the Rust sources are shown too", () => {
  expect(textOf("RateLimitWindow.resetAt")).toMatch(/Unix time in milliseconds/);
  expect(textOf("PhoneNumber.number")).toMatch(/E\.164/);
});

// Schemathesis, as a client that knows openapi.json alone: it sends what the document allows and what it does not, and
// holds the answers against it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Complaint, output, run, say, toolsFolder } from "../../pkg-template/build/tools.mjs";
import { installWithApt } from "../apt.mjs";
import { documentPath } from "./paths.ts";

const requirements = join(import.meta.dirname, "requirements.txt");

/** The oldest that it runs on. */
const oldest = [3, 11] as const;

interface Python {
  command: string;
  /** Such as `3.11`. */
  version: string;
}

/** A Python that is new enough and can install packages. */
function findPython(): Python | undefined {
  for (const command of ["python3", "python", "python3.13", "python3.12", "python3.11"]) {
    const script = "import pip, sys; print('%d.%d' % sys.version_info[:2])";
    const version = output(command, ["-c", script]);
    const [major = 0, minor = 0] = version?.split(".").map(Number) ?? [];
    if (version && major === oldest[0] && minor >= oldest[1]) return { command, version };
  }
  return undefined;
}

/** Compiled packages are for one version of Python. */
function folderOf({ version }: Python): string {
  const digest = createHash("sha256").update(readFileSync(requirements)).digest("hex");
  return join(toolsFolder, `schemathesis-${digest.slice(0, 12)}-python-${version}`);
}

/** Installs Schemathesis once, and Python where that is possible. */
export function installSchemathesis(): void {
  if (!findPython()) installWithApt("Python", ["python3", "python3-pip"]);
  const python = findPython();
  if (!python) {
    throw new Complaint(
      `The contract's tests need Python ${oldest.join(".")} or newer with pip: install them, then run this again.`,
    );
  }
  const folder = folderOf(python);
  const stamp = join(folder, ".installed");
  if (existsSync(stamp)) return;
  say("Installing Schemathesis (once, about a minute)");
  // Into a folder, which needs no python3-venv, and leaves the system's own packages alone.
  const options = ["--target", folder, "--upgrade", "--require-hashes", "--only-binary", ":all:", "--quiet"];
  run(python.command, ["-m", "pip", "install", ...options, "--requirement", requirements], {
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_ROOT_USER_ACTION: "ignore",
  });
  writeFileSync(stamp, "");
}

/** What Schemathesis reports of a run, as far as it is read here. */
export interface Report {
  complete: boolean;
  phases: Record<string, { status: string; skip_reason: string | null }>;
  test_cases: { generated: number; errored: number };
  failures: unknown[];
  errors: unknown[];
  warnings: Record<string, unknown[]>;
}

/** Runs every check in every phase against a server. Returns the report, and what was printed. */
export async function runSchemathesis(
  url: string,
  environment: { INSTAVIEW_API_KEY: string },
  { config = "", options = [] }: { config?: string; options?: string[] },
): Promise<{ report: Report; printed: string }> {
  const python = findPython();
  if (!python) throw new Error("Python has gone.");
  const PYTHONPATH = [folderOf(python), process.env.PYTHONPATH].filter(Boolean).join(delimiter);
  // It looks for its configuration where it runs, and leaves files there.
  const folder = mkdtempSync(join(tmpdir(), "instaview-contract-"));
  const reportPath = join(folder, "report.json");
  const common = readFileSync(join(import.meta.dirname, "schemathesis.toml"), "utf8");
  writeFileSync(join(folder, "schemathesis.toml"), `${common}\n${config}`);
  const program = ["-c", "from schemathesis.cli import schemathesis; schemathesis()"];
  const args = ["run", documentPath, "--url", url, "--checks", "all", "--report-json-path", reportPath];
  try {
    const printed = await new Promise<string>((resolve) => {
      execFile(
        python.command,
        [...program, "--no-color", ...args, ...options],
        { cwd: folder, env: { ...process.env, ...environment, PYTHONPATH } },
        // That it failed is in the report.
        (_, stdout, stderr) => resolve(stdout + stderr),
      );
    });
    if (!existsSync(reportPath)) throw new Error(`Schemathesis made no report:\n${printed}`);
    return { report: JSON.parse(readFileSync(reportPath, "utf8")), printed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

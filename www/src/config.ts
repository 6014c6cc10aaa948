/** A company that an ATS partner may choose. */
export interface Company {
  /** A UUID. */
  id: string;
  name: string;
}

/** What whoever serves the page says of it, in `config.json` beside it. */
export interface PageConfig {
  /** Where `api/ats` has the key of an ATS partner: the companies to offer. Any other can be entered. */
  ats?: { companies: Company[] };
  /** Whether `sandbox-switches` changes how the API behaves: it is the sandbox. */
  sandbox: boolean;
}

/** Without a configuration, the page is that of one company. */
export async function loadConfig(): Promise<PageConfig> {
  try {
    const response = await fetch("config.json");
    return (await response.json()) as PageConfig;
  } catch {
    return { sandbox: false };
  }
}

/** How the sandbox answers. */
export interface SandboxSettings {
  envelope: string;
  behaviour: string;
}

/** What can be switched, and how it is. */
export interface SandboxSwitches {
  envelopes: string[];
  behaviours: { name: string; label: string; group: string }[];
  settings: SandboxSettings;
}

/** Where the page's server has the switches of its sandbox. */
const ADDRESS = "sandbox-switches";

export async function loadSwitches(): Promise<SandboxSwitches> {
  const response = await fetch(ADDRESS);
  return response.json();
}

export async function changeSettings(settings: SandboxSettings): Promise<void> {
  await fetch(ADDRESS, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(settings),
  });
}

import type { Actions, State } from "../state.ts";
import { THEMES, type Theme } from "../theme.ts";
import { choice } from "./choice.ts";

const LABELS: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

export function themeChoice({ theme }: State, actions: Actions) {
  return choice({
    id: "theme",
    label: "Theme",
    choices: THEMES.map((value) => ({ value, label: LABELS[value] })),
    chosen: theme,
    choose: (value) => actions.chooseTheme(value as Theme),
    kind: "inline",
  });
}

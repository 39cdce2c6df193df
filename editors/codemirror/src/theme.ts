// Light and dark: the colours are those of the page, which style.css names.

import { Compartment, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export type Theme = "dark" | "light";

const KEPT = "promptlang.theme";
const darkness = new Compartment();

/** Return the theme that was chosen here, or that of the system. */
export function preferred(): Theme {
  const kept = remembered();
  if (kept !== null) return kept;
  return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}

function remembered(): Theme | null {
  try {
    const kept = localStorage.getItem(KEPT);
    return kept === "dark" || kept === "light" ? kept : null;
  } catch {
    return null; // A page from a disk may not be allowed to remember.
  }
}

export function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // Then it is asked of the system again.
  }
}

export function themed(theme: Theme): Extension {
  return darkness.of(EditorView.darkTheme.of(theme === "dark"));
}

/** Return what turns an editor to a theme. */
export function turned(theme: Theme) {
  return darkness.reconfigure(EditorView.darkTheme.of(theme === "dark"));
}

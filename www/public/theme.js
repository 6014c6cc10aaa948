// Before anything is painted, so that nothing changes its colours: what src/theme.ts keeps.
try {
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "system";
} catch {
  // A browser that keeps nothing for the page.
}

/** The element of the page with this id, which must be of this type. */
export function byId<E extends HTMLElement>(id: string, type: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}`);
  return element;
}

/** Of the page, and of each dialog: while one is open, nothing outside of it is heard. */
const announcements = [...document.querySelectorAll<HTMLElement>(".announcement")];
/** Who types or loads makes many changes, of which the last one counts. */
const QUIET = 300;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells those who listen to the page what those who look at it see, once nothing else has come for a moment. */
export function announce(text: string) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const announcement of announcements) announcement.textContent = text;
  }, QUIET);
}

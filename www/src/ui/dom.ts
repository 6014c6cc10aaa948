/** The element of the page with this id, which must be of this type. */
export function byId<E extends HTMLElement>(id: string, type: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}`);
  return element;
}

const announcements = [byId("announcement", HTMLElement), byId("picker-announcement", HTMLElement)];

/** Tells those who listen to the page what those who look at it see. */
export function announce(text: string) {
  for (const announcement of announcements) announcement.textContent = text;
}

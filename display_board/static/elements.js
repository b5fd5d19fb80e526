// The page's elements: found, made, filled, and kept as long as what they show is there.

export const byId = (id) => document.getElementById(id);

export function make(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Make the children of `list` be `items`, keeping the element of each key; `draw(element, item)` fills it. */
export function reconcile(list, items, key, create, draw) {
  const old = new Map([...list.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const name = String(key(item));
    const element = old.get(name) ?? create(item);
    old.delete(name);
    element.dataset.key = name;
    draw(element, item);
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
  for (const gone of old.values()) gone.remove();
}

// Long names and numbers get a smaller letter instead of a cut edge.

const STEPS = [1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.54, 0.48, 0.42, 0.36, 0.3];

/** Letters reach over their line by up to a third of their size; that is no overflow, a further line is. */
function fits(element) {
  const reach = parseFloat(getComputedStyle(element).fontSize) * 0.35;
  return element.scrollWidth <= element.clientWidth + 1 && element.scrollHeight <= element.clientHeight + reach;
}

/** Set --fit on one element, from 1 down, until its text fits the box that the layout gives it; what does not fit
 * even then gets an ellipsis. */
export function fit(element) {
  element.removeAttribute("data-cut");
  for (const step of STEPS) {
    element.style.setProperty("--fit", step);
    if (fits(element)) return;
  }
  element.setAttribute("data-cut", "");
}

/** Fit what changed under `root`; `all` when the layout changed and nothing known holds. */
export function fitAll(root, all = false) {
  for (const element of root.querySelectorAll("[data-fit]")) {
    const now = `${element.textContent}|${element.clientWidth}x${element.clientHeight}`;
    if (!all && element.fitted === now) continue;
    fit(element);
    element.fitted = `${element.textContent}|${element.clientWidth}x${element.clientHeight}`;
  }
}

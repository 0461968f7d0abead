// A card in a corner must not lie on what has the focus: somebody typing, or tabbing through, must see where they are.
const CORNERS = ['end', 'start', 'top'];
const MARGIN = 8;

const EDITABLE = 'input, textarea, select, [contenteditable]';

/** What has the focus, inside of what has it for the document. */
function deepest() {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
}

const overlaps = (a, b) =>
  a.left < b.right + MARGIN && b.left < a.right + MARGIN && a.top < b.bottom + MARGIN && b.top < a.bottom + MARGIN;

/** Finds it the first corner that is free, folded to its heading where it must be. Gives what looks again. */
export function keepClear(host, card, signal) {
  let planned = false;
  const place = () => {
    planned = false;
    if (card.hidden || !host.hasAttribute('corner') || document.activeElement === host) return;
    const focused = deepest();
    let lies = focused && focused !== document.body && focused.getBoundingClientRect();
    // The whole page has the focus: there nobody types, and no corner is clear of it.
    if (lies && !focused.matches(EDITABLE) && lies.width * lies.height > (innerWidth * innerHeight) / 2) lies = undefined;
    for (const folded of [false, true]) {
      host.toggleAttribute('data-folded', folded);
      for (const corner of CORNERS) {
        host.dataset.place = corner;
        if (!lies || !overlaps(card.getBoundingClientRect(), lies)) return;
      }
    }
    host.dataset.place = CORNERS[0];
  };
  const plan = () => {
    if (planned || card.hidden) return;
    planned = true;
    requestAnimationFrame(place);
  };
  document.addEventListener('focusin', place, { signal });
  document.addEventListener('focusout', plan, { signal });
  addEventListener('scroll', plan, { passive: true, signal });
  addEventListener('resize', plan, { signal });
  return place;
}

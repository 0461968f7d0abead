/** Where the card may lie, best first. On a narrow screen there is one place only: elsewhere it would lie on the way to a person. */
const CORNERS = ['end', 'start', 'top'];
const NARROW = matchMedia('(max-width: 47.9rem)');
const corners = () => (NARROW.matches ? ['end'] : CORNERS.filter((corner) => corner !== 'start' || !document.querySelector('.tour')));
const TYPED_INTO = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable]';
const MARGIN = 8;

const overlaps = (a, b) =>
  a.left < b.right + MARGIN && b.left < a.right + MARGIN && a.top < b.bottom + MARGIN && b.top < a.bottom + MARGIN;

const clearCorner = (card, field) =>
  corners().find((corner) => {
    card.dataset.place = corner;
    return !overlaps(card.getBoundingClientRect(), field);
  });

/**
 * Keeps the card off whatever has the focus: somebody typing, or tabbing through the page, must see
 * where they are. Measures only when focus, view or card change, never while nothing happens.
 */
export const keepClearOfFocus = (card) => {
  let planned = false;

  const place = () => {
    planned = false;
    const focused = document.activeElement;
    // Under the visitor's hands it stays where it is.
    if (card.hidden || card.contains(focused)) return;
    const onPage = focused?.closest('main, .site, .foot') && focused.id !== 'main' && focused.tagName !== 'H1';
    if (!onPage) {
      card.dataset.place = 'end';
      return;
    }
    // Where no corner is free, what one works on outweighs the card, which folds to its heading.
    card.dataset.place =
      clearCorner(card, focused.getBoundingClientRect()) ?? (NARROW.matches || focused.matches(TYPED_INTO) ? 'folded' : 'end');
  };

  const plan = () => {
    if (planned || card.hidden) return;
    planned = true;
    requestAnimationFrame(place);
  };

  document.addEventListener('focusin', place);
  addEventListener('scroll', plan, { passive: true });
  addEventListener('resize', plan);
  // A press on the folded card has taken the focus off the field; now it may open.
  card.addEventListener('click', () => {
    if (card.dataset.place === 'folded') card.dataset.place = 'end';
  });
  return place;
};

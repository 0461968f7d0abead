// The looks of the card. Everything a site may want otherwise is a custom property or a part.
export const STYLE = `
:host {
  --_surface: var(--tactful-surface, light-dark(#ffffff, #1d2127));
  --_ink: var(--tactful-ink, light-dark(#1b1f24, #eceff3));
  --_soft: var(--tactful-ink-soft, light-dark(#4a5460, #b4bdc8));
  --_line: var(--tactful-line, light-dark(#8b95a1, #6d7783));
  --_accent: var(--tactful-accent, light-dark(#0b5d66, #7fd6de));
  --_on-accent: var(--tactful-on-accent, light-dark(#ffffff, #06282c));
  --_radius: var(--tactful-radius, 10px);
  display: block;
  font: var(--tactful-font, 1rem/1.5 system-ui, sans-serif);
  color: var(--_ink);
}
:host([corner]) {
  position: fixed;
  z-index: var(--tactful-layer, 30);
  inset-block-end: max(1rem, env(safe-area-inset-bottom));
  inset-inline-end: 1rem;
  inline-size: min(23rem, calc(100vw - 2rem));
}
:host([corner][data-place="start"]) { inset-inline: 1rem auto; }
:host([corner][data-place="top"]) { inset-block: 1rem auto; }
.card {
  box-sizing: border-box;
  max-block-size: var(--tactful-height, none);
  overflow-y: auto;
  padding: 1rem 1.125rem 0.75rem;
  background: var(--_surface);
  border: 1px solid var(--_line);
  border-block-start: 4px solid var(--_accent);
  border-radius: var(--_radius);
}
:host([corner]) .card {
  max-block-size: var(--tactful-height, min(34rem, calc(100dvh - 2rem)));
  box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
}
/* Folded to its heading, and still in the order of the tab key: what is focused opens it. */
:host([corner][data-folded]) .card:not(:hover, :focus-within) { overflow: hidden; }
:host([corner][data-folded]) .card:not(:hover, :focus-within) > :not(h2) { position: absolute; clip-path: inset(50%); }
:host([corner][data-folded]) .card:not(:hover, :focus-within) h2::after { content: " …"; }
[hidden] { display: none; }
h2 { margin: 0 0 0.375rem; font-size: 1.0625em; line-height: 1.3; font-weight: 650; }
p { margin: 0 0 0.5rem; }
.promise, details { color: var(--_soft); font-size: 0.9375em; }
.acts { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem; margin-block: 0.75rem 0.25rem; }
.wide { grid-column: 1 / -1; }
button, a.act {
  box-sizing: border-box;
  display: grid;
  place-items: center;
  min-block-size: 2.75rem;
  padding: 0.375rem 0.75rem;
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  color: var(--_ink);
  background: transparent;
  border: 1px solid var(--_line);
  border-radius: calc(var(--_radius) * 0.7);
  cursor: pointer;
}
:is(button, a).accept { color: var(--_on-accent); background: var(--_accent); border-color: var(--_accent); }
button:hover, a.act:hover { text-decoration: underline; text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
summary { min-block-size: 1.75rem; padding-block: 0.25rem; cursor: pointer; }
ul { margin: 0.25rem 0 0.5rem; padding-inline-start: 1.2rem; }
.said { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: no-preference) {
  .card { animation: come 160ms ease-out; }
  @keyframes come { from { opacity: 0; } }
}
@media (forced-colors: active) {
  :is(button, a).accept { border-width: 3px; }
}
`;

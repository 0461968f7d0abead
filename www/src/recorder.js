import { storyNow } from './session.js';

const RELEASE_MS = 10_000;

const save = (text, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_MS);
};

/** Hands the visit over as a file: the same decision can be taken from it on any machine. */
export const startRecorder = () => {
  document.querySelector('#record').addEventListener('click', () => {
    const story = storyNow();
    window.__story = story;
    save(`${JSON.stringify(story, null, 2)}\n`, `visit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.json`);
  });
};

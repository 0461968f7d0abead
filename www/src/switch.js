import { situationNow } from './situations.js';

/** Another visitor is another visit: the page starts again, so that nothing of this one is left. */
export const startSituationSwitch = () => {
  const select = document.querySelector('#situation');
  // Browsers restore form fields on reload; the address is right, the restored field may not be.
  select.value = situationNow();
  select.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set('situation', select.value);
    location.assign(address);
  });
};

import { languageNow } from './host.js';
import { en } from './words/en.js';
import { es } from './words/es.js';

const LANGUAGES = { en, es };

/** The words of the visitor's language; of English where there are none. */
export const words = () => LANGUAGES[languageNow()] ?? en;

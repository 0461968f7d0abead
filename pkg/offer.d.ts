/** What the card says in one language. Promises and reasons are the policy's. */
export interface OfferWords {
  article: OfferLine;
  chatbot: OfferLine;
  callback: OfferLine;
  human: OfferLine;
  specialist: OfferLine;
  accountManager: OfferLine;
  messageForm: OfferLine;
  status: OfferLine;
  /** A person who is not there now: a message is left. */
  dated: OfferLine;
  /** `{due}` is the day and the hour. */
  by: string;
  person: string;
  later: string;
  never: string;
  why: string;
  local: string;
  left: string;
  undo: string;
  back: string;
  close: string;
}
export interface OfferLine {
  title: string;
  text?: string;
  accept: string;
}

/**
 * `<tactful-offer>` shows what `tactful/page` decides, and tells by `tactful:shown`, `tactful:accepted` and
 * `tactful:dismissed` what became of it.
 *
 * - `corner` lays it over the page, clear of whatever has the focus; otherwise it stands where it is put.
 * - `article-href="/articles/{article}"`, `human-href`, `specialist-href`, `chatbot-href`, `callback-href`,
 *   `message-form-href`, `status-href`, `account-manager-href`: where an offer leads. Without, the card closes and the page
 *   does what follows `tactful:accepted`.
 * - Custom properties: `--tactful-surface`, `-ink`, `-ink-soft`, `-line`, `-accent`, `-on-accent`, `-radius`, `-font`,
 *   `-layer`, `-height`. Parts: `card title text promise accept person later never why undo close`. What is put inside
 *   stands below the buttons.
 */
export declare class TactfulOffer extends HTMLElement {
  /** Words by language; what is missing is English. */
  static words: { [language: string]: Partial<OfferWords> };
  /** Whether an offer is on the screen. */
  readonly open: boolean;
}

declare global {
  interface HTMLElementTagNameMap {
    'tactful-offer': TactfulOffer;
  }
}

// The page as it comes from the origin says what it is by attributes; an offer goes where it has a place for one.
const escaped = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Words of the house. What is promised is the policy's. */
const WORDS = {
  human: ['Would you like to talk to a person?', 'Talk to a person', '/contact'],
  specialist: ['Somebody who knows this well can help', 'Talk to a specialist', '/contact'],
  chatbot: ['Shall we look at this together?', 'Ask the assistant', '/contact'],
  article: ['There is an article about this', 'Read it', '/export'],
  callback: ['We can call you', 'Choose a time', '/contact'],
  messageForm: ['Write to us', 'Write a message', '/contact'],
  status: ['We know about this, and are working on it', 'See what we know', '/'],
  accountManager: ['There may be something for you', 'Tell me more', '/contact'],
  survey: ['How easy was it to get this solved?', 'Answer one question', '/survey'],
};

const markup = ({ touch, route, purpose, promise, because }, back) => {
  const [title, label, href] = WORDS[purpose === 'survey' ? 'survey' : route];
  const press = (step, text, more = '') => `<button name="step" value="${step}"${more}>${text}</button>`;
  const form = (inside) => `<form method="post" action="/tactful/outcome"><input type="hidden" name="touch" value="${escaped(touch)}"><input type="hidden" name="back" value="${escaped(back)}">${inside}</form>`;
  return `<section aria-labelledby="offer-title" class="offer">
<h2 id="offer-title">${escaped(title)}</h2>
${promise ? `<p>${escaped(promise)}</p>` : ''}
<p><a href="${href}">${escaped(label)}</a></p>
${touch ? form(press('dismissed', 'Not now')) + form(`<input type="hidden" name="never" value="1">${press('dismissed', 'Never here')}`) : ''}
<details><summary>Why am I seeing this?</summary><ul>${because.map((why) => `<li>${escaped(why)}</li>`).join('')}</ul></details>
</section>`;
};

/** The page with what was decided; `decide` is asked once, when it is known what the page is. */
export function personalised(response, { decide, cookie }) {
  let seen;
  // Asked once; a second place on the page stays empty.
  let asked = false;
  const rewriter = new HTMLRewriter()
    .on('[data-tactful-page]', {
      element(element) {
        const said = (name) => element.getAttribute(`data-tactful-${name}`) ?? undefined;
        const results = said('results');
        seen = { page: said('page'), role: said('role') ?? 'other', topic: said('topic'), propose: said('propose'), wish: said('wish'), ...(results !== undefined && { results: Math.max(0, Number.parseInt(results, 10) || 0) }) };
      },
    })
    .on('[data-tactful-offer]', {
      async element(element) {
        const { offer } = (seen && !asked && (await decide(seen))) || {};
        asked ||= seen !== undefined;
        if (offer) element.setInnerContent(markup(offer, element.getAttribute('data-tactful-offer') || '/'), { html: true });
        // Silence leaves no empty box behind.
        else element.remove();
      },
    });
  const own = new Response(response.body, response);
  // It was made for one person.
  own.headers.set('cache-control', 'private, no-store');
  own.headers.delete('etag');
  own.headers.delete('content-length');
  if (cookie) own.headers.append('set-cookie', cookie);
  return rewriter.transform(own);
}

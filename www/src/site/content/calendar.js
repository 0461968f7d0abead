export const calendar = [
  {
    id: 'calendar-sync',
    topic: 'calendar',
    title: 'See your shifts in your own calendar',
    summary: 'Subscribe once and your shifts follow you. What to do when a change arrives late.',
    updated: '9 November 2026',
    next: ['publish-roster', 'swap-shifts'],
    solves: 760,
    body: `
<p>Every person has a private calendar address. A calendar that subscribes to it shows that person's published shifts
and nothing else: no drafts, no colleagues' names, no phone numbers.</p>
<h2>Subscribe</h2>
<ol>
  <li>Open <strong>My shifts → Calendar</strong> and press <strong>Copy address</strong>.</li>
  <li>In your calendar, look for “Subscribe”, “Add by URL” or “From the internet”, and paste it.</li>
  <li>Choose a colour. The name comes from the roster.</li>
</ol>
<p>Use <em>subscribe</em>, not <em>import</em>. An import is a photograph of today: it will never change again, and next
week's swap will be missing.</p>
<h2>How fast changes arrive</h2>
<p>Dayloom offers a change within a minute. How soon your calendar asks for it is its own decision: phones usually look
every hour or so, some online calendars only a few times a day, and most give you no way to speed that up. For anything
that starts today, trust <strong>My shifts</strong>.</p>
<h2>Shifts at the wrong hour</h2>
<p>Shifts are sent with the roster's time zone. If all of them are off by the same number of hours, the device is set to
another zone, or the roster is; the second is shown under <strong>Roster settings</strong>. If only some are off, and the clocks
have just changed, give the calendar a day to read the address again.</p>
<h2>Somebody has your address</h2>
<p>Press <strong>New address</strong>. The old one stops working at once, on every device, and you subscribe again with the new one.</p>`,
  },
  {
    id: 'messages',
    topic: 'calendar',
    title: 'Choose which messages people get',
    summary: 'E-mail, text message or neither: what is sent when, and what to check if something does not arrive.',
    updated: '6 November 2026',
    next: ['calendar-sync', 'publish-roster', 'sign-in-trouble'],
    solves: 700,
    body: `
<p>A roster tool that writes too often is one nobody reads. Dayloom sends as little as it can and leaves the rest to the
people it writes to.</p>
<h2>What is sent</h2>
<ul>
  <li><strong>New week</strong>: one message with your own shifts, when a planner publishes.</li>
  <li><strong>Change</strong>: only if a published shift of yours changed. Several changes within ten minutes are one message.</li>
  <li><strong>Question</strong>: when a colleague wants to swap, or a planner looks for somebody.</li>
  <li><strong>Reminder</strong>: off, until you switch it on. Choose how long before a shift.</li>
</ul>
<h2>How it is sent</h2>
<p>Each person chooses under <strong>My profile → Messages</strong>: e-mail, text message, or nothing. A planner can suggest a way but
cannot change somebody's choice. Text messages cost a little and are on the invoice; e-mail never costs anything.</p>
<h2>At night</h2>
<p>Text messages wait between 21:00 and 8:00 where the person is. The exception is a shift that starts before ten in the
morning and has just changed: then a message that wakes you is better than one you read too late. You can switch the
exception off.</p>
<h2>Something did not arrive</h2>
<ol>
  <li>Open the person and look under <strong>Messages</strong>. It lists each one with “delivered”, “waiting” or “came back”.</li>
  <li><em>Came back</em> means the address or number is wrong. After two of these we stop sending until it is corrected.</li>
  <li><em>Delivered</em> but not seen is usually the junk folder. Add our address to the contacts once.</li>
  <li><em>Waiting</em> during the night is normal. During the day, see <a href="#/status">the service status</a>.</li>
</ol>`,
  },
];

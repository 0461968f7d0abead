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
];

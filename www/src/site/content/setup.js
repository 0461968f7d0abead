export const setup = [
  {
    id: 'first-roster',
    topic: 'setup',
    title: 'Set up your first roster',
    summary: 'From an empty account to a week your people can read, in about twenty minutes.',
    updated: '2 November 2026',
    next: ['publish-roster', 'seats-and-roles', 'calendar-sync'],
    solves: 700,
    body: `
<p>A roster needs three things: a place, the hours you want covered, and people who can cover them.
Dayloom asks for them in that order, and you can stop after any step and come back.</p>
<h2>1. Describe the place</h2>
<p>Open <strong>Rosters → New roster</strong> and give it the name your team uses out loud: “Front desk”, “Saturday market”,
“Night line”. Choose the time zone now. It can be changed later, but shifts that are already published keep the zone
they were published in, so that nobody's working hours move.</p>
<h2>2. Draw the hours</h2>
<ol>
  <li>Drag down a day column to make a shift. The edges snap to quarter hours.</li>
  <li>Set how many people the shift needs. A shift for two shows two empty slots.</li>
  <li>Press <strong>Repeat</strong> if the shift comes back every week. You can still change a single week afterwards.</li>
</ol>
<p>Start with an ordinary week. Holidays and exceptions are easier to add once the plain pattern stands.</p>
<h2>3. Add people</h2>
<p>Under <strong>People → Add</strong> you need only a name. An e-mail address is needed once somebody should be told about
shifts, and a phone number only if you want text messages. To add many at once,
<a href="#/import">paste a list</a>; each line becomes a person.</p>
<p>Everyone who can be put on a shift uses one seat of your plan. People you archive give their seat back at once. See
<a href="#/article/seats-and-roles">Seats and roles</a>.</p>
<h2>Before you publish</h2>
<p>A new roster is a draft that only planners see. Look through the orange slots: they are shifts without a person. When
the week looks right, continue with <a href="#/article/publish-roster">Publish a roster and tell people</a>.</p>`,
  },
  {
    id: 'import-people',
    topic: 'setup',
    title: 'Bring your people in from a list',
    summary: 'Paste names from a spreadsheet, fix the lines that did not fit, and add nobody twice.',
    updated: '12 November 2026',
    next: ['first-roster', 'seats-and-roles', 'messages'],
    solves: 720,
    body: `
<p>You do not need to type thirty names. If they are in a spreadsheet, an address book or an e-mail, you can
<a href="#/import">paste them in one go</a>.</p>
<h2>What a line looks like</h2>
<p>One person to a line: the name, and after a comma the e-mail address if you have it.</p>
<ul>
  <li><code>Noor Haddad, noor@harbour.example</code></li>
  <li><code>Jonas Weber</code></li>
</ul>
<p>People without an address can be planned like everybody else. They just cannot be told about their shifts until you
add one. Titles, phone numbers and anything else in the line is better added later, on the person's own page.</p>
<h2>Lines that do not fit</h2>
<p>Before anything is saved, the list is checked. A line with two addresses, with no name, or with an address that
cannot be right is named by its number, and the rest of your list stays as it is. Nothing is added until every line
fits, so you never have half a list.</p>
<h2>Nobody twice</h2>
<p>An address that is in the list twice is added once, even if the name is written differently, and you are told. Two people
who share a name but have no address are both added: people do share names.</p>
<h2>If the server does not answer</h2>
<p>Then nobody was added, and your list stays in the field. Wait a moment and press <strong>Add these people</strong> again.
If it keeps failing, <a href="#/status">look at the service status</a> before you look for a
mistake on your side.</p>
<h2>Seats</h2>
<p>Everyone you add who can be put on a shift takes a seat. If the list is longer than your free seats, the last lines
are added as “waiting”. See <a href="#/article/seats-and-roles">Seats and roles</a>.</p>`,
  },
];

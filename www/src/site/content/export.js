export const exporting = [
  {
    id: 'export-data',
    topic: 'export',
    title: 'Export your rosters and hours',
    summary: 'Get everything Dayloom keeps for your organisation as plain files you can open anywhere.',
    updated: '17 November 2026',
    next: ['read-invoice', 'seats-and-roles'],
    // Fewer than half of its readers get their file without asking: the figure the engine weighs
    // against the wait for a person.
    solves: 400,
    body: `
<p>The data is yours. You can take all of it with you at any time, on every plan, without giving a reason.</p>
<h2>Export everything</h2>
<ol>
  <li>Open <a href="#/account">Account and data</a>.</li>
  <li>In the section <strong>Your data</strong>, press <strong>Export my data</strong>.</li>
  <li>The download starts after a few seconds. For accounts with more than two years of shifts it can take a minute.</li>
</ol>
<p>You need to be an owner. Planners can export the rosters they plan, from the roster's own menu.</p>
<h2>What is inside</h2>
<p>One archive with a file for each kind of thing, as comma-separated text in UTF-8:</p>
<ul>
  <li><code>people.csv</code>: names, contact details, roles, archived or not</li>
  <li><code>shifts.csv</code>: every shift with place, start, end and person, in local time and in UTC</li>
  <li><code>hours.csv</code>: confirmed hours per person and day, ready for payroll</li>
  <li><code>changes.csv</code>: who changed what and when, as far back as we keep it</li>
</ul>
<p>Spreadsheets sometimes guess the wrong separator. If everything lands in one column, choose “comma” when importing.</p>
<h2>Only the hours of one month</h2>
<p>Open <strong>Hours</strong>, choose the month, then <strong>Download</strong>. Months that are not yet confirmed are marked
in the last column.</p>
<h2>If the download does not start</h2>
<p>Check that the browser may download files from this site, and try once more. If nothing happens, do not keep pressing:
<a href="#/contact?topic=export">tell us</a>, and a person prepares the archive and sends you a link that works for
seven days.</p>`,
  },
  {
    id: 'delete-data',
    topic: 'export',
    title: 'Delete a person or the whole account',
    summary: 'What can be deleted at once, what has to be kept for a while, and how to prove that it is gone.',
    updated: '3 November 2026',
    next: ['export-data', 'change-plan', 'correct-hours'],
    solves: 650,
    body: `
<p>Archiving hides somebody from planning and keeps their hours. Deleting removes what identifies them. Both have their
place: archive when somebody leaves, delete when nothing obliges you to remember.</p>
<h2>Delete one person</h2>
<ol>
  <li>Open the person and choose <strong>More → Delete</strong>. Only owners see it.</li>
  <li>The page lists what is kept and for how long, if you have set a keeping time for payroll.</li>
  <li>Type the name to confirm.</li>
</ol>
<p>Name, address, phone number, messages and absences are gone at once. Confirmed hours stay until the keeping time is
over, under “former person 14”. In backups it takes 35 days until the last copy has been overwritten.</p>
<h2>Somebody asks what you know about them</h2>
<p><strong>More → Export this person</strong> makes a file with everything that concerns them and nobody else. You can hand it over as it
is. The names of colleagues in shared shifts are left out.</p>
<h2>Delete the account</h2>
<p>Close it under <a href="#/plan-change">Change plan</a>. It can be brought back for 30 days; then it is deleted as a whole,
and both owners get a confirmation with the date. Invoices are the exception: tax law obliges us to keep them for ten
years.</p>
<h2>A contract on data processing</h2>
<p>Every account has one, signed by us, under <strong>Account → Contracts</strong>. If your organisation needs its own text,
<a href="#/contact?topic=export">send it to us</a>; most come back signed within five working days.</p>`,
  },
];

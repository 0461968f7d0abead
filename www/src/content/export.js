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
];

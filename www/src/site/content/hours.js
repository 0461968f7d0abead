export const hours = [
  {
    id: 'confirm-hours',
    topic: 'hours',
    title: 'Confirm hours for payroll',
    summary: 'From planned to worked: check the month, confirm it, and hand over a file your payroll can read.',
    updated: '10 November 2026',
    next: ['correct-hours', 'absences', 'export-data'],
    solves: 740,
    body: `
<p>A roster says what was meant to happen. Payroll needs what did. Confirming is the step between the two, and it takes a
few minutes a week if you do it weekly.</p>
<h2>Confirm a week</h2>
<ol>
  <li>Open <strong>Hours</strong> and choose the week.</li>
  <li>Shifts that ran as planned are already filled in. Change start or end where it was different.</li>
  <li>Press <strong>Confirm week</strong>. Each person can now see the hours under their name and can disagree for five days.</li>
</ol>
<p>People can also enter the real times themselves, on the day. Then you only look at the lines in bold: those that differ
from the plan by more than ten minutes.</p>
<h2>Breaks</h2>
<p>The break of a shift is taken off automatically if you have set one. If somebody worked through, untick it in the line
and say why. A break nobody could take is working time.</p>
<h2>Close the month</h2>
<p>When all weeks are confirmed, <strong>Close month</strong> fixes the numbers. Public holidays, nights and Sundays are listed
in columns of their own, because most agreements pay them differently. Dayloom counts them; it does not calculate pay.</p>
<h2>Hand it over</h2>
<p><strong>Download</strong> gives a file with one line per person and day. There are layouts for common payroll programs, and a plain
one. Months that are not closed yet are marked in the last column, so that nobody pays a draft.</p>`,
  },
  {
    id: 'correct-hours',
    topic: 'hours',
    title: 'Correct hours after the month is closed',
    summary: 'A late sick note or a forgotten shift: how to change a closed month without rewriting it.',
    updated: '10 November 2026',
    next: ['confirm-hours', 'delete-data', 'invite-planners'],
    solves: 710,
    body: `
<p>A closed month has usually been paid. So it is not changed in silence: a correction is a line of its own, with a date,
a name and a reason, and it goes into the next file.</p>
<h2>Add a correction</h2>
<ol>
  <li>Open <strong>Hours</strong>, the closed month, and the person.</li>
  <li>Press <strong>Correct</strong> on the day. Enter the hours as they should have been.</li>
  <li>Write a sentence about the reason. Payroll will read it.</li>
</ol>
<p>The difference appears in the current month under “earlier months”. The closed month shows both numbers.</p>
<h2>Somebody disagrees</h2>
<p>For five days after you confirm a week, people can press <strong>That is not right</strong> beside a line. You get a question with
what they think it should be. Until it is answered, the month can be closed, but the line is marked.</p>
<h2>Open a month again</h2>
<p>An owner can, with <strong>More → Open month</strong>, as long as the file has not been downloaded. After that only corrections are
possible, because nobody could tell which of two files was paid.</p>
<h2>A whole week is wrong</h2>
<p>This happens when the wrong roster was copied. Do not correct it line by line:
<a href="#/contact?topic=hours">tell us</a> the week and the roster, and we exchange it for you and leave one note
instead of two hundred.</p>`,
  },
];

export const rosters = [
  {
    id: 'publish-roster',
    topic: 'rosters',
    title: 'Publish a roster and tell people',
    summary: 'What publishing does, who gets a message, and how to change a week that is already out.',
    updated: '14 October 2026',
    next: ['swap-shifts', 'calendar-sync', 'first-roster'],
    solves: 780,
    body: `
<p>While a roster is a draft, you can move shifts as often as you like and nobody notices. Publishing is the moment
Dayloom makes a promise in your name, so it happens only when you press the button.</p>
<h2>Publish a week</h2>
<ol>
  <li>Open the roster and choose the week at the top.</li>
  <li>Press <strong>Review</strong>. Open slots, double bookings and rest times under eleven hours are listed on the right.</li>
  <li>Press <strong>Publish week</strong>. You can publish with open slots; they are then shown to everyone as “looking for someone”.</li>
</ol>
<h2>Who is told</h2>
<p>Each person receives one message with their own shifts, never the whole plan. People without an e-mail address see their
shifts in the printed view only, so put the print-out where they pass by. Text messages wait between 21:00 and
8:00 where the person is; <a href="#/article/messages">Choose which messages people get</a> has the one exception.</p>
<h2>Change a published week</h2>
<p>Edit it like a draft. Changed shifts carry a small dot until you press <strong>Publish changes</strong>, and only the people
concerned hear about it. If a shift starts in less than 24 hours, Dayloom asks for a confirmation from the person and
shows you who has not answered yet.</p>
<h2>Take a week back</h2>
<p><strong>More → Unpublish week</strong> hides the week again. It does not undo hours that were already worked and confirmed.
If people have seen the plan, a short note is kinder than silence: the dialogue has a field for one.</p>`,
  },
  {
    id: 'swap-shifts',
    topic: 'rosters',
    title: 'Let people swap shifts',
    summary: 'Swaps between two people, handing a shift over, and when a planner has to agree.',
    updated: '28 September 2026',
    next: ['publish-roster', 'export-data', 'calendar-sync'],
    solves: 720,
    body: `
<p>Most changes to a plan are arranged by the people in it. Swaps let them do so without a planner copying messages
from one chat into another, and the roster stays right.</p>
<h2>Offer a shift</h2>
<p>Open the shift on your phone or computer and press <strong>I can't make it</strong>. Then choose:</p>
<ul>
  <li><strong>Swap</strong>: you pick a colleague's shift you would take instead. They get a question with two buttons.</li>
  <li><strong>Hand over</strong>: everyone who has the right role and is free at that time can take it. The first one to say yes has it.</li>
</ul>
<p>Until somebody agrees, the shift is still yours. The roster shows it with a dashed border so that nobody is surprised.</p>
<h2>When a planner has to agree</h2>
<p>Under <strong>Roster settings → Swaps</strong> you decide between three rules: never ask, ask when rest times or weekly hours
would be broken, or always ask. The middle rule is what most organisations keep. A question to a planner that nobody
answers is declined when the shift is four hours away, and both people are told.</p>
<h2>What stays recorded</h2>
<p>The history of a shift lists who had it, who took it and when. Hours count for the person who worked. If you pay by
the hour, <a href="#/article/export-data">export the hours</a> after the month has ended: swaps are settled by then.</p>
<h2>A swap does not show up?</h2>
<p>Check that the other person has the role the shift asks for, and that the week is published. Drafts cannot be swapped.</p>`,
  },
  {
    id: 'fill-open-shift',
    topic: 'rosters',
    title: 'Fill a shift at short notice',
    summary: 'Somebody is ill and the shift starts at two. Who can take it, and how to ask without asking everybody.',
    updated: '16 November 2026',
    next: ['absences', 'rest-times', 'swap-shifts'],
    solves: 690,
    body: `
<p>An open shift is a slot without a person. It can be left over from planning, or it opened because somebody fell ill.
Either way the quickest path is the same.</p>
<h2>See who could</h2>
<p>Press the open slot. Dayloom lists everyone with the right role, in three groups:</p>
<ol>
  <li><strong>Free</strong>: no other shift, and the rest before and after is long enough.</li>
  <li><strong>Possible</strong>: something has to give. The list says what, for example “rest would be 9 hours”.</li>
  <li><strong>Not possible</strong>: on leave, or already working at that time.</li>
</ol>
<p>Within a group, those with the fewest hours this week come first, so that it is not always the same person.</p>
<h2>Ask</h2>
<p>Tick the people you want to ask and press <strong>Ask these</strong>. Each gets one message with a yes and a no. The first yes
has the shift; everyone else is told that it is taken. You can ask the next group after any pause you like, and you see who
has not read the message yet.</p>
<h2>Put somebody on it directly</h2>
<p>If you have agreed by phone, drag the name onto the slot. The person is told, with your name beside it, so that it does
not look as if the system had decided.</p>
<h2>When nobody can</h2>
<p>Shorten the shift, or split it: <strong>More → Split shift</strong> makes two slots with an edge you can move. Half a shift is often
easier to find than a whole one. If the slot stays open, publish anyway. An open slot people can see is more honest than
a full roster that is not true.</p>`,
  },
  {
    id: 'absences',
    topic: 'rosters',
    title: 'Holidays, sick days and other absences',
    summary: 'Enter an absence, let people ask for leave, and see what it does to shifts that are already planned.',
    updated: '30 October 2026',
    next: ['fill-open-shift', 'confirm-hours', 'repeat-weeks'],
    solves: 730,
    body: `
<p>An absence is a stretch of days, or part of a day, on which somebody cannot be planned. It has a kind, because the
kinds count differently at the end of the month.</p>
<h2>Enter one</h2>
<ol>
  <li>Open the person, then <strong>Absences → Add</strong>.</li>
  <li>Choose from and to. For part of a day, untick <strong>whole days</strong>.</li>
  <li>Choose the kind: leave, sick, training or other.</li>
</ol>
<p>Colleagues see only that the person is away. The kind is for planners and owners. There is no field for a diagnosis,
and please do not use the note for one.</p>
<h2>Let people ask</h2>
<p>With <strong>Roster settings → Leave requests</strong> switched on, people enter leave themselves and a planner agrees or declines.
The request shows how many others with the same role are away on those days. Requests without an answer are shown again
after a week; they are never agreed to automatically.</p>
<h2>What happens to planned shifts</h2>
<p>Shifts in a draft become open slots. Shifts in a published week stay with the person until you decide, with a striped
border: replacing somebody is a decision, and you may have already found a swap.</p>
<h2>How it counts</h2>
<p>Leave and sick days count with the person's agreed hours a day, training with the hours you enter, other not at all. You
can see the result per person under <a href="#/article/confirm-hours">Hours</a>. What a sick day means for pay depends on
your contracts; Dayloom only counts it.</p>`,
  },
  {
    id: 'rest-times',
    topic: 'rosters',
    title: 'Rest times and weekly limits',
    summary: 'The checks behind the red lines, how to change them, and when it is right to plan against them.',
    updated: '8 October 2026',
    next: ['fill-open-shift', 'confirm-hours', 'publish-roster'],
    solves: 750,
    body: `
<p>Dayloom checks three things while you plan: the rest between two shifts, the hours in a week, and the days in a row.
It never stops you. It shows what you are about to do, and asks for a reason if you do it anyway.</p>
<h2>The defaults</h2>
<ul>
  <li>Eleven hours between the end of one shift and the start of the next.</li>
  <li>Forty-eight hours in any seven days, counted as a moving window, not Monday to Sunday.</li>
  <li>Six days in a row.</li>
</ul>
<p>These follow the European working time rules in their plain form. Your country, sector or agreement may say something
else, and what it says counts.</p>
<h2>Change a limit</h2>
<p><strong>Roster settings → Checks</strong>. A limit can differ by roster and by person; the stricter one is shown. Changes hold from
the next week on, so that a published plan is not suddenly wrong.</p>
<h2>Red and amber</h2>
<p>Red is a broken limit. Amber means it holds only because of an unconfirmed shift: if that one runs late, it will be
broken. Press the line to see the sum.</p>
<h2>Planning against a limit</h2>
<p>Sometimes the alternative is closing. Drag the person in, write the reason, and it is kept with the shift, together with
your name. The person sees the warning too and can decline. Under <strong>Reports → Checks</strong> an owner sees how often it happened,
and where; a limit that is broken every week is a staffing question rather than a planning one.</p>`,
  },
  {
    id: 'repeat-weeks',
    topic: 'rosters',
    title: 'Repeat a week, skip a holiday',
    summary: 'Copy a week, set a pattern of two or four weeks, and handle the days on which you are closed.',
    updated: '19 October 2026',
    next: ['first-roster', 'absences', 'publish-roster'],
    solves: 760,
    body: `
<p>Few places plan every week from nothing. Draw the ordinary week once, and spend your time on what is different.</p>
<h2>Copy one week</h2>
<p>In the week you like, choose <strong>More → Copy week to…</strong> and pick the target. You can copy the shifts alone or the people
in them as well. People who are away in the target week leave an open slot.</p>
<h2>A pattern</h2>
<p>Under <strong>Roster settings → Pattern</strong> choose one, two or four weeks. New weeks are filled from the pattern when they are
eight weeks away, as drafts. Changing the pattern changes drafts that nobody has touched; weeks you have edited or
published are left alone.</p>
<h2>Closed days</h2>
<p>Enter public holidays and closing days once under <strong>Roster settings → Closed days</strong>. Shifts of the pattern are not
created there. If the holiday comes into the calendar after the week was filled, its shifts get a striped border and you
decide: remove them, or keep them as holiday shifts.</p>
<h2>When the clocks change</h2>
<p>A night shift from 22:00 to 6:00 has seven hours in spring and nine in autumn. Dayloom counts what was really worked,
and says so beside the shift.</p>
<h2>Stop repeating</h2>
<p>Set the pattern to <strong>none</strong>. Drafts that were already filled stay; delete them with <strong>More → Clear week</strong> if you do
not want them.</p>`,
  },
];

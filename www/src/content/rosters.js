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
shifts in the printed view only, so put the print-out where they pass by. Nobody gets a message between 21:00 and 8:00
in the roster's time zone; it waits until the morning.</p>
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
];

export const seats = [
  {
    id: 'seats-and-roles',
    topic: 'seats',
    title: 'Seats and roles',
    summary: 'Who needs a seat, what each role may do, and what happens when all seats are taken.',
    updated: '21 October 2026',
    next: ['first-roster', 'read-invoice', 'export-data'],
    solves: 740,
    body: `
<p>A seat is a place for one person who can be put on a shift. Your plan says how many you have: five on Strand, ten on
Weave, forty on Tapestry. The current count is under <a href="#/account">Account and data</a>.</p>
<h2>Who uses a seat</h2>
<ul>
  <li>Everyone who is active, whether they worked this month or not.</li>
  <li>Planners and owners only if they take shifts themselves.</li>
  <li>Not: archived people, and guests you invite to look at a single week.</li>
</ul>
<h2>What each role may do</h2>
<p><strong>People</strong> see their own shifts and open slots, and can offer swaps. <strong>Planners</strong> draw and publish the
rosters they are named on, and confirm hours. <strong>Owners</strong> can do all of that everywhere, and also export data, change
the plan and see invoices. Keep at least two owners: if the only one leaves, recovering the account takes us several days,
because we have to make sure who is asking.</p>
<h2>All seats are taken</h2>
<p>Nothing stops working. You can plan and publish as before, but a new person stays “waiting” and cannot be put on a shift
until a seat is free. You have two ways out:</p>
<ol>
  <li>Archive people who have left. Filter <strong>People</strong> by “no shift for 60 days” to find them. Their past hours stay
    in every report.</li>
  <li><a href="#/plan-change">Change the plan</a>. The new seats are there at once and the price is counted to the day.</li>
</ol>
<h2>For a season only</h2>
<p>If you grow for one season, move up and back down again. There is no minimum period, and moving down asks only that
the people left fit the smaller plan.</p>`,
  },
  {
    id: 'invite-planners',
    topic: 'seats',
    title: 'Share the planning with others',
    summary: 'Invite a second planner, hand a roster over for a holiday, and keep track of who changed what.',
    updated: '26 October 2026',
    next: ['seats-and-roles', 'publish-roster', 'two-step'],
    solves: 740,
    body: `
<p>One person who plans everything is one flu away from no plan at all. Two planners for each roster is a good rule, even
if the second one plans only twice a year.</p>
<h2>Invite a planner</h2>
<ol>
  <li>Open the roster, then <strong>Roster settings → Planners</strong>.</li>
  <li>Choose somebody from your people, or enter an e-mail address.</li>
  <li>Decide whether they may publish, or only prepare.</li>
</ol>
<p>The invitation is valid for seven days. A planner who takes no shifts does not need a seat.</p>
<h2>While you are away</h2>
<p><strong>Hand over until…</strong> gives your rosters to a colleague and takes them back on the day you choose. Questions about swaps and
leave go to them in between, and you return to a list of what happened instead of a full inbox.</p>
<h2>Two people in one week</h2>
<p>You see each other's cursor, and a shift that somebody is moving is locked for those seconds. Nobody overwrites anybody.</p>
<h2>Who changed what</h2>
<p>Each week has a history: <strong>More → History</strong>. Every change has a name, a time and an undo, for drafts without limit and
for published weeks until the hours are confirmed.</p>
<h2>Take the role away</h2>
<p>Remove the planner in the same place. What they planned stays, what they were asked goes to the next planner, and if
there is none, to the owners. A roster can be without a planner; it cannot be without somebody who gets its questions.</p>`,
  },
];

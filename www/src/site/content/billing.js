export const billing = [
  {
    id: 'read-invoice',
    topic: 'billing',
    title: 'Understand your invoice',
    summary: 'Why the amount changed, where the tax comes from, and how to have an invoice corrected.',
    updated: '5 November 2026',
    next: ['seats-and-roles', 'export-data'],
    solves: 650,
    body: `
<p>You get one invoice a month, on the day of the month your plan began. It goes to the billing address by e-mail and
stays available under <strong>Account → Invoices</strong> in Dayloom for ten years.</p>
<h2>The lines</h2>
<ul>
  <li><strong>Plan</strong>: the month ahead, at the price of the plan you are on today.</li>
  <li><strong>Part months</strong>: if you changed plan during the last month, the difference for the days that were left,
    to the day. Moving down gives you a credit in the same line.</li>
  <li><strong>Text messages</strong>: the month behind, if you use them. E-mail is always included.</li>
</ul>
<h2>Why the amount changed</h2>
<p>In most cases the plan was changed, and the line “Part months” says on which day. Adding people does not change the
amount, as long as they fit the seats of your plan; Dayloom never moves you to a larger plan by itself. The other
frequent reason is a month with many text messages.</p>
<h2>Tax</h2>
<p>Organisations in the European Union with a valid VAT number are invoiced without tax and account for it themselves.
The number has to be on file on the day of the invoice. If you added it later, ask us and we issue the invoice again.</p>
<h2>Correct an invoice</h2>
<p>Name, address and reference can be changed for the last three months: open the invoice and press
<strong>Change details</strong>. For anything else, <a href="#/contact?topic=billing">write to us</a> with the number of the
invoice. We answer billing questions within one working day.</p>
<h2>Pay later or stop</h2>
<p>If money is short this month, tell us before the due date and we find a date that works. You can leave at any time;
<a href="#/article/export-data">take your data with you</a> first.</p>`,
  },
  {
    id: 'change-plan',
    topic: 'billing',
    title: 'Change or cancel your plan',
    summary: 'Move up, move down or leave: what happens on that day, what it costs, and what you keep.',
    updated: '13 November 2026',
    next: ['read-invoice', 'seats-and-roles', 'export-data'],
    solves: 770,
    body: `
<p>There is no minimum period on any plan, and no one you have to call. An owner can change the plan under
<a href="#/plan-change">Change plan</a> at any time.</p>
<h2>Move up</h2>
<p>The new seats and functions are there at once. You pay the difference for the days that are left in your month, on the next
invoice. People who were waiting for a seat get one in the order in which they were added, and you are shown who.</p>
<h2>Move down</h2>
<p>The people who can be planned have to fit the smaller plan first. The page says how many are too many;
archive those who have left. Functions you lose are switched off, not deleted: several locations become one
list, and are back as they were if you move up again.</p>
<h2>Cancel</h2>
<p>Choose <strong>Strand</strong>, the free plan, if a handful of people is enough. To leave altogether, press
<strong>Close the account</strong> at the end of the same page. We ask one question about the reason, and you may leave it empty.</p>
<ul>
  <li>You can use everything until the end of the month you have paid for.</li>
  <li>Published rosters stay readable for your people until then.</li>
  <li>After that the account is closed, and deleted 30 days later. During the 30 days you can undo it.</li>
</ul>
<p><a href="#/article/export-data">Take your data with you</a> before the last day; it is one file and needs no help from us.</p>
<h2>Seasonal work</h2>
<p>Some organisations are on Tapestry in summer and on Weave in winter. That is what the plans are for. Nothing is lost by
moving, and there is no fee for it.</p>`,
  },
];

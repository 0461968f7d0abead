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
stays available under <strong>Account → Invoices</strong> for ten years.</p>
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
];

export const access = [
  {
    id: 'sign-in-trouble',
    topic: 'access',
    title: 'When you cannot sign in',
    summary: 'No mail with the link, a link that is too old, a new phone: the usual reasons, quickest first.',
    updated: '15 November 2026',
    next: ['two-step', 'messages', 'invite-planners'],
    solves: 680,
    body: `
<p>You sign in with your e-mail address and a link we send to it. There is no password to forget, and so the trouble is
nearly always the mail or the device.</p>
<h2>The mail does not come</h2>
<ol>
  <li>Wait two minutes. Some mail systems hold back the first message from a new sender.</li>
  <li>Look in the junk folder, and in the folder for “updates” or “notifications” if you have one.</li>
  <li>Check the address in the sign-in field, letter by letter. For safety we say “sent” even if we do not know the address.</li>
  <li>Ask a planner which address is on your page. It may be an old one.</li>
</ol>
<h2>The link says it is too old</h2>
<p>A link works once and for fifteen minutes. If you asked several times, only the newest one works. Some mail programs
open links to check them and use them up that way; then choose <strong>Send a code instead</strong> and type six digits.</p>
<h2>It asks for a second step you no longer have</h2>
<p>Use one of the ten recovery codes you were given. If they are gone too, an owner of your organisation can switch the second
step off for you under <strong>People → you → Sign-in</strong>. They should see you or hear your voice before they do.</p>
<h2>You are the only owner</h2>
<p>Then nobody in your organisation can help, and we have to make sure who is asking. <a href="#/contact?topic=access">Write to
us</a> from the billing address. It takes several days, on purpose: the same door must stay shut to somebody who
only says they are you.</p>
<h2>Somebody else may have signed in</h2>
<p>Under <strong>My profile → Devices</strong> you see where you are signed in. Press <strong>Sign out everywhere</strong> and tell us. We answer
this before anything else.</p>`,
  },
  {
    id: 'two-step',
    topic: 'access',
    title: 'Turn on two-step sign-in',
    summary: 'A second key for owners and planners, how to set it up in three minutes, and what to keep for a bad day.',
    updated: '22 October 2026',
    next: ['sign-in-trouble', 'invite-planners', 'delete-data'],
    solves: 780,
    body: `
<p>A roster holds names, phone numbers and who is at home when. For owners and planners we recommend a second step. For
people who only read their own shifts it is up to them.</p>
<h2>Choose the second step</h2>
<ul>
  <li><strong>Passkey</strong>: the fingerprint, face or code with which you open your phone or computer. The simplest and the safest.</li>
  <li><strong>App with codes</strong>: six digits that change every thirty seconds. Works without a network.</li>
</ul>
<p>Text messages are not offered. Numbers can be taken over, and the message costs you money.</p>
<h2>Set it up</h2>
<ol>
  <li>Open <strong>My profile → Sign-in → Add second step</strong>.</li>
  <li>Follow your device. For an app, point it at the square on the screen.</li>
  <li>Print or save the ten recovery codes. Each works once.</li>
</ol>
<p>Keep the codes where you keep the key to the building, not in the inbox the link is sent to.</p>
<h2>Ask it of everybody</h2>
<p>Owners can require it for planners under <strong>Account → Sign-in rules</strong>. Everyone gets fourteen days, with a reminder on the
first and the tenth. After that, planning waits until the second step is set up; reading one's own shifts never does.</p>
<h2>A new phone</h2>
<p>Add the new device before you give the old one away. If it is too late for that, see
<a href="#/article/sign-in-trouble">When you cannot sign in</a>.</p>`,
  },
];

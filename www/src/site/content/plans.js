export const plans = [
  {
    id: 'strand',
    name: 'Strand',
    price: 0,
    seats: 5,
    forWhom: 'A club or a team that wants one plan everybody can read.',
    points: ['5 seats', '1 roster', 'Shift swaps', 'Personal calendars', 'Full data export'],
  },
  {
    id: 'weave',
    name: 'Weave',
    price: 24,
    seats: 10,
    forWhom: 'A library, a practice or a shop with regular hours.',
    points: ['10 seats', 'Any number of rosters', 'Rest-time checks', 'Confirmed hours for payroll', 'Text messages, at cost'],
  },
  {
    id: 'tapestry',
    name: 'Tapestry',
    price: 59,
    seats: 40,
    forWhom: 'Several places that share people and need to see across.',
    points: ['40 seats', 'Everything in Weave', 'Several locations', 'Planner roles per place', 'One view of all places'],
  },
];

/** The plan the invented organisation is on. */
export const currentPlan = 'weave';
export const planById = (id) => plans.find((plan) => plan.id === id);
export const priceOf = (plan) => (plan.price === 0 ? 'Free' : `€${plan.price}`);

/** Basis of preparation: what was done, in a sentence each, with the clause it follows. Printed on page and PDF alike. */

export interface MethodNote {
  title: string
  text: string
  clause: string
}

export const methodNotes = (methodVersion: string): MethodNote[] => [
  {
    title: 'Perimeter',
    text: 'The AI compute perimeter: the electricity of machine-learning workloads. It is a contribution to the undertaking’s statement and not the statement of the undertaking.',
    clause: 'ESRS E1 AR 39(b), AR 46(i)',
  },
  {
    title: 'Scope of a workload',
    text: 'Decided by who controls the machine. Owned data centres and colocation under own control: Scope 2. Colocation under the landlord’s control: Scope 3 category 8. Public cloud and model APIs: Scope 3 category 1, or 8 by the organisation’s choice, sub-line cloud computing and data centre services. Models that run on customers’ equipment: category 11 where the organisation counts them, else shown apart.',
    clause: 'GHG Protocol Scope 2 Guidance; Scope 3 Standard; ESRS E1 AR 51',
  },
  {
    title: 'Energy',
    text: 'Counters by difference with resets recognised, power by the trapezoid rule split at hour boundaries, deltas spread evenly over their interval; rounded half-even once, to whole microwatt-hours an hour.',
    clause: 'METHOD §1',
  },
  {
    title: 'Overhead, once',
    text: 'Facility energy = IT energy × PUE of the hour. Energy that was metered at the facility boundary, or sent with its overhead, is not multiplied again.',
    clause: 'ISO/IEC 30134-2; METHOD §2',
  },
  {
    title: 'Location-based emissions',
    text: 'Emissions = Σ over hours of facility energy × direct grid intensity of the same hour and zone; rounded half-even once, to whole milligrams an hour. Certificates and contracts have no part in it.',
    clause: 'GHG Protocol Scope 2 Guidance §6.5; METHOD §3',
  },
  {
    title: 'Market-based emissions',
    text: 'Supplier’s rate where one is recorded, else the residual mix of the market, else the grid average, flagged. Instruments that meet the eight quality criteria then take what they cover, at their own rate, off the months of their vintage, shared to workloads by energy. Nothing nets below zero, and no instrument touches the location-based figure or Scopes 1 and 3.',
    clause: 'GHG Protocol Scope 2 Guidance ch. 6–7; ESRS E1 AR 45(d); METHOD §3.1',
  },
  {
    title: 'Upstream and losses',
    text: 'Category 3b: facility energy × well-to-tank of the fuels burnt. Category 3c: facility energy × intensity × loss ÷ (1 − loss). Of electricity that somebody else buys, both stand in the category of that electricity. Unknown where no factor is published, and inside a life-cycle average already.',
    clause: 'GHG Protocol Scope 3 Standard, category 3; METHOD §7',
  },
  {
    title: 'Hardware, two views',
    text: 'Inventory: category 2 books the cradle-to-gate footprint whole in the year of purchase. Management: the same value spread by hours over the life, carried by workloads or idle. The bridge leads from one to the other; they are never summed.',
    clause: 'GHG Protocol Scope 3 Standard, category 2; ISO/IEC 21031; METHOD §4',
  },
  {
    title: 'Fuels, purchases, waste',
    text: 'Quantity × factor of the activity’s own set of warming potentials; a supplier’s stated total as it is stated. An activity across the turn of a year is split by days. Biogenic CO₂ is told apart and in no row.',
    clause: 'ESRS E1 AR 43(c), AR 46(j); METHOD §7',
  },
  {
    title: 'Intervals',
    text: '95\u202f% intervals by propagation: what rests on one meter, one overhead, one grid or one product footprint errs together and is added linearly, the rest in quadrature; lognormal beyond ±30\u202f%. Half-widths by tier are the organisation’s or the method’s.',
    clause: 'IPCC 2006 vol. 1 ch. 3; METHOD §9',
  },
  {
    title: 'Choice of grid intensity',
    text: 'In order: declared by the sender (tier 4); hourly, measured (1) or estimated (2); typical hour of the month, scaled to the year (3); annual average of the zone (4) or country (5). A life-cycle average is a screening figure: shown apart and kept out of Scope 2 until an analyst accepts it for a zone and year with a note.',
    clause: 'METHOD §3; Scope 2 Guidance, location-based hierarchy',
  },
  {
    title: 'Scope 3 lines',
    text: 'The electricity of the purchased or sold service, location-based, with the provider’s overhead where it is published; suppliers’ statements beside it. A provider’s hardware, networks and staff are in no line unless a statement holds them.',
    clause: 'ESRS E1 AR 46(h), AR 51',
  },
  {
    title: 'Gaps',
    text: 'A pause in power readings of up to three hours takes the mean of the hour beside it (tier 3). A longer one, an unknown zone or a missing intensity is a gap: no figure, counted by reason, and never a zero.',
    clause: 'METHOD §1.1',
  },
  {
    title: 'Shared and unclaimed energy',
    text: 'Energy of a site’s IT meter that no workload claims is booked as unallocated, so that workloads and remainder add up to the meter.',
    clause: 'METHOD §1.5, §5',
  },
  {
    title: 'Gases and warming potentials',
    text: 'CO₂e over 100 years as each source publishes it; the factor register names the gases. ESRS asks for the latest IPCC set (AR6), which activities use unless the organisation chose another. Sources that weight with AR4 or AR5, or count CO₂ alone, change electricity by less than 0.5\u202f%.',
    clause: 'ESRS E1 AR 39(d); METHOD §3',
  },
  {
    title: 'Rounding',
    text: 'Everything is added as integers (microwatt-hours, milligrams) and rounded half-even where it is printed: whole tonnes from 100 t, one decimal from 10 t, else two. Tables may not add due to rounding; the exact kilograms stand in the appendix.',
    clause: 'METHOD §10',
  },
  {
    title: 'Calendar',
    text: 'Periods are UTC calendar years, half-open: an hour belongs to the year in which it starts.',
    clause: 'METHOD §3',
  },
  {
    title: 'Corrections',
    text: 'Entries are provisional until 48 hours after their day, then append-only: a later result is a new revision, and the former one is kept.',
    clause: 'ESRS 2 BP-2',
  },
  {
    title: 'Method version',
    text: `Formulas ${methodVersion}. Every ledger line carries the version it was made with.`,
    clause: 'ESRS E1 AR 39(b)',
  },
]

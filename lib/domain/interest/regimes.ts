import type { CompensationScale, Regime, RegimeId } from './regime.ts';

const FORTY_EUROS: CompensationScale = {
  currency: 'EUR',
  tiers: [{ fromMinor: 0, amountMinor: 4_000 }],
  besideContractRate: true,
};

/** "Not exceeding" in the Irish schedule, so a tier begins a cent above the round amount. */
const IRISH_SCALE: CompensationScale = {
  currency: 'EUR',
  tiers: [
    { fromMinor: 0, amountMinor: 4_000 },
    { fromMinor: 100_001, amountMinor: 7_000 },
    { fromMinor: 1_000_001, amountMinor: 10_000 },
  ],
  besideContractRate: true,
};

/** "Less than" in section 5A, so a tier begins at the round amount. The statute stands back where the contract has a remedy of its own (section 8). */
const BRITISH_SCALE: CompensationScale = {
  currency: 'GBP',
  tiers: [
    { fromMinor: 0, amountMinor: 4_000 },
    { fromMinor: 100_000, amountMinor: 7_000 },
    { fromMinor: 1_000_000, amountMinor: 10_000 },
  ],
  besideContractRate: false,
};

/** What most of the laws that transpose the Directive have in common. */
const BY_DIRECTIVE = {
  validUntil: null,
  reference: 'ecb',
  marginBps: 800,
  rateSelection: 'per-half-year',
  accruesAfter: 'due-date',
  dayBase: 365,
  compensation: FORTY_EUROS,
} as const;

const DIRECTIVE = 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A32011L0007';
const LEAP_YEARS = 'days are counted over 365 in leap years too';

/** L441-10 took over what L441-6 said when the title was rewritten (ordonnance 2019-359); both have the same rate and floor. */
const FRENCH_BUSINESS = {
  ...BY_DIRECTIVE,
  marginBps: 1_000,
  contractFloor: { reference: 'fr-legal-others', times: 3 },
} as const;

const GERMAN_SOURCE =
  'https://raw.githubusercontent.com/Klotzkette/claude-fuer-deutsches-recht/main/forderungsmanagement-klagewerkstatt/skills/faellige-zahlen-schwellen/SKILL.md';

const GERMAN = { ...BY_DIRECTIVE, reference: 'bundesbank' } as const;

/**
 * The regimes that ship. They are data, and no legal advice: each version says where it comes from and what is not verified. When a law changes, the version that ends gets
 * its last day and the next one is added behind it.
 */
export const REGIMES: Readonly<Record<RegimeId, Regime>> = {
  'fr-business': {
    regimeId: 'fr-business',
    versions: [
      {
        ...FRENCH_BUSINESS,
        validFrom: '2013-01-01',
        validUntil: '2019-04-25',
        citation: 'C. com. art. L441-6',
        sources: ['https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000026453427'],
        unverified: ['the day on which L441-10 followed L441-6', LEAP_YEARS],
      },
      {
        ...FRENCH_BUSINESS,
        validFrom: '2019-04-26',
        // Légifrance has it repealed from 1 January 2027; what follows is not known yet.
        validUntil: '2026-12-31',
        citation: 'C. com. art. L441-10, D441-5',
        sources: ['https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000038414392'],
        unverified: [
          'what follows L441-10 on 1 January 2027',
          'that the floor of a clause follows each half-year',
          LEAP_YEARS,
        ],
      },
    ],
  },
  'fr-consumer': {
    regimeId: 'fr-consumer',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2016-10-01',
        reference: 'fr-legal-others',
        marginBps: 0,
        accruesAfter: 'receipt-of-formal-notice',
        compensation: null,
        citation: 'C. civ. art. 1231-6, 1344-1',
        sources: ['DGCCRF, fiche of 2025-10-24'],
        unverified: ['that a clause of the contract runs from the receipt of the formal notice too', LEAP_YEARS],
      },
    ],
  },
  'fr-public': {
    regimeId: 'fr-public',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2013-05-01',
        // R2192-31: the rate of the half-year in which the interest began to run, for the whole of the delay.
        rateSelection: 'fixed-at-start',
        citation: 'CCP art. L2192-13, R2192-31, D2192-35',
        sources: ['https://www.code-commande-publique.com/article-r2192-31/'],
        unverified: ['the day of the earlier decree 2013-269', LEAP_YEARS],
      },
    ],
  },
  'eu-default': {
    regimeId: 'eu-default',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2013-03-16',
        citation: 'Directive 2011/7/EU art. 2, 3, 4, 6',
        sources: [DIRECTIVE],
        unverified: ['national laws that give more than the least the Directive asks for'],
      },
    ],
  },
  'uk-business': {
    regimeId: 'uk-business',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2002-08-07',
        reference: 'boe',
        rateSelection: 'fixed-at-start',
        compensation: BRITISH_SCALE,
        citation: 'Late Payment of Commercial Debts (Interest) Act 1998; SI 2002/1675 art. 4',
        sources: [
          'https://www.legislation.gov.uk/ukpga/1998/20',
          'https://www.legislation.gov.uk/uksi/2002/1675',
          'https://www.gov.uk/late-commercial-payments-interest-debt-recovery',
        ],
        unverified: ['that the debt of section 5A is what was owed on the first late day'],
      },
    ],
  },
  'de-business': {
    regimeId: 'de-business',
    versions: [
      {
        ...GERMAN,
        validFrom: '2014-07-29',
        marginBps: 900,
        citation: '§ 288 Abs. 2 und 5 BGB',
        sources: [GERMAN_SOURCE],
        unverified: [LEAP_YEARS],
      },
    ],
  },
  'de-consumer': {
    regimeId: 'de-consumer',
    versions: [
      {
        ...GERMAN,
        validFrom: '2002-01-01',
        marginBps: 500,
        compensation: null,
        citation: '§ 288 Abs. 1 BGB',
        sources: [GERMAN_SOURCE],
        unverified: [
          'that a due date on the invoice puts a consumer in default without notice (§ 286 BGB)',
          LEAP_YEARS,
        ],
      },
    ],
  },
  'be-business': {
    regimeId: 'be-business',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2013-03-16',
        roundsUpToBps: 50,
        citation: 'Loi du 2 août 2002 art. 5, 6',
        sources: [
          'https://eubelius.com/fr/nouvelles/le-taux-dinteret-en-cas-de-retard-de-paiement-dans-les-transactions-commerciales',
        ],
        unverified: [
          'the 40 euros',
          'that a clause is void against a public body, which always owes the rate of the law',
          LEAP_YEARS,
        ],
      },
    ],
  },
  'es-business': {
    regimeId: 'es-business',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2013-02-24',
        citation: 'Ley 3/2004 art. 7, 8',
        sources: [
          'https://dig.es/medidas-contra-la-morosidad',
          'https://afirmajuridico.com/morosidad-en-operaciones-comerciales-compensacion-de-40-euros-por-impago-interes-de-demora/',
        ],
        unverified: ['that the last operation before a half-year always has the rate of its first day', LEAP_YEARS],
      },
    ],
  },
  'it-business': {
    regimeId: 'it-business',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2013-01-01',
        citation: 'D.Lgs. 231/2002 art. 2, 5, 6',
        sources: ['https://www.calcolaprecetti.it'],
        unverified: [LEAP_YEARS],
      },
    ],
  },
  'ie-business': {
    regimeId: 'ie-business',
    versions: [
      {
        ...BY_DIRECTIVE,
        validFrom: '2013-03-16',
        rateSelection: 'fixed-at-start',
        compensation: IRISH_SCALE,
        citation: 'S.I. No. 580/2012 reg. 4, 9 and Schedule',
        sources: [
          'https://gov.ie/ga/seirbhis/ea821-rights-and-obligations-arising-under-contract-law-including-late-payment-interests',
          'https://enterprise.gov.ie/en/what-we-do/supports-for-smes/late-payments/compensation-for-recovery-costs-/',
        ],
        unverified: ['whether the one rate is that of the due date or of the day after it'],
      },
    ],
  },
};

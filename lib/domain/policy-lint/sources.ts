/** "10 conseils pour une relance efficace de vos impayés". */
export const TEN_TIPS = '"10 conseils pour une relance efficace de vos impayés"';

/** Philippe Bernis in Le Journal du Recouvrement, 8 December 2016. */
export const BERNIS = 'Le Journal du Recouvrement, "Relances clients : un peu de méthodologie s\'impose !"';

/** The core of the practice: phases, levels, payer profiles. */
export const ETREPAYE = 'etrepaye.fr "Recouvrement de factures"';

/** The last level, up to the formal notice. */
export const ETREPAYE_LEVEL_3 = 'etrepaye.fr "Recouvrement amiable niveau 3"';

/** The preventive contact as a check of one's own service. */
export const RELANCE_PREVENTIVE = 'relanceclient.fr "La relance préventive"';

/** Contents, form and usual time of a formal notice. */
export const ARIANE = 'ariane-contentieux.fr "Quand et comment envoyer une mise en demeure de payer"';

/** Who is contacted when, and how often, by default; to be checked by finance and a lawyer. */
export const PROPOSAL = 'PROPOSAL, docs/policy.md';

/** What the rest of the product relies on. */
export const FORMAT = 'the format of policies, lib/domain/policy.ts';

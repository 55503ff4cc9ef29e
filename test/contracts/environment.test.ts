import { describe, expect, it } from 'vitest';
import { AssignCallEnvironmentSchema, PlanNextStepEnvironmentSchema } from '../../lib/contracts/environment.ts';

const planning = {
  LEDGER_TABLE: 'ledger',
  HISTORY_TABLE: 'history',
  CREDITOR_TIME_ZONE: 'Europe/Paris',
  CREDITOR_COUNTRY: 'FR',
  SEND_TIMEOUT_MINUTES: '10',
  CREDITOR_DOMAINS: 'lumen.example,lumen.fr',
  TASK_OWNER: 'credit@lumen.example',
};

const creditor = {
  CREDITOR_NAME: 'Atelier Lumen',
  CREDITOR_PHONE_DISPLAY: '+33 1 99 00 12 34',
  CREDITOR_IBAN: 'FR7630006000011234567890189',
  CREDITOR_BIC: 'AGRIFRPP',
  CREDITOR_LEGAL_NOTICE: 'SAS au capital de 20 000 €',
  CREDITOR_PRIVACY_URL: '',
  CREDITOR_ADDRESS: '8 rue de l’Exemple\n75000 Paris',
  SIGNATORY_NAME: 'Camille Exemple',
  SIGNATORY_TITLE: 'Responsable du recouvrement',
  REPLY_TO_ADDRESS: 'accounts@lumen.example',
};

describe('the environment', () => {
  it('of planning lists the domains of the creditor’s own people', () => {
    expect(PlanNextStepEnvironmentSchema.parse(planning)).toMatchObject({
      SEND_TIMEOUT_MINUTES: 10,
      CREDITOR_DOMAINS: ['lumen.example', 'lumen.fr'],
    });
  });

  it('of what words a notice has the letterhead line by line, and no privacy page where there is none', () => {
    expect(AssignCallEnvironmentSchema.parse({ ...planning, ...creditor })).toMatchObject({
      CREDITOR_ADDRESS: ['8 rue de l’Exemple', '75000 Paris'],
      CREDITOR_PRIVACY_URL: '',
    });
  });

  it.each(Object.keys(planning))('without %s is refused', (name) => {
    const { [name as keyof typeof planning]: _, ...rest } = planning;
    expect(PlanNextStepEnvironmentSchema.safeParse(rest).success).toBe(false);
  });
});

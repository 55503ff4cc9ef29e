import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Configuration } from '../../../lib/infra/configuration.ts';
import { RelanceStack } from '../../../lib/infra/relance-stack.ts';
import { placeholderBundles } from './placeholder-bundles.ts';

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../cdk.json'), 'utf8'));

/** An installation of a company that does not exist. */
export function aConfiguration(changes: Partial<Configuration> = {}): Configuration {
  return {
    stage: 'test',
    region: 'eu-west-1',
    busName: 'relance',
    creditor: {
      name: 'Atelier Lumen',
      timeZone: 'Europe/Paris',
      currency: 'EUR',
      phone: '+33199001234',
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      senderAddress: 'dunning@lumen.example',
      replyToAddress: 'accounts@lumen.example',
      smsSenderId: 'LUMEN',
      legalNotice: 'Atelier Lumen, SAS au capital de 20 000 €, 8 rue de l’Exemple, 75000 Paris, RCS Paris 123 456 789',
      addressLines: ['8 rue de l’Exemple', '75000 Paris'],
      signatory: { name: 'Camille Exemple', title: 'Responsable du recouvrement' },
    },
    financeCallbackUrl: 'https://console.lumen.example/',
    logRetentionDays: 30,
    sendTimeoutMinutes: 10,
    ...changes,
  };
}

/**
 * An installation on empty bundles, not synthesized yet.
 *
 * @param validates whether the CDK checks the template against CloudFormation's schemas: two seconds, so one test does
 */
export function anInstallation(
  configuration: Configuration = aConfiguration(),
  validates = false,
): { app: App; stack: RelanceStack } {
  const app = new App({ context, analyticsReporting: false, builtinCloudFormationValidation: validates });
  const stack = new RelanceStack(app, `relance-${configuration.stage}`, {
    configuration,
    bundleFolder: placeholderBundles(),
  });
  return { app, stack };
}

/** A template whose resources a test looks up by type. */
export interface SynthesizedTemplate {
  readonly template: Template;
  /** The properties of every resource of a type, by logical id. */
  // biome-ignore lint/suspicious/noExplicitAny: a template is read as the loose JSON it is
  propertiesOf(type: string): Record<string, any>;
  /** The logical id of the one resource of a type whose id holds a name. */
  logicalId(type: string, name: string): string;
}

/** The template of an installation; synthesize it once per test file. */
export function theTemplate(configuration?: Configuration): SynthesizedTemplate {
  const template = Template.fromStack(anInstallation(configuration).stack);
  return {
    template,
    propertiesOf(type) {
      const resources = Object.entries(template.findResources(type));
      return Object.fromEntries(resources.map(([logicalId, { Properties }]) => [logicalId, Properties]));
    },
    logicalId(type, name) {
      const [id, ...others] = Object.keys(template.findResources(type)).filter((candidate) => candidate.includes(name));
      if (id === undefined || others.length > 0) throw new Error(`Not one ${type} of ${name}: ${[id, ...others]}`);
      return id;
    },
  };
}

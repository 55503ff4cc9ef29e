import type Handlebars from 'handlebars';
import * as runtimeModule from 'handlebars/runtime.js';
import { ContractError } from '../domain/errors.ts';
import type { NamedTemplates, PrecompiledTemplate } from './notice-templates.ts';

// The runtime is CommonJS and its typings declare nothing; it exports the part of Handlebars that renders precompiled
// templates.
const runtime = (runtimeModule as unknown as { default: Pick<typeof Handlebars, 'template'> }).default;

/**
 * Fills a precompiled template with its variables.
 *
 * @param partials what the template and its partials may put in, by name
 * @throws Error of Handlebars when the template names a variable that the view does not have
 */
export function fillTemplate(template: PrecompiledTemplate, view: object, partials: NamedTemplates = {}): string {
  const ready = Object.entries(partials).map(([name, partial]) => [name, rendererOf(partial)]);
  return rendererOf(template)(view, { partials: Object.fromEntries(ready) });
}

/** Fills a template of plain text: never more than one empty line, none at its ends, and a line break at the end. */
export function filledText(template: PrecompiledTemplate, view: object, partials: NamedTemplates = {}): string {
  const text = fillTemplate(template, view, partials).replace(/\n{3,}/g, '\n\n');
  return `${text.trim()}\n`;
}

/**
 * The template of this name.
 *
 * @throws ContractError when there is none: the policies are checked against the templates at build time, so the two
 *   are not of one build
 */
export function templateNamed<Template>(templates: Readonly<Record<string, Template>>, name: string): Template {
  const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
  if (template !== undefined) return template;
  throw new ContractError(`no template "${name}" for this channel; there are: ${Object.keys(templates).join(', ')}`);
}

/** What the runtime made of a template already: partials are shared by every message. */
const RENDERERS = new WeakMap<PrecompiledTemplate, HandlebarsTemplateDelegate>();

function rendererOf(template: PrecompiledTemplate): HandlebarsTemplateDelegate {
  const ready = RENDERERS.get(template) ?? runtime.template(template as Parameters<typeof runtime.template>[0]);
  RENDERERS.set(template, ready);
  return ready;
}

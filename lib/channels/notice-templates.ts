import type { Language } from '../domain/customer.ts';

/** A template as Handlebars precompiled it at build time: opaque, to be given to its runtime. */
export type PrecompiledTemplate = object;

/** Precompiled templates by name. */
export type NamedTemplates = Readonly<Record<string, PrecompiledTemplate>>;

/**
 * The three parts of an email template. Only `html` escapes its variables; it is the content that the layout goes
 * around.
 */
interface EmailTemplate {
  readonly subject: PrecompiledTemplate;
  readonly html: PrecompiledTemplate;
  readonly text: PrecompiledTemplate;
}

/** The email templates of one language, and the partials they share. */
interface EmailLanguage {
  readonly templates: Readonly<Record<string, EmailTemplate>>;
  readonly htmlPartials: NamedTemplates;
  readonly textPartials: NamedTemplates;
}

/**
 * Every email template, and the HTML around all of them. What is shared is kept once, so that no function carries it
 * thirty times.
 */
export interface EmailTemplates {
  readonly layout: PrecompiledTemplate;
  readonly languages: Readonly<Record<Language, EmailLanguage>>;
}

/** Every SMS template by language and name. */
export type SmsTemplates = Readonly<Record<Language, NamedTemplates>>;

/** The call scripts of one language, and the partials they share. */
interface CallLanguage {
  readonly templates: NamedTemplates;
  readonly partials: NamedTemplates;
}

/** Every call script by language and name. */
export type CallTemplates = Readonly<Record<Language, CallLanguage>>;

/** Every letter by language and name; ordinary and registered letters share them. */
export type LetterTemplates = Readonly<Record<Language, NamedTemplates>>;

import mjml2html from 'mjml';
import { SourceError } from './source-error.ts';
import type { TemplateSource } from './template-sources.ts';

const PARTIAL_LINE = /^ *\{\{> *([a-z-]+) *\}\} *$/gm;

/** The line of the layout that the content of an email takes the place of. */
const CONTENT_LINE = /^ *\{\{> *content *\}\} *$/m;

/**
 * Turns the layout into HTML, in which Handlebars puts the content.
 *
 * @throws SourceError when MJML refuses it, or it has no line `{{> content}}`
 */
export async function layoutHtml(layout: TemplateSource): Promise<string> {
  return withPartials(await htmlOf(layout, 0, parted(layout.text)));
}

/**
 * Turns a piece of MJML, made of components of a column, into the HTML that it becomes inside the layout. Its partials
 * stay partials of Handlebars.
 *
 * @throws SourceError when MJML refuses it, with the line it was written on
 */
export async function fragmentHtml(layout: TemplateSource, fragment: TemplateSource): Promise<string> {
  const [before = '', after] = layout.text.split(CONTENT_LINE);
  if (after === undefined) {
    const cure = 'put it on a line of its own where the message goes';
    throw new SourceError([{ file: layout.file, problem: 'has no line {{> content}}', cure }]);
  }
  const document = `${before}${mark('start')}\n${parted(fragment.text)}\n${mark('end')}${after}`;
  const html = await htmlOf(fragment, before.split('\n').length, document);
  const [, inside] = /@@start@@(.*)@@end@@/s.exec(html) ?? [];
  if (inside === undefined) {
    const cure = 'close every tag, and use components of a column only (mj-text, mj-table, mj-button…)';
    throw new SourceError([{ file: fragment.file, problem: 'MJML lost a part of it', cure }]);
  }
  return withPartials(inside);
}

function parted(mjml: string): string {
  return mjml.replace(PARTIAL_LINE, (_line, name: string) => mark(name));
}

/** A component that MJML passes through as it is. */
function mark(name: string): string {
  return `<mj-raw>@@${name}@@</mj-raw>`;
}

function withPartials(html: string): string {
  return html.replace(/@@([a-z-]+)@@/g, '{{> $1}}');
}

async function htmlOf(source: TemplateSource, linesBefore: number, document: string): Promise<string> {
  const strayed = document.split('\n').findIndex((line) => line.includes('{{>'));
  if (strayed >= 0) {
    const fault = { file: source.file, line: strayed + 1 - linesBefore, problem: 'a partial shares its line' };
    throw new SourceError([{ ...fault, cure: 'put it on a line of its own, between components of a column' }]);
  }
  try {
    // CSS is left as it is: minifying it needs one more library and saves little.
    const options = { validationLevel: 'strict', keepComments: false, minify: true } as const;
    const { html } = await mjml2html(document, { ...options, minifyOptions: { minifyCss: false } });
    return html;
  } catch (error) {
    if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) throw error;
    throw new SourceError(
      error.errors.map(({ line, message }: { line: number; message: string }) => ({
        file: source.file,
        line: line - linesBefore,
        problem: message,
        cure: 'use MJML as documented at https://documentation.mjml.io',
      })),
    );
  }
}

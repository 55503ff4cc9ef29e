/** A fault in a source file of the build: where it is, what is wrong, and what to do about it. `line` counts from 1. */
export interface SourceFault {
  readonly file: string;
  readonly line?: number | undefined;
  readonly problem: string;
  /** An imperative sentence. */
  readonly cure: string;
}

/** Faults in source files of the build, all that were found, one per paragraph of the message. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  constructor(faults: readonly SourceFault[]) {
    super(faults.map(told).join('\n'));
  }
}

function told({ file, line, problem, cure }: SourceFault): string {
  return `${line === undefined ? file : `${file}:${line}`}: ${problem}\n  cure: ${cure}`;
}

import { randomUUID } from 'node:crypto';
import { AwsError } from './service.ts';

/** One version of a secret. */
export interface SecretVersion {
  readonly versionId: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly createdAtMillis: number;
  /** Labels such as `AWSCURRENT`; none means the version is deprecated. */
  readonly stages: readonly string[];
}

/** A secret with all its versions. */
export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly versions: readonly SecretVersion[];
}

/**
 * The secrets of the stack with the staging labels of Secrets Manager: a new version becomes `AWSCURRENT` and the one
 * before it `AWSPREVIOUS`, which is what rotation rests on.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_version
 */
export class Secrets {
  readonly #secrets = new Map<string, Secret>();
  readonly #now: () => number;

  /** @param now virtual epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Creates a secret with its first version. */
  add(secret: { readonly arn: string; readonly name: string; readonly text: string }): void {
    const { arn, name, text } = secret;
    this.#secrets.set(arn, { arn, name, versions: [] });
    this.put(arn, text);
  }

  /** The text that is current. @throws AwsError when there is no such secret */
  currentText(nameOrArn: string): string {
    return this.version(nameOrArn, {}).text;
  }

  /** Finds a secret by its name, its ARN, or its ARN without the six letters AWS appends. @throws AwsError */
  find(nameOrArn: string): Secret {
    for (const secret of this.#secrets.values()) {
      if ([secret.name, secret.arn, secret.arn.replace(/-[A-Za-z0-9]{6}$/, '')].includes(nameOrArn)) return secret;
    }
    throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  /** The version with an id or a label; `AWSCURRENT` when neither is given. @throws AwsError when there is none */
  version(nameOrArn: string, wanted: { readonly versionId?: string; readonly stage?: string }): SecretVersion {
    const { versionId, stage = versionId === undefined ? CURRENT : undefined } = wanted;
    const found = this.find(nameOrArn).versions.find(
      (version) =>
        (versionId === undefined || version.versionId === versionId) &&
        (stage === undefined || version.stages.includes(stage)),
    );
    if (found) return found;
    const what = versionId === undefined ? `staging label: ${stage}` : `VersionId: ${versionId}`;
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${what}`,
    );
  }

  /**
   * Adds a version and moves the labels. The same version id with the same text does nothing.
   * @throws AwsError `ResourceExistsException` for the same id with another text
   */
  put(nameOrArn: string, text: string, versionId: string = randomUUID()): SecretVersion {
    const secret = this.find(nameOrArn);
    const same = secret.versions.find((version) => version.versionId === versionId);
    if (same?.text === text) return same;
    if (same) {
      const inUse = `because that value is already in use for a version of secret ${secret.arn}.`;
      throw new AwsError('ResourceExistsException', `You can't use ClientRequestToken ${versionId} ${inUse}`);
    }
    const added = { versionId, text, createdAtMillis: this.#now(), stages: [CURRENT] };
    const older = secret.versions.map((version) => ({
      ...version,
      stages: version.stages.includes(CURRENT) ? [PREVIOUS] : [],
    }));
    this.#secrets.set(secret.arn, { ...secret, versions: [...older, added] });
    return added;
  }
}

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/**
 * What a synthesized stack asks to be run, every name and ARN resolved: the whole input of the local system.
 * Numbers carry the unit of their CloudFormation property; absent optional properties hold AWS's default.
 */
export interface Deployment {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly functions: readonly DeployedFunction[];
  readonly tables: readonly DeployedTable[];
  readonly streamConsumers: readonly DeployedStreamConsumer[];
  readonly busNames: readonly string[];
  readonly rules: readonly DeployedRule[];
  readonly api: DeployedHttpApi | undefined;
  readonly identity: DeployedIdentity;
  readonly stateMachines: readonly DeployedStateMachine[];
  readonly queues: readonly DeployedQueue[];
  readonly secrets: readonly DeployedSecret[];
  readonly configurationSets: readonly DeployedConfigurationSet[];
  readonly bucketNames: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/** A Lambda function and the folder its bundle lies in. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  /** `<file>.<export>`, e.g. `index.handler`. */
  readonly handler: string;
  readonly assetFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** What becomes of an event invoked asynchronously when the function fails on it. */
  readonly asynchronous: DeployedAsynchronousInvocation;
}

/** Retries and queues of asynchronous invocations. */
export interface DeployedAsynchronousInvocation {
  readonly retryAttemptsMax: number;
  readonly eventAgeSecondsMax: number;
  /** Queue for the bare event. */
  readonly deadLetterArn?: string;
}

/** A DynamoDB table, in the words of `CreateTable`. */
export interface DeployedTable {
  readonly name: string;
  readonly arn: string;
  readonly keySchema: readonly TableKey[];
  readonly attributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly globalSecondaryIndexes: readonly TableIndex[];
  readonly localSecondaryIndexes: readonly TableIndex[];
  /** `NEW_AND_OLD_IMAGES` or another view; `undefined` without a stream. */
  readonly streamViewType: string | undefined;
}

/** One part of a key; `KeyType` is `HASH` or `RANGE`. */
export interface TableKey {
  readonly AttributeName: string;
  readonly KeyType: string;
}

/** A secondary index, in the words of `CreateTable`. */
export interface TableIndex {
  readonly IndexName: string;
  readonly KeySchema: readonly TableKey[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

/** An event source mapping from a table's stream to a function. */
export interface DeployedStreamConsumer {
  readonly id: string;
  readonly tableName: string;
  readonly streamArn: string;
  readonly functionName: string;
  readonly batchSize: number;
  /** Event patterns of which one must match; empty takes every record. */
  readonly filters: readonly unknown[];
  readonly bisectBatchOnError: boolean;
  readonly reportsBatchItemFailures: boolean;
  /** −1: as long as the record lives. */
  readonly retryAttemptsMax: number;
  readonly recordAgeSecondsMax: number;
  readonly onFailureArn: string | undefined;
}

/** A rule of an event bus with its targets. */
export interface DeployedRule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly eventPattern: unknown;
  readonly isEnabled: boolean;
  readonly targets: readonly DeployedRuleTarget[];
}

/** Where a rule delivers, and how long it tries. */
export interface DeployedRuleTarget {
  readonly id: string;
  readonly arn: string;
  readonly deadLetterArn: string | undefined;
  readonly retryAttemptsMax: number;
  readonly eventAgeSecondsMax: number;
}

/** The HTTP API. */
export interface DeployedHttpApi {
  readonly id: string;
  readonly domainName: string;
  readonly routes: readonly DeployedRoute[];
}

/** One route of the HTTP API; without an authorizer it is open to anybody. */
export interface DeployedRoute {
  /** As the template writes it: `POST /invoices`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly functionName: string;
  readonly timeoutMillis: number;
  readonly authorizer: DeployedJwtAuthorizer | undefined;
  /** A token needs one of these; none means any valid token. */
  readonly scopes: readonly string[];
}

/** Which tokens a route takes. */
export interface DeployedJwtAuthorizer {
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** Who may ask for tokens, and for which scopes. */
export interface DeployedIdentity {
  readonly clients: readonly { readonly clientId: string; readonly scopes: readonly string[] }[];
  /** Every scope of the resource servers, as `<identifier>/<name>`. */
  readonly scopes: readonly string[];
}

/** A state machine with the text of its definition, substitutions applied. */
export interface DeployedStateMachine {
  readonly name: string;
  readonly arn: string;
  readonly definition: string;
}

/** A queue, here only a place for dead letters. */
export interface DeployedQueue {
  readonly name: string;
  readonly arn: string;
}

/** A secret: either its text or how to make one up. */
export interface DeployedSecret {
  readonly name: string;
  readonly arn: string;
  readonly text: string | undefined;
  readonly generate: SecretGenerator | undefined;
}

/** The parts of `GenerateSecretString` that shape the text. */
export interface SecretGenerator {
  readonly length: number;
  readonly excludePunctuation: boolean;
  readonly excludeCharacters: string;
  /** JSON into which the generated text is put under `key`. */
  readonly template: string | undefined;
  readonly key: string | undefined;
}

/** An SES configuration set and the events it publishes to EventBridge. */
export interface DeployedConfigurationSet {
  readonly name: string;
  /** SES event types such as `BOUNCE`; empty publishes nothing. */
  readonly publishedEventTypes: readonly string[];
}

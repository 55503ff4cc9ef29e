import { RemovalPolicy } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * Where letters lie until somebody posts them, and for ever after: what a debtor was sent is evidence. A letter that is
 * written again keeps its earlier versions, and none goes when the stack goes.
 */
export class Letters extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      // The key of S3 itself and not the account's: a posting service may have an account of its own, and a key that AWS
      // manages for this account could never let it in.
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** The name, as the functions' environments carry it. */
  get environment(): { LETTERS_BUCKET: string } {
    return { LETTERS_BUCKET: this.bucket.bucketName };
  }

  /** Lets a function lay a letter ready, or replace it. It can read none and delete none. */
  allowWriting(grantee: IGrantable): void {
    this.allow(grantee, 's3:PutObject');
  }

  /** Lets a function read a letter it knows the key of. It can list none. */
  allowReading(grantee: IGrantable): void {
    this.allow(grantee, 's3:GetObject');
  }

  private allow(grantee: IGrantable, action: string): void {
    const statement = new PolicyStatement({ actions: [action], resources: [this.bucket.arnForObjects('letters/*')] });
    grantee.grantPrincipal.addToPrincipalPolicy(statement);
  }
}

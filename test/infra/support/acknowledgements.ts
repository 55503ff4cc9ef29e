/** A finding of cdk-nag that stands, and why. */
export interface Acknowledgement {
  /** The rule, with its finding where it has several. */
  readonly id: string;
  /** Paths of the constructs below the stack. */
  readonly paths: readonly string[];
  readonly reason: string;
}

const ROLES = [
  'CaseDesk/ApiRole',
  'BankWebhook/ReceiveBankWebhookRole',
  'PaymentEvents/ApplyPaymentRole',
  'CasePlanning/PlanNextStepRole',
  'Notices/SendEmailRole',
  'Notices/SendSmsRole',
  'DeliveryEvents/RecordDeliveryRole',
  'WorkForPeople/AssignCallRole',
  'WorkForPeople/PostLetterRole',
  'WorkForPeople/HandOverRole',
  'CaseReview/ReviewCaseRole',
  'PolicyPreview/PreviewPolicyRole',
  'LetterDesk/ReadLetterRole',
  'CollectionReports/ReportsRole',
  'BankStatements/ImportStatementRole',
];

/** Every finding of AwsSolutions that is accepted. A finding that is not here fails the test, and so does one that is gone. */
export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    paths: ROLES,
    reason: 'Only xray:PutTraceSegments and xray:PutTelemetryRecords: traces have no ARN.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    paths: ['CaseWakeUp/WakeExecutionsRole'],
    reason: 'X-Ray as for every function, and dynamodb:ListStreams, which takes no resource.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::*]',
    paths: ['DunningWorkflow/StateMachine/Role'],
    reason: 'X-Ray and the log delivery of Step Functions, neither of which takes a resource.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::arn:aws:states:eu-west-1:<AWS::AccountId>:execution:relance-test:*]',
    paths: ['CaseDesk/ApiRole'],
    reason: 'Executions are named after invoices; the API describes those of this one state machine.',
  },
  {
    id: 'AwsSolutions-IAM5[Resource::<LettersBucketA22802FD.Arn>/letters/*]',
    paths: ['LetterDesk/ReadLetterRole', 'WorkForPeople/PostLetterRole'],
    reason: 'Every letter has a key of its own; the bucket holds nothing else, and neither role can list or delete.',
  },
  {
    id: 'AwsSolutions-S1',
    paths: ['Letters/Bucket'],
    reason: 'People read letters through the API, whose access log says so; nothing else of ours may read them.',
  },
  {
    id: 'AwsSolutions-SQS3',
    paths: ['CaseWakeUp/DeadLetters'],
    reason: 'It is a dead-letter queue: of a stream, which the rule does not recognise.',
  },
  {
    id: 'AwsSolutions-SMG4',
    paths: ['BankWebhook/Secret'],
    reason:
      'The bank holds the same secret: it is rotated with the bank, by the runbook, both versions valid meanwhile.',
  },
  {
    id: 'AwsSolutions-APIG4',
    paths: ['PublicApi/HttpApi/POST--webhooks--bank'],
    reason: 'The bank signs what it posts; receive-bank-webhook checks the signature before anything else.',
  },
  {
    id: 'AwsSolutions-APIG4',
    paths: ['PublicApi/Unknown'],
    reason: 'Matches only what no route does, and is answered 404.',
  },
];

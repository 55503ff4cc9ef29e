import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Installation } from './installation.ts';
import type { LedgerTables } from './ledger-tables.ts';
import { RelanceAlarm } from './relance-alarm.ts';
import { readDefinition } from './workflow-definition.ts';

/** The functions behind the states of the workflow. */
interface WorkflowSteps {
  readonly planNextStep: IFunction;
  readonly sendEmail: IFunction;
  readonly sendSms: IFunction;
  readonly assignCall: IFunction;
  readonly postLetter: IFunction;
  readonly handOver: IFunction;
  readonly reviewCase: IFunction;
}

/** What the workflow calls and writes. */
interface DunningWorkflowProps {
  readonly installation: Installation;
  readonly tables: LedgerTables;
  readonly steps: WorkflowSteps;
  /** File with the state machine in Amazon States Language. */
  readonly definitionPath: string;
}

/** One Standard execution per invoice, from its registration to settlement or hand-over. */
export class DunningWorkflow extends Construct {
  readonly stateMachine: StateMachine;
  /** The machine's ARN built from its name, so that its own role can name it without a circle. */
  readonly stateMachineArn: string;
  /** Matches every execution of the machine. */
  readonly executionsArn: string;

  constructor(scope: Construct, id: string, props: DunningWorkflowProps) {
    super(scope, id);
    const { installation, tables, steps } = props;
    const name = `relance-${installation.stage}`;
    this.stateMachineArn = this.statesArn('stateMachine', name);
    this.executionsArn = this.statesArn('execution', `${name}:*`);
    const substitutions = {
      PlanNextStepFunctionArn: steps.planNextStep.functionArn,
      SendEmailFunctionArn: steps.sendEmail.functionArn,
      SendSmsFunctionArn: steps.sendSms.functionArn,
      AssignCallFunctionArn: steps.assignCall.functionArn,
      PostLetterFunctionArn: steps.postLetter.functionArn,
      HandOverFunctionArn: steps.handOver.functionArn,
      ReviewCaseFunctionArn: steps.reviewCase.functionArn,
      LedgerTableName: tables.ledger.tableName,
    };
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(readDefinition(props.definitionPath, Object.keys(substitutions))),
      definitionSubstitutions: substitutions,
      logs: { destination: this.log(installation), level: LogLevel.ALL, includeExecutionData: false }, // payloads hold personal data
      tracingEnabled: true,
    });
    this.allowSteps(Object.values(steps), tables);
    this.ringOnEarlyEnds(installation);
  }

  private allowSteps(functions: IFunction[], tables: LedgerTables): void {
    const grants = [
      { actions: ['lambda:InvokeFunction'], resources: functions.map(({ functionArn }) => functionArn) },
      {
        // Listening stores the task token in the case; nothing else of the ledger is the workflow's to write.
        actions: ['dynamodb:UpdateItem'],
        resources: [tables.ledger.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['INVOICE#*'] } },
      },
      // A long case goes on in a fresh execution, before this one reaches its limits.
      { actions: ['states:StartExecution'], resources: [this.stateMachineArn] },
    ];
    for (const grant of grants) this.stateMachine.addToRolePolicy(new PolicyStatement(grant));
  }

  /** Aborted ones too: an execution that is stopped by hand leaves its case without one. */
  private ringOnEarlyEnds(installation: Installation): void {
    const ends = {
      Failed: { name: 'executions-failed', metric: this.stateMachine.metricFailed() },
      TimedOut: { name: 'executions-timed-out', metric: this.stateMachine.metricTimedOut() },
      Aborted: { name: 'executions-aborted', metric: this.stateMachine.metricAborted() },
    };
    const impact =
      'The dunning of an invoice has stopped: its debtor hears nothing more until the execution is redriven.';
    for (const [id, end] of Object.entries(ends)) {
      new RelanceAlarm(this, id, { installation, impact, runbook: 'executions-failed', ...end });
    }
  }

  private log({ stage, logRetention }: Installation): LogGroup {
    return new LogGroup(this, 'Log', {
      // The prefix keeps the log group out of the account's one resource policy for log delivery, which is short.
      logGroupName: `/aws/vendedlogs/states/relance-${stage}`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private statesArn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      resource,
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }
}

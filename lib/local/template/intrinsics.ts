import type { Template } from './cloud-assembly.ts';

/** What the resolver needs beside the template: the place it is deployed to, and what its resources are called. */
export interface Surroundings {
  readonly template: Template;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  /** `Ref` (no attribute) or `Fn::GetAtt` of a resource of the template. */
  nameOf(logicalId: string, attribute?: string): string;
}

/**
 * Replaces the intrinsic functions of a CloudFormation value by what they stand for.
 *
 * `AWS::NoValue` removes the property or list item it stands at. A function that is not known is refused by name.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export class Intrinsics {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** The value with every intrinsic function inside it replaced; `undefined` for `AWS::NoValue`. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== undefined);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (entries.length === 1 && only && isIntrinsic(...only)) return this.#apply(only[0], only[1]);
    const resolved = entries.map(([key, inner]) => [key, this.resolve(inner)] as const);
    return Object.fromEntries(resolved.filter(([, inner]) => inner !== undefined));
  }

  /** Whether a named condition of the template holds; no name means yes. */
  holds(condition: string | undefined): boolean {
    if (condition === undefined) return true;
    const expression = this.#surroundings.template.Conditions?.[condition];
    if (expression === undefined) throw new Error(`The template names a condition it does not define: ${condition}`);
    return this.resolve(expression) === true;
  }

  #apply(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref':
        return this.#reference(String(argument));
      case 'Condition':
        return this.holds(String(argument));
      case 'Fn::GetAtt':
        return this.#attribute(argument);
      case 'Fn::Sub':
        return this.#substitute(argument);
      case 'Fn::If':
        return this.#either(argument);
      default:
        return this.#compute(name, this.resolve(argument));
    }
  }

  /** The functions that look at nothing but their resolved arguments. */
  #compute(name: string, argument: unknown): unknown {
    const list = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Fn::Join':
        return (list[1] as unknown[]).join(String(list[0]));
      case 'Fn::Split':
        return String(list[1]).split(String(list[0]));
      case 'Fn::Select':
        return selectItem(Number(list[0]), list[1]);
      case 'Fn::Base64':
        return Buffer.from(String(argument)).toString('base64');
      case 'Fn::FindInMap':
        return this.#findInMap(list.map(String));
      case 'Fn::Equals':
        return String(list[0]) === String(list[1]);
      case 'Fn::And':
        return list.every((item) => item === true);
      case 'Fn::Or':
        return list.some((item) => item === true);
      case 'Fn::Not':
        return list[0] !== true;
      default:
        throw new Error(`The local system does not know the intrinsic function ${name}: ${JSON.stringify(argument)}`);
    }
  }

  #reference(name: string): unknown {
    const { template, stackName, region, accountId, nameOf } = this.#surroundings;
    if (name === 'AWS::NoValue') return undefined;
    if (name.startsWith('AWS::')) {
      const pseudo: Record<string, string> = {
        'AWS::AccountId': accountId,
        'AWS::Partition': 'aws',
        'AWS::Region': region,
        'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`,
        'AWS::StackName': stackName,
        'AWS::URLSuffix': 'amazonaws.com',
      };
      if (pseudo[name] === undefined) throw new Error(`The local system does not know the pseudo parameter ${name}`);
      return pseudo[name];
    }
    const parameter = template.Parameters?.[name];
    if (!parameter) return nameOf(name);
    if (parameter.Default === undefined) throw new Error(`The template's parameter ${name} has no default value`);
    return parameter.Default;
  }

  #attribute(argument: unknown): string {
    const path = typeof argument === 'string' ? argument.split('.') : (this.resolve(argument) as string[]);
    return this.#surroundings.nameOf(String(path[0]), path.slice(1).join('.'));
  }

  #substitute(argument: unknown): string {
    const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
    const variables = this.resolve(given) as Record<string, unknown>;
    return String(text).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, inner: string) => {
      const name = inner.trim();
      if (literal) return `\${${inner}}`;
      if (Object.hasOwn(variables, name)) return String(variables[name]);
      return String(name.startsWith('AWS::') || !name.includes('.') ? this.#reference(name) : this.#attribute(name));
    });
  }

  /** Only the branch taken is resolved: the other may name a resource that is not there. */
  #either(argument: unknown): unknown {
    const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
    return this.resolve(this.holds(condition) ? whenTrue : whenFalse);
  }

  #findInMap([map = '', first = '', second = '']: string[]): unknown {
    const value = this.#surroundings.template.Mappings?.[map]?.[first]?.[second];
    if (value === undefined) throw new Error(`The template's mapping ${map} has no entry ${first} / ${second}`);
    return value;
  }
}

/** `Condition` is also an ordinary key, of IAM statements: only with a name does it refer to a condition. */
function isIntrinsic(key: string, argument: unknown): boolean {
  return key === 'Ref' || key.startsWith('Fn::') || (key === 'Condition' && typeof argument === 'string');
}

function selectItem(index: number, list: unknown): unknown {
  if (!Array.isArray(list) || index >= list.length) {
    throw new Error(`Fn::Select has no item ${index} in ${JSON.stringify(list)}`);
  }
  return list[index];
}

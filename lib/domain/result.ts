/** A business answer: the value, or the reason for a "no" as one code of a closed union. A "no" is never thrown. */
export type Result<Value, Refusal extends string> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

/** The answer "yes", with its value. */
export function accept<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

/** The answer "no", with its reason. */
export function refuse<Refusal extends string>(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}

import { loadLetter } from '../lib/app/load-letter.ts';
import { ReadLetterEnvironmentSchema } from '../lib/contracts/environment.ts';
import { createLetterApi } from '../lib/http/letter-api.ts';
import { answerCall } from '../lib/runtime/answer-call.ts';
import { readEnvironment } from '../lib/runtime/environment.ts';
import { lambda, logFault } from '../lib/runtime/lambda.ts';
import { connectLedger } from '../lib/runtime/ledger.ts';
import { lettersClient, readLetter } from '../lib/runtime/letters.ts';

/** `GET /tasks/{taskId}/document`: the PDF of a letter that is to be posted. It has a function of its own, because only it reads S3. */
export const handler = lambda(() => {
  const environment = readEnvironment(ReadLetterEnvironmentSchema);
  const ledger = connectLedger(environment);
  const read = readLetter(lettersClient(), environment.LETTERS_BUCKET);
  const loadTaskDocument = (taskId: string) => loadLetter(ledger, read, taskId);
  return createLetterApi({ loadTaskDocument }, logFault);
}, answerCall);

import { spawn } from 'node:child_process';

/** The process of an emulator. */
export interface EmulatorProcess {
  /** Resolves when the process has ended, to what it said last. */
  readonly ended: Promise<string>;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a program that lives no longer than this process.
 *
 * A shell waits beside the program for its standard input to close. That happens in `stop`, and when this process dies
 * in whatever way, as the kernel then closes our end of the pipe. The shell then ends its own process group, in which
 * there is nothing but itself and what it started.
 */
export function spawnEmulator(command: readonly string[]): EmulatorProcess {
  // Its own process group, so that Ctrl-C in a terminal does not take the emulator away from a system that is closing.
  const child = spawn('sh', ['-c', GUARD, 'sh', ...command], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-OUTPUT_LENGTH_MAX);
    });
  }
  // The pipe breaks when the shell ends first; that is told by `ended`.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      child.stdin.destroy();
      resolve(`it ended with ${signal ?? `exit code ${code}`}${output === '' ? '' : `: ${output.trim()}`}`);
    });
  });
  return {
    ended,
    stop: async () => {
      child.stdin.destroy();
      await ended;
    },
  };
}

const OUTPUT_LENGTH_MAX = 2_000;

const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
(read -r _ <&3; kill -s TERM 0) >/dev/null 2>&1 &
exec 3<&-
wait "$program"
`;

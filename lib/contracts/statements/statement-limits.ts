/** The largest file taken, in bytes: with it Lambda's 6 MB for a call hold, and few banks write as much in a day. */
export const STATEMENT_BYTES_MAX = 5 * 1024 * 1024;

/**
 * The most payments and returns one file may hold. An entry takes some 16 calls of DynamoDB and 10 ms of a whole processor (measured 2026-11-25), one that was booked before 2 calls and 1 ms. So a file
 * this long is booked within half of the function's five minutes, the same file again is answered within the gateway's half minute, and the answer stays under Lambda's 6 MB.
 */
export const STATEMENT_ENTRIES_MAX = 10_000;

/** What to do about a file beyond one of these. Whole days, because bookings of one day in the same words are told apart by their order in the file. */
export const STATEMENT_SPLIT_CURE = 'send it in parts, each of whole days of an account';

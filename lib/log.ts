import pino from 'pino'

/** Structured logs, one JSON object a line; secrets never reach it because callers log names and counts, not bodies. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: process.env.WATTLEDGER_PROCESS ?? 'web' },
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['authorization', 'cookie', 'password', 'token', '*.authorization', '*.cookie', '*.password', '*.token'],
})

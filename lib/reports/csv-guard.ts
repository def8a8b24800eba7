/**
 * Text that a spreadsheet could take for a formula gets a leading apostrophe, so that it stays text (RELIABILITY P19; OWASP CSV
 * injection). A spreadsheet may drop leading spaces, quotes and invisible characters, and some read full-width signs; a leading
 * control character is dangerous by itself. For text cells only: a number keeps its minus.
 */
export const guardText = (text: string): string => (isLive(text) ? `'${text}` : text)

const LEADING = /^[\s\u00a0\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff"'`;,|]*/u
const SIGN = /^[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /^[\u0000-\u001f\u007f;]/u

export const isLive = (text: string): boolean => CONTROL.test(text) || SIGN.test(text.replace(LEADING, ''))
